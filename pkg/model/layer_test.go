package model_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// anyLearner draws a learner: of the published kinds, or of everything at once.
func anyLearner(nE, nI int, rng *rand.Rand) *model.Learner {
	pick := func(x ...float64) float64 { return x[rng.IntN(len(x))] }
	inf := math.Inf(1)
	l := &model.Learner{
		Neuron: &model.Neuron{Excitatory: model.NewNeuron(nE, pick(0, 0.5, 3)).Excitatory, Inhibitory: model.NewNeuron(nI, pick(0, 0.5, 3)).Inhibitory, Threshold: pick(0, 0.1)},
		ACh:    model.Modulator{Probability: rng.Float64(), Error: pick(0, 0.2), Disinhibition: rng.ExpFloat64()},
		NE:     model.Modulator{Probability: pick(0, 0.1), Error: pick(0, 0.1, 1), Disinhibition: rng.ExpFloat64()},
		Rate:   pick(0, 0.03, 0.3, 0.3, 1), MaxWeight: pick(0, 0, 3, inf), MaxInhibitory: pick(0, 4, inf),
		Memory: pick(0, 0, 1, 30), MeanOutput: rng.Float64(), Every: rng.IntN(5),
	}
	switch rng.IntN(4) {
	case 0:
		l.Decay = pick(0, 1e-3, 0.1)
		l.Excitatory, l.Inhibitory = append(l.Excitatory, everything(rng)), append(l.Inhibitory, everything(rng))
		if l.Decay == 0 {
			l.MaxWeight, l.MaxInhibitory = 3, 4
		}
	case 1:
		k := rng.NormFloat64()
		l.Excitatory = append(l.Excitatory, rule(func(s *model.Signals) model.Change { return model.Change{Active: k * (s.Output - 0.3)} }))
	}
	if rng.IntN(6) == 0 {
		l.Decay = 1e-3
	}
	h := rules.Hebbian{Rate: 0.1 * rng.NormFloat64(), MeanOutput: 0.2, Running: rng.IntN(3) == 0}
	a := rules.Acetylcholine{Rate: rng.Float64(), Depression: pick(0, 0.3, 20, 1e4), Reference: 0.01, Coding: 0.2}
	l.Excitatory = append(l.Excitatory, h, a, rules.Noradrenaline{Rate: rng.Float64(), Reference: 0.01})
	l.Inhibitory = append(l.Inhibitory, rules.Balance{Rate: 0.6, Slope: 1, Offset: 0.05, WhenFiring: rng.IntN(3) == 0})
	switch rng.IntN(12) {
	case 0:
		l.ACh.Late = 0.3
	case 1:
		l.ACh.Variation, l.NE.Coupling = 0.3, 0.5
	case 2:
		for i := range l.Neuron.Excitatory {
			if i%2 == 0 {
				l.Neuron.Excitatory[i] = math.Copysign(0, -1)
			}
		}
	case 3:
		l.Teacher = oneNumber(0.1)
		l.Inhibitory = append(l.Inhibitory, rules.Told{Rate: 0.1})
	}
	return l
}

// oneNumber is a teacher that always says the same.
type oneNumber float64

func (x oneNumber) Tell(*model.Neuron, int) float64 { return float64(x) }

// anyLayer draws a layer, and a task for it.
func anyLayer(t *testing.T, seed uint64, neurons int) (*model.Layer, *model.Associations) {
	rng := model.Stream(seed, 1<<42)
	pick := func(x ...float64) float64 { return x[rng.IntN(len(x))] }
	a := lesson.Drawn(t, model.Task{
		Channels: 1 + rng.IntN(80), Patterns: 1 + rng.IntN(40), Coding: pick(0.02, 0.2, 0.5, 0.97), TargetCoding: pick(0.2, 0.5),
		CoTuning: pick(0, 0.5, 1, 1), ByChannel: rng.IntN(2) == 0,
	}, seed)
	nE, nI := a.Channels()
	layer := &model.Layer{}
	for range neurons {
		layer.Learners = append(layer.Learners, anyLearner(nE, nI, rng))
		targets := make([]bool, a.Len())
		for mu := range targets {
			targets[mu] = rng.Float64() < 0.2
		}
		layer.Targets = append(layer.Targets, targets)
	}
	if rng.IntN(2) == 0 {
		layer.Targets = nil
	}
	return layer, a
}

// own are the associations as neuron j sees them.
func own(layer *model.Layer, a *model.Associations, j int) *model.Associations {
	if layer.Targets == nil {
		return a
	}
	return a.WithTargets(layer.Targets[j])
}

// Whatever its rules, each neuron of a layer learns what it would learn alone,
// to the bit, and its history is the same.
func TestLayerIsItsNeurons(t *testing.T) {
	t.Parallel()
	seeds := uint64(120)
	if testing.Short() {
		seeds = 40
	}
	moved, apart := 0, 0
	for seed := range seeds {
		neurons := 1 + int(seed)%19
		layer, a := anyLayer(t, seed, neurons)
		alone, _ := anyLayer(t, seed, neurons)
		histories, err := layer.Train(context.Background(), a, 11, model.Stream(seed, 5))
		if err != nil {
			t.Fatal(err)
		}
		for j, l := range alone.Learners {
			before := l.Neuron.Clone()
			h := lesson.Train(t, l, own(alone, a, j), 11, model.Stream(seed, 5))
			name := fmt.Sprintf("seed %d, neuron %d of %d", seed, j, neurons)
			sameWeights(t, name, layer.Learners[j], l)
			if got, want := fmt.Sprint(histories[j]), fmt.Sprint(h); got != want {
				t.Errorf("%s: history %.300s, alone %.300s", name, got, want)
			}
			if !reflect.DeepEqual(before, l.Neuron) {
				moved++
			}
			if j > 0 && !slices.Equal(l.Neuron.Excitatory, alone.Learners[j-1].Neuron.Excitatory) {
				apart++
			}
		}
		if t.Failed() {
			t.FailNow()
		}
	}
	if n := int(seeds) * 10; moved < n/2 || apart < n/2 {
		t.Errorf("of some %d neurons only %d learned and %d differ from the one before", n, moved, apart)
	}
}

// sameWeights fails unless two learners are the same to the bit.
func sameWeights(t *testing.T, name string, got, want *model.Learner) {
	t.Helper()
	if got.Epochs != want.Epochs || got.MeanOutput != want.MeanOutput {
		t.Errorf("%s: %d epochs, mean output %v; want %d and %v", name, got.Epochs, got.MeanOutput, want.Epochs, want.MeanOutput)
	}
	for kind, w := range [][2][]float64{{got.Neuron.Excitatory, want.Neuron.Excitatory}, {got.Neuron.Inhibitory, want.Neuron.Inhibitory}} {
		for i, x := range w[1] {
			if math.Float64bits(w[0][i]) != math.Float64bits(x) {
				t.Fatalf("%s: kind %d, weight %d = %v, want %v", name, kind, i, w[0][i], x)
			}
		}
	}
}

// A layer that is stopped anywhere is as its last whole epoch left it, and
// goes on from there, or from a checkpoint, as if nothing had been.
func TestLayerCancelAndResume(t *testing.T) {
	t.Parallel()
	a := lesson.Drawn(t, model.Task{Channels: 60, Patterns: 700, Coding: 0.3, TargetCoding: 0.4, CoTuning: 0.5}, 6)
	fresh := func() *model.Layer {
		rng, layer := model.Stream(6, 3), &model.Layer{}
		for range 11 {
			layer.Learners = append(layer.Learners, anyLearner(60, 60, rng))
		}
		return layer
	}
	whole := fresh()
	once, err := whole.Train(context.Background(), a, 5, model.Stream(6, 1))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[int]bool{}
	for asked := 0; ; asked++ {
		layer := fresh()
		h, err := layer.Train(afterAsked(asked), a, 5, model.Stream(6, 1))
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		done := layer.Learners[0].Epochs
		if seen[done] && asked%7 > 0 {
			continue
		}
		seen[done] = true
		until := fresh()
		want, err := until.Train(context.Background(), a, done, model.Stream(6, 1))
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(h) != fmt.Sprint(want) {
			t.Errorf("cancelled after %d epochs: history differs", done)
		}
		for j, l := range until.Learners {
			sameWeights(t, "cancelled", layer.Learners[j], l)
		}
		if _, err := layer.Train(context.Background(), a, 5-done, layer.Learners[3].Resume(6, 1)); err != nil {
			t.Fatal(err)
		}
		for j, l := range whole.Learners {
			sameWeights(t, "resumed", layer.Learners[j], l)
		}
	}
	if len(seen) != 5 || len(once) != 11 {
		t.Errorf("cancelled after %d different numbers of epochs, want each of 0 to 4; %d histories", len(seen), len(once))
	}
}

// The rule of one neuron that leaves the finite numbers stops all, and is named.
func TestLayerNamesTheNeuronThatEscapes(t *testing.T) {
	a := lesson.HalfLoad(t, 40, 8)
	for k, bad := range []int{0, 4, 8, 3, 8} { // 8 is alone where neurons do not meet
		fresh := func(limit int) *model.Layer {
			layer := &model.Layer{}
			if k > 2 {
				layer.Together = []model.Together{model.Reliably(0.5)}
			}
			for range 9 {
				layer.Learners = append(layer.Learners, lesson.Circuit().Learner(model.NewNeuron(40, 20), 0.1))
			}
			trials := 0
			l := layer.Learners[bad]
			l.Excitatory = append(l.Excitatory, rule(func(*model.Signals) model.Change {
				if trials++; trials > limit {
					return model.Change{Active: math.Inf(-1)}
				}
				return model.Change{}
			}))
			return layer
		}
		layer, good := fresh(3*a.Len()+5), fresh(math.MaxInt)
		h, err := layer.Train(context.Background(), a, 10, model.Stream(8, 1))
		refusal.Mentions(t, err, fmt.Sprintf("neuron %d", bad), "epoch 4", "excitatory weight", "after 3 epochs")
		if len(h) != 9 || h[2][0].Epoch != 3 {
			t.Errorf("histories %v", h)
		}
		if _, err := good.Train(context.Background(), a, 3, model.Stream(8, 1)); err != nil {
			t.Fatal(err)
		}
		for j, l := range good.Learners {
			sameWeights(t, "undone", layer.Learners[j], l)
		}
	}
}

// What is tabulated or followed without asking is what asking every rule on every
// trial gives, to the bit.
func TestRulesThatAreNotAskedAreTheSame(t *testing.T) {
	t.Parallel()
	asked := func(of []model.Rule) (all []model.Rule) {
		for _, r := range of {
			all = append(all, rule(r.Change)) // which says nothing of itself
		}
		return all
	}
	for seed := range uint64(60) {
		layer, a := anyLayer(t, seed, 2)
		other, _ := anyLayer(t, seed, 2)
		for j, l := range layer.Learners {
			o := other.Learners[j]
			o.Excitatory, o.Inhibitory = asked(o.Excitatory), asked(o.Inhibitory)
			lesson.Train(t, l, a, 7, model.Stream(seed, 5))
			lesson.Train(t, o, a, 7, model.Stream(seed, 5))
			sameWeights(t, fmt.Sprintf("seed %d, neuron %d", seed, j), l, o)
		}
	}
}

// A line that leaves the finite numbers is an error, alone and in a layer, also where
// clipping would hide it.
func TestInfiniteLineIsAnError(t *testing.T) {
	a := lesson.HalfLoad(t, 40, 8)
	for _, rate := range []float64{1e200, -1e200} {
		layer := &model.Layer{}
		for range 3 {
			l := lesson.Circuit().Learner(model.NewNeuron(40, 2), 0.1)
			l.MaxWeight = 3
			layer.Learners = append(layer.Learners, l)
		}
		layer.Learners[1].Inhibitory = []model.Rule{rules.Balance{Rate: rate, Slope: 1, Offset: 1e200}}
		_, err := layer.Train(context.Background(), a, 2, model.Stream(8, 1))
		refusal.Mentions(t, err, "neuron 1", "epoch 1", "inhibitory weight", "NaN")
		_, err = layer.Learners[1].Train(context.Background(), a, 2, model.Stream(8, 1))
		refusal.Mentions(t, err, "epoch 1", "inhibitory weight", "NaN")
	}
}

func TestLayerRefusals(t *testing.T) {
	a := lesson.HalfLoad(t, 40, 8)
	learner := func() *model.Learner { return lesson.Circuit().Learner(model.NewNeuron(40, 20), 0.1) }
	l, far, other, bare := learner(), learner(), learner(), learner()
	far.Epochs, other.Rate, bare.Neuron = 7, -1, nil
	for want, layer := range map[string]*model.Layer{
		"is empty":                         {},
		"Learners[1] is nil":               {Learners: []*model.Learner{l, nil}},
		"Neuron is nil":                    {Learners: []*model.Learner{l, bare}},
		"neurons 0 and 2":                  {Learners: []*model.Learner{l, learner(), l}},
		"neuron 1 has done 7 epochs":       {Learners: []*model.Learner{l, far}},
		"Rate = -1":                        {Learners: []*model.Learner{l, other}},
		"39 excitatory":                    {Learners: []*model.Learner{lesson.Circuit().Learner(model.NewNeuron(39, 20), 0.1)}},
		"1 Layer.Targets for 2 neurons":    {Learners: []*model.Learner{l, learner()}, Targets: make([][]bool, 1)},
		"Targets[1] are 3 for 20 patterns": {Learners: []*model.Learner{l, learner()}, Targets: [][]bool{make([]bool, 20), make([]bool, 3)}},
	} {
		_, err := layer.Train(context.Background(), a, 1, model.Stream(1, 1))
		refusal.Mentions(t, err, want)
	}
	_, err := (&model.Layer{Learners: []*model.Learner{l}}).Train(context.Background(), a, -1, model.Stream(1, 1))
	refusal.Mentions(t, err, "epochs = -1")
}

// Neurons of a layer that stop, because one leaves the finite numbers or because the
// context is cancelled, all stop after the same epoch, as what they are alone after it,
// though some may have been further.
func TestLayerStopsAtOneEpoch(t *testing.T) {
	t.Parallel()
	a := lesson.HalfLoad(t, 40, 8)
	const neurons = 35 // four blocks, and three
	fresh := func(growing ...int) *model.Layer {
		layer := &model.Layer{}
		for j := range neurons {
			c := lesson.Circuit()
			c.Balance.Offset = 0.01 * float64(j)
			l := c.Learner(model.NewNeuron(40, 20), 0.1)
			l.Every, l.Memory = []int{0, 5, 7}[j%3], float64(j)
			layer.Learners = append(layer.Learners, l)
		}
		for k, j := range growing { // by a factor a trial, until it is too large
			layer.Learners[j].Inhibitory = []model.Rule{rules.Balance{Rate: -200 - 100*float64(k), Slope: 1, Offset: -1}}
		}
		return layer
	}
	check := func(name string, layer *model.Layer, histories []model.History, done int, growing ...int) {
		t.Helper()
		alone := fresh(growing...)
		for j, l := range alone.Learners {
			h := lesson.Train(t, l, a, done, model.Stream(8, 1))
			sameWeights(t, fmt.Sprintf("%s, neuron %d", name, j), layer.Learners[j], l)
			if got, want := fmt.Sprint(histories[j]), fmt.Sprint(h); got != want {
				t.Fatalf("%s, neuron %d: history %.300s, alone %.300s", name, j, got, want)
			}
		}
	}
	for _, growing := range [][]int{{3}, {34}, {3, 20}, {20, 3}, {1, 12, 30}} {
		first, which := 1000, 0
		for _, j := range growing {
			l := fresh(growing...).Learners[j]
			if _, err := l.Train(context.Background(), a, 100, model.Stream(8, 1)); err == nil {
				t.Fatalf("neuron %d does not escape", j)
			} else if l.Epochs < first || l.Epochs == first && j < which {
				first, which = l.Epochs, j
			}
		}
		if first < 2 {
			t.Fatalf("escapes after %d epochs", first)
		}
		layer := fresh(growing...)
		h, err := layer.Train(context.Background(), a, 100, model.Stream(8, 1))
		refusal.Mentions(t, err, fmt.Sprintf("neuron %d: ", which), fmt.Sprintf("after %d epochs", first), fmt.Sprintf("in epoch %d:", first+1))
		check(fmt.Sprint(growing), layer, h, first, growing...)
	}
	reached := map[int]bool{}
	for asked := 0; ; asked += 1 + asked/40 {
		layer := fresh()
		h, err := layer.Train(afterAsked(asked), a, 40, model.Stream(8, 1))
		done := layer.Learners[0].Epochs
		if err == nil {
			break
		}
		if reached[done] = true; !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		check(fmt.Sprintf("cancelled after being asked %d times", asked), layer, h, done)
	}
	if len(reached) < 8 {
		t.Errorf("only %d different epochs were reached", len(reached))
	}
}
