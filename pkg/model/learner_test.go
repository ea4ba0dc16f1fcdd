package model_test

import (
	"context"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/model"
)

// rule is a rule written as a function.
type rule func(*model.Signals) model.Change

func (r rule) Change(s *model.Signals) model.Change { return r(s) }

// everything is a rule that uses every signal but the target and every part of
// a change, with coefficients drawn from rng. Changes are about 1 in size and
// losses positive.
func everything(rng *rand.Rand) model.Rule {
	var k [16]float64
	for i := range k {
		k[i] = rng.NormFloat64() / 2
	}
	bit := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}
	return rule(func(s *model.Signals) model.Change {
		ach, ne, reward := bit(s.ACh), bit(s.NE), bit(s.Reward)
		return model.Change{
			Active:     k[0]*s.Output + k[1]*s.MeanOutput + k[2]*ach + k[3]*ne + k[4]*reward + 0.3*k[5]*(s.Excitation-s.Inhibition-s.Threshold) + k[6],
			Silent:     k[7]*s.Output + k[8]*ach + k[9]*reward + 0.3*k[10]*(s.Inhibition-s.Excitation),
			ActiveLoss: math.Abs(k[11]) * (s.Output + ach),
			SilentLoss: math.Abs(k[12]) * ne,
		}
	})
}

// busy is a learner with every part at work, and a task for it.
func busy(t *testing.T, seed uint64) (*model.Learner, *model.Associations) {
	a := lesson.Drawn(t, model.Task{Channels: 60, Patterns: 30, Coding: 0.3, TargetCoding: 0.4, CoTuning: 0.5}, seed)
	n := model.NewNeuron(60, 2)
	n.Threshold = 0.1
	rng := model.Stream(seed, 1<<41)
	return &model.Learner{
		Neuron:     n,
		Excitatory: []model.Rule{everything(rng), everything(rng)},
		Inhibitory: []model.Rule{everything(rng)},
		ACh:        model.Modulator{Probability: 0.8, Error: 0.1, Disinhibition: 0.3},
		NE:         model.Modulator{Probability: 0.1, Error: 0.1, Disinhibition: 1.5},
		Rate:       0.3, Decay: 0.001, MaxWeight: 4, MaxInhibitory: 5, Memory: 50, MeanOutput: 0.4,
	}, a
}

// same fails unless both learners have the same weights and state, bit for
// bit.
func same(t *testing.T, what string, a, b *model.Learner) {
	t.Helper()
	if !reflect.DeepEqual(a.Neuron, b.Neuron) {
		t.Errorf("%s: weights differ", what)
	}
	if a.MeanOutput != b.MeanOutput || a.Epochs != b.Epochs {
		t.Errorf("%s: running mean %v and %v, epochs %d and %d", what, a.MeanOutput, b.MeanOutput, a.Epochs, b.Epochs)
	}
}

func TestLearnerCheck(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		change func(*model.Learner)
		want   []string
	}{
		{func(l *model.Learner) { l.Neuron = nil }, []string{"Neuron is nil"}},
		{func(l *model.Learner) { l.Rate = -1 }, []string{"Rate = -1", "[0, ∞)"}},
		{func(l *model.Learner) { l.Rate = nan }, []string{"Rate = NaN", "[0, ∞)"}},
		{func(l *model.Learner) { l.Rate = inf }, []string{"Rate = +Inf", "[0, ∞)"}},
		{func(l *model.Learner) { l.Decay = -0.1 }, []string{"Decay = -0.1", "[0, 1)"}},
		{func(l *model.Learner) { l.Decay = 1 }, []string{"Decay = 1", "[0, 1)"}},
		{func(l *model.Learner) { l.Decay = nan }, []string{"Decay = NaN", "[0, 1)"}},
		{func(l *model.Learner) { l.MaxWeight = -2 }, []string{"MaxWeight = -2", "[0, ∞]"}},
		{func(l *model.Learner) { l.MaxWeight = nan }, []string{"MaxWeight = NaN", "[0, ∞]"}},
		{func(l *model.Learner) { l.MaxInhibitory = -2 }, []string{"MaxInhibitory = -2", "[0, ∞]"}},
		{func(l *model.Learner) { l.MaxInhibitory = nan }, []string{"MaxInhibitory = NaN", "[0, ∞]"}},
		{func(l *model.Learner) { l.Memory = 0.5 }, []string{"Memory = 0.5", "[1, ∞)"}},
		{func(l *model.Learner) { l.Memory = -1 }, []string{"Memory = -1", "[1, ∞)"}},
		{func(l *model.Learner) { l.Memory = nan }, []string{"Memory = NaN", "[1, ∞)"}},
		{func(l *model.Learner) { l.Memory = inf }, []string{"Memory = +Inf", "[1, ∞)"}},
		{func(l *model.Learner) { l.Every = -1 }, []string{"Every = -1", "[0, ∞)"}},
		{func(l *model.Learner) { l.Epochs = -1 }, []string{"Epochs = -1", "[0, ∞)"}},
		{func(l *model.Learner) { l.MeanOutput = 1.5 }, []string{"MeanOutput = 1.5", "[0, 1]"}},
		{func(l *model.Learner) { l.MeanOutput = nan }, []string{"MeanOutput = NaN", "[0, 1]"}},
		{func(l *model.Learner) { l.Neuron.Threshold = nan }, []string{"Threshold = NaN", "(−∞, ∞)"}},
		{func(l *model.Learner) { l.Neuron.Threshold = -inf }, []string{"Threshold = -Inf", "(−∞, ∞)"}},
		{func(l *model.Learner) { l.ACh.Probability = 2 }, []string{"Probability = 2", "[0, 1]", "ACh"}},
		{func(l *model.Learner) { l.NE.Disinhibition = nan }, []string{"Disinhibition = NaN", "[0, ∞)", "NE"}},
		{func(l *model.Learner) { l.Excitatory[1] = nil }, []string{"Excitatory[1] is nil"}},
		{func(l *model.Learner) { l.Inhibitory[0] = nil }, []string{"Inhibitory[0] is nil"}},
		{func(l *model.Learner) { l.Neuron.Excitatory[3] = nan }, []string{"excitatory weight 3 = NaN", "[0, 4]"}},
		{func(l *model.Learner) { l.Neuron.Excitatory[3] = inf }, []string{"excitatory weight 3 = +Inf", "[0, 4]"}},
		{func(l *model.Learner) { l.Neuron.Inhibitory[5] = -1 }, []string{"inhibitory weight 5 = -1", "[0, 5]"}},
		{func(l *model.Learner) { l.Neuron.Excitatory[7] = 4.5 }, []string{"excitatory weight 7 = 4.5", "[0, 4]"}},
		{func(l *model.Learner) { l.Neuron.Inhibitory[7] = 5.5 }, []string{"inhibitory weight 7 = 5.5", "[0, 5]"}},
		{func(l *model.Learner) { l.MaxWeight = 0; l.Neuron.Excitatory[3] = inf }, []string{"excitatory weight 3 = +Inf", "[0, ∞)"}},
		{func(l *model.Learner) { l.MaxInhibitory = 0; l.Neuron.Inhibitory[7] = 4.5 }, []string{"inhibitory weight 7 = 4.5", "[0, 4]"}},
		{func(l *model.Learner) { l.Neuron = model.NewNeuron(61, 1) }, []string{"61 excitatory", "60 and 60 channels"}},
	} {
		l, a := busy(t, 1)
		c.change(l)
		h, err := l.Train(context.Background(), a, 3, model.Stream(1, 1))
		refusal.Mentions(t, err, c.want...)
		if h != nil || l.Epochs > 0 {
			t.Errorf("%q: trained for %d epochs all the same", c.want, l.Epochs)
		}
	}
	l, a := busy(t, 1)
	_, err := l.Train(context.Background(), a, -1, model.Stream(1, 1))
	refusal.Mentions(t, err, "epochs = -1", "[0, ∞)")
}

func TestMemoryIsARunningMean(t *testing.T) {
	const memory = 40.0
	var outputs, means []float64
	l, a := busy(t, 8)
	l.Memory, l.MeanOutput = memory, 0.7
	l.Excitatory = append(l.Excitatory, rule(func(s *model.Signals) model.Change {
		outputs, means = append(outputs, s.Output), append(means, s.MeanOutput)
		return model.Change{}
	}))
	lesson.Train(t, l, a, 5, model.Stream(8, 1))
	lesson.Train(t, l, a, 5, model.Stream(8, 2))
	// Directly: ȳ_t = q^t ȳ_0 + (1 − q) Σ_s q^(t−1−s) y_s with q = 1 − 1/memory.
	const q = 1 - 1/memory
	direct := func(t int) float64 {
		mean := 0.7 * math.Pow(q, float64(t))
		for s, y := range outputs[:t] {
			mean += (1 - q) * math.Pow(q, float64(t-1-s)) * y
		}
		return mean
	}
	if len(outputs) != 10*a.Len() {
		t.Fatalf("%d trials", len(outputs))
	}
	for k := range outputs {
		lesson.Near(t, "running mean before the trial", means[k], direct(k), 1e-13)
	}
	lesson.Near(t, "running mean", l.MeanOutput, direct(len(outputs)), 1e-13)

	l, _ = busy(t, 8)
	l.Memory, l.MeanOutput = 0, 0.7
	lesson.Train(t, l, a, 5, model.Stream(8, 1))
	lesson.Near(t, "mean without memory", l.MeanOutput, 0.7, 0)

	l.Memory = 1 // the last output alone
	outputs = nil
	l.Excitatory = append(l.Excitatory, rule(func(s *model.Signals) model.Change {
		outputs = append(outputs, s.Output)
		return model.Change{}
	}))
	lesson.Train(t, l, a, 1, model.Stream(8, 1))
	lesson.Near(t, "mean of one trial", l.MeanOutput, outputs[len(outputs)-1], 0)
}

func TestDecay(t *testing.T) {
	for _, rate := range []float64{0, 0.5} { // decay is not multiplied by Rate
		l, a := busy(t, 9)
		l.Excitatory, l.Inhibitory, l.Rate, l.Decay = nil, nil, rate, 0.003
		lesson.Train(t, l, a, 4, model.Stream(9, 1))
		want := 2 * math.Pow(1-0.003, float64(4*a.Len()))
		for i := range l.Neuron.Excitatory {
			lesson.Near(t, "w_E", l.Neuron.Excitatory[i], want, 1e-13)
			lesson.Near(t, "w_I", l.Neuron.Inhibitory[i], want, 1e-13)
		}
	}
}

func TestBounds(t *testing.T) {
	up := rule(func(*model.Signals) model.Change { return model.Change{Active: 1, Silent: 1} })
	down := rule(func(*model.Signals) model.Change { return model.Change{Active: -1, Silent: -1} })
	inf := math.Inf(1)
	for _, c := range []struct {
		excitatory, inhibitory float64 // MaxWeight, MaxInhibitory
		wantE, wantI           float64 // upper bounds
	}{
		{0, 0, inf, inf}, {5, 0, 5, 5}, {5, 7, 5, 7}, {5, inf, 5, inf}, {0, 7, inf, 7}, {inf, 0, inf, inf},
	} {
		l, a := busy(t, 10)
		l.Rate, l.Decay, l.MaxWeight, l.MaxInhibitory = 1, 0, c.excitatory, c.inhibitory
		l.Excitatory, l.Inhibitory = []model.Rule{up}, []model.Rule{up}
		lesson.Train(t, l, a, 20, model.Stream(10, 1))
		unbounded := 2 + 20*float64(a.Len())/math.Sqrt(60)
		for i := range l.Neuron.Excitatory {
			lesson.Near(t, "w_E", l.Neuron.Excitatory[i], min(c.wantE, unbounded), 1e-10)
			lesson.Near(t, "w_I", l.Neuron.Inhibitory[i], min(c.wantI, unbounded), 1e-10)
		}
		l.Excitatory, l.Inhibitory = []model.Rule{down}, []model.Rule{down}
		lesson.Train(t, l, a, 21, model.Stream(10, 1))
		for i := range l.Neuron.Excitatory {
			lesson.Near(t, "w_E", l.Neuron.Excitatory[i], 0, 0)
			lesson.Near(t, "w_I", l.Neuron.Inhibitory[i], 0, 0)
		}
	}
}

func TestUnequalNumbersOfChannels(t *testing.T) {
	a := lesson.Drawn(t, model.Task{Channels: 64, InhibitoryChannels: 16, Patterns: 20, Coding: 0.3, TargetCoding: 0.4}, 11)
	n := &model.Neuron{Excitatory: make([]float64, 64), Inhibitory: make([]float64, 16)}
	one := rule(func(*model.Signals) model.Change { return model.Change{Active: 1} })
	l := &model.Learner{Neuron: n, Excitatory: []model.Rule{one}, Inhibitory: []model.Rule{one}, Rate: 1}
	lesson.Train(t, l, a, 3, model.Stream(11, 1))
	// Every weight has grown by 1/√64 for each time its channel was active.
	wantE, wantI := make([]float64, 64), make([]float64, 16)
	for mu := range a.Len() {
		for _, i := range a.Excitatory(mu) {
			wantE[i] += 3. / 8
		}
		for _, i := range a.Inhibitory(mu) {
			wantI[i] += 3. / 8
		}
	}
	if !slices.Equal(n.Excitatory, wantE) || !slices.Equal(n.Inhibitory, wantI) { // exact in binary
		t.Errorf("weights %v, %v; want %v, %v", n.Excitatory, n.Inhibitory, wantE, wantI)
	}
}

func TestPatternsComeInANewOrderEachEpoch(t *testing.T) {
	// Each pattern has a current of its own by which a rule can tell it.
	targets := make([]bool, 20)
	lists := make([][]int32, 20)
	n := model.NewNeuron(20, 0)
	for mu := range lists {
		lists[mu] = []int32{int32(mu)}
		n.Excitatory[mu] = float64(mu)
	}
	a, err := model.NewAssociations(20, lists, nil, targets)
	if err != nil {
		t.Fatal(err)
	}
	var order []int
	l := &model.Learner{Neuron: n, Excitatory: []model.Rule{rule(func(s *model.Signals) model.Change {
		order = append(order, int(math.Round(s.Excitation*math.Sqrt(20))))
		return model.Change{}
	})}}
	const epochs = 3000
	lesson.Train(t, l, a, epochs, model.Stream(12, 1))
	var place [20][20]float64
	for e := range slices.Chunk(order, 20) {
		if s := slices.Sorted(slices.Values(e)); s[0] != 0 || s[19] != 19 || len(slices.Compact(s)) != 20 {
			t.Fatalf("an epoch of %v", e)
		}
		for k, mu := range e {
			place[mu][k] += 1. / epochs
		}
	}
	for mu := range place {
		for k, p := range place[mu] {
			lesson.Near(t, "share of epochs in which a pattern has a place", p, 1./20, 5*math.Sqrt(1./20*19/20/epochs))
			_ = k
		}
	}
}
