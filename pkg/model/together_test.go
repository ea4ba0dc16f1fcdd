package model_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// sharers is a layer of neurons with targets of their own, of coding f, each with
// the bare circuit: release where Y = 1 with probability rho, disinhibition A, and
// balance of offset b.
func sharers(neurons int, a *model.Associations, f, rho, amplitude, b float64, seed uint64, together ...model.Together) *model.Layer {
	channels, _ := a.Channels()
	layer, rng := &model.Layer{Together: together}, model.Stream(seed, 1<<43)
	for range neurons {
		c := rules.Circuit{
			Acetylcholine: rules.Acetylcholine{Rate: 0.575, Reference: 0.01},
			Balance:       rules.Balance{Rate: 0.638, Slope: 1, Offset: b},
			ACh:           model.Modulator{Probability: rho, Disinhibition: amplitude},
		}
		targets := make([]bool, a.Len())
		for mu := range targets {
			targets[mu] = rng.Float64() < f
		}
		layer.Learners = append(layer.Learners, c.Learner(model.NewNeuron(channels, 20), 0.03))
		layer.Targets = append(layer.Targets, targets)
	}
	return layer
}

// seen trains a layer with an observer at each neuron, and returns what each saw.
func seen(t *testing.T, layer *model.Layer, a *model.Associations, epochs int) [][]model.Signals {
	t.Helper()
	signals := make([][]model.Signals, len(layer.Learners))
	for j, l := range layer.Learners {
		l.Inhibitory = append(l.Inhibitory, model.Observer(func(s *model.Signals) { signals[j] = append(signals[j], *s) }))
	}
	if _, err := layer.Train(context.Background(), a, epochs, model.Stream(3, 1)); err != nil {
		t.Fatal(err)
	}
	return signals
}

// With release that never fails, who asks is who has target 1: so what each rule
// gives is known on every trial.
func TestWhoGetsAcetylcholine(t *testing.T) {
	t.Parallel()
	a := lesson.HalfLoad(t, 40, 9)
	ones := func(asks []bool) (n int) {
		for _, yes := range asks {
			if yes {
				n++
			}
		}
		return n
	}
	for name, test := range map[string]struct {
		together []model.Together
		want     func(asks []bool, j int) bool
	}{
		"own":        {nil, func(asks []bool, j int) bool { return asks[j] }},
		"any":        {[]model.Together{model.AtLeast(1)}, func(asks []bool, _ int) bool { return ones(asks) > 0 }},
		"at least 3": {[]model.Together{model.AtLeast(3)}, func(asks []bool, _ int) bool { return ones(asks) >= 3 }},
		"zones": {[]model.Together{model.Zones(5, 2)}, func(asks []bool, j int) bool {
			return ones(asks[j/5*5:min(j/5*5+5, len(asks))]) >= 2
		}},
		"rows": {[]model.Together{model.RowsAndColumns(4)}, func(asks []bool, j int) bool {
			row, column := 0, 0
			for k := range 4 {
				if i := j/4*4 + k; i < len(asks) {
					row += ones(asks[i : i+1])
				}
				if i := j%4 + 4*k; i < len(asks) {
					column += ones(asks[i : i+1])
				}
			}
			return row > 0 && column > 0
		}},
		"never": {[]model.Together{model.AtLeast(1), model.Reliably(0)}, func([]bool, int) bool { return false }},
	} {
		for _, neurons := range []int{1, 7, 13} {
			signals := seen(t, sharers(neurons, a, 0.4, 1, 1, 0.5, 9, test.together...), a, 5)
			released := 0
			for trial := range signals[0] {
				var asks []bool
				for j := range signals {
					asks = append(asks, signals[j][trial].Target)
				}
				for j := range signals {
					if x := signals[j][trial].AChExcess; x != 0 {
						t.Fatalf("%s, %d neurons, trial %d: amplitude %v", name, neurons, trial, 1+x)
					}
					if got, want := signals[j][trial].ACh, test.want(asks, j); got != want {
						t.Fatalf("%s, %d neurons, trial %d: ACh of neuron %d is %v, asked by %v", name, neurons, trial, j, got, asks)
					} else if got {
						released++
					}
				}
			}
			if len(signals[0]) != 5*a.Len() || released == 0 && neurons > 2 && name != "never" {
				t.Errorf("%s, %d neurons: %d trials, %d releases", name, neurons, len(signals[0]), released)
			}
		}
	}
}

// Amplitudes are the numbers of requests, foreign ones too, less the baseline.
func TestReleaseByNumberOfRequests(t *testing.T) {
	asks := []bool{true, false, true, false, false, false, true}
	for _, test := range []struct {
		name     string
		together model.Together
		foreign  []int
		want     string
	}{
		{"all", model.Graded(0, 0), make([]int, 7), "[true true true true true true true] [3 3 3 3 3 3 3]"},
		{"zones", model.Graded(3, 0), make([]int, 7), "[true true true false false false true] [2 2 2 0 0 0 1]"},
		{"less a baseline", model.Graded(3, 1.5), make([]int, 7), "[true true true true true true true] [0.5 0.5 0.5 -1.5 -1.5 -1.5 -0.5]"},
		{"foreign", model.Graded(1, 0), []int{0, 0, 2, 3, 0, 0, 0}, "[true false true true false false true] [1 0 3 3 0 0 1]"},
		{"foreign to a zone", model.Graded(4, 0), []int{0, 1, 0, 0, 0, 5, 0}, "[true true true true true true true] [2 3 2 2 1 6 1]"},
		{"enough with foreign", model.Zones(4, 3), []int{0, 1, 0, 0, 0, 5, 0}, "[false true false false false true false] [1 1 1 1 1 1 1]"},
		{"any at all", model.AtLeast(4), []int{0, 1, 0, 0, 0, 5, 0}, "[false true false false false true false] [1 1 1 1 1 1 1]"},
	} {
		m := &model.Moment{Asks: asks, Foreign: test.foreign, ACh: slices.Clone(asks), Amplitudes: []float64{1, 1, 1, 1, 1, 1, 1}}
		test.together(m, nil)
		if got := fmt.Sprint(m.ACh, m.Amplitudes); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// Rules see the amplitude of what a neuron gets, and 1 of what it does not get; at the
// next trial nothing is left of it.
func TestRulesSeeAmplitudes(t *testing.T) {
	t.Parallel()
	a := lesson.HalfLoad(t, 40, 9)
	amplitude := func(pattern, j int) float64 { return float64(pattern%4) - 0.5*float64(j%3) }
	pattern, varied := -1, 0
	layer := sharers(11, a, 0.4, 0.8, 1, 0.5, 9, func(m *model.Moment, _ *rand.Rand) {
		if pattern = m.Pattern; slices.Max(m.Foreign) != 0 || slices.Contains(m.Silent, true) {
			t.Errorf("pattern %d: at first %v foreign requests, silent %v", pattern, m.Foreign, m.Silent)
		}
		for j := range m.Amplitudes {
			if m.Foreign[j], m.Silent[j] = 3, true; pattern%2 == 1 {
				m.Amplitudes[j] = amplitude(m.Pattern, j)
			}
		}
	})
	for j, l := range layer.Learners {
		l.Excitatory = append(l.Excitatory, model.Observer(func(s *model.Signals) {
			want := 0.
			if s.ACh && pattern%2 == 1 {
				want = amplitude(pattern, j) - 1
				varied++
			}
			if s.AChExcess != want {
				t.Errorf("neuron %d, pattern %d, ACh %v: excess %v, want %v", j, pattern, s.ACh, s.AChExcess, want)
			}
		}))
	}
	if _, err := layer.Train(context.Background(), a, 5, model.Stream(3, 1)); err != nil {
		t.Fatal(err)
	}
	if varied < 100 {
		t.Errorf("only %d amplitudes", varied)
	}
}

// Of twice the amplitude is of twice the rate, to the bit, though rules are tabulated for
// the one and asked for the other; and if only some trials have it, from then on.
func TestAmplitudeIsARate(t *testing.T) {
	t.Parallel()
	a := lesson.HalfLoad(t, 60, 13)
	twice := func(m *model.Moment, _ *rand.Rand) {
		for j := range m.Amplitudes {
			m.Amplitudes[j] = 2
		}
	}
	once := func(m *model.Moment, rng *rand.Rand) {
		if m.Pattern == 7 {
			twice(m, rng)
		}
	}
	double := func(c rules.Acetylcholine) rules.Acetylcholine { c.Rate *= 2; return c }
	for name, test := range map[string]struct {
		amplitudes model.Together
		rule       func(rules.Acetylcholine) model.Rule
	}{
		"always": {twice, func(c rules.Acetylcholine) model.Rule { return double(c) }},
		"once":   {once, func(c rules.Acetylcholine) model.Rule { return c }},
	} {
		graded, plain := sharers(11, a, 0.2, 0.8, 1, 0.5, 13, model.AtLeast(1), test.amplitudes), sharers(11, a, 0.2, 0.8, 1, 0.5, 13, model.AtLeast(1))
		pattern := -1
		plain.Together = append(plain.Together, func(m *model.Moment, _ *rand.Rand) { pattern = m.Pattern })
		for j, l := range plain.Learners {
			other := graded.Learners[j]
			if j%2 == 1 { // silent synapses, and a rule that is never tabulated
				for _, l := range []*model.Learner{l, other} {
					r := l.Excitatory[0].(rules.Acetylcholine)
					r.Depression, r.Coding = 0.3, 0.2
					l.Excitatory = []model.Rule{r, rule(func(s *model.Signals) model.Change { return model.Change{Active: 0.01 * (s.Output - 0.3)} })}
				}
			}
			r := l.Excitatory[0].(rules.Acetylcholine)
			if l.Excitatory[0] = test.rule(r); name == "once" {
				l.Excitatory[0] = rule(func(s *model.Signals) model.Change {
					if pattern == 7 {
						return double(r).Change(s)
					}
					return r.Change(s)
				})
			}
		}
		for _, layer := range []*model.Layer{graded, plain} {
			if _, err := layer.Train(context.Background(), a, 20, model.Stream(13, 1)); err != nil {
				t.Fatal(err)
			}
		}
		for j, l := range plain.Learners {
			sameWeights(t, fmt.Sprintf("%s, neuron %d", name, j), graded.Learners[j], l)
		}
	}
}

// Only the winners fire on a release, and elsewhere who will.
func TestWinnersFire(t *testing.T) {
	t.Parallel()
	const neurons, k = 11, 3
	a := lesson.HalfLoad(t, 40, 10)
	layer := sharers(neurons, a, 0.1, 1, 1000, 0.5, 10, model.AtLeast(1), model.Winners(k))
	signals, fired, free := seen(t, layer, a, 40), 0, 0
	for trial := range signals[0] {
		type place struct {
			v float64
			j int
		}
		var places []place
		for j := range signals {
			s := signals[j][trial]
			places = append(places, place{s.Excitation - s.Inhibition - s.Threshold, j})
		}
		slices.SortStableFunc(places, func(p, q place) int {
			switch {
			case p.v > q.v:
				return -1
			case p.v < q.v:
				return 1
			}
			return 0
		})
		for rank, p := range places {
			s := signals[p.j][trial]
			switch {
			case s.ACh && rank >= k && s.Output != 0:
				t.Fatalf("trial %d: neuron %d of rank %d fires", trial, p.j, rank)
			case s.ACh && rank < k && s.Output == 1:
				fired++
			case !s.ACh:
				if (s.Output == 1) != (p.v > 0) {
					t.Fatalf("trial %d: neuron %d of V = %v gives %v without release", trial, p.j, p.v, s.Output)
				}
				if p.v > 0 {
					free++
				}
			}
		}
	}
	if fired == 0 || free == 0 {
		t.Errorf("winners fired %d times, and neurons without release %d times", fired, free)
	}
}

// Shares of trials: a modulator that is reliable with probability p, and neurons
// without drive that fire on a release with probability σ.
func TestReliablyAndTag(t *testing.T) {
	t.Parallel()
	const p = 0.7
	sigma := []float64{0.4, 0.2}
	a := lesson.HalfLoad(t, 40, 11)
	layer := sharers(5, a, 0.3, 1, 1e9, 0.5, 11, model.AtLeast(1), model.Reliably(p), model.Tag(sigma...))
	var asked, released float64
	var undriven, fired [2]float64
	for j, of := range seen(t, layer, a, 500) {
		for mu, s := range of {
			if s.Target && j == 0 {
				asked++
				if s.ACh {
					released++
				}
			}
			if s.ACh && !s.Target {
				undriven[j%2]++
				fired[j%2] += s.Output
			}
			if v := s.Excitation - s.Inhibition; s.ACh && s.Target && s.Output == 0 && v > 0 {
				t.Fatalf("neuron %d, trial %d: V = %v, driven and silent", j, mu, v)
			}
		}
	}
	within := func(what string, got, n, want float64) {
		lesson.Near(t, what, got/n, want, 4*math.Sqrt(want*(1-want)/n))
	}
	within("reliability", released, asked, p)
	for k, sigma := range sigma {
		within("σ Φ(1)", fired[k], undriven[k], sigma*0.841345) // Φ(1): disinhibition that succeeds
	}
}

// The frozen limit: neurons that share a modulator and see the same patterns all
// learn the union of their targets, and none its own.
func TestOneModulatorTeachesTheUnion(t *testing.T) {
	lesson.Long(t)
	a := lesson.Drawn(t, lesson.Task(200, 60), 12)
	layer := sharers(4, a, 0.2, 0.825, 1000, 0.5, 12, model.AtLeast(1))
	if _, err := layer.Train(context.Background(), a, 3000, model.Stream(12, 1)); err != nil {
		t.Fatal(err)
	}
	union := make([]bool, a.Len())
	for mu := range union {
		for _, targets := range layer.Targets {
			union[mu] = union[mu] || targets[mu]
		}
	}
	for j, l := range layer.Learners {
		if got := l.Neuron.Recall(a.WithTargets(union)).Error; got > 0.02 {
			t.Errorf("neuron %d answers %v of the union wrong", j, got)
		}
		if got := l.Neuron.Recall(own(layer, a, j)).Error; got < 0.2 { // 1 − 0.8³ of the others' are about half
			t.Errorf("neuron %d answers only %v of its own targets wrong", j, got)
		}
	}
}

// What happens together is a matter of the trial alone: nothing between neurons of any
// kind is no layer's business, for weights and histories.
func TestNothingTogetherIsApart(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		nothing := func(m *model.Moment, _ *rand.Rand) { m.Amplitudes[0] = 1 }
		apart, a := anyLayer(t, seed, 1+int(seed)%19)
		inStep, _ := anyLayer(t, seed, 1+int(seed)%19)
		inStep.Together = []model.Together{nothing}
		var histories [2][]model.History
		for k, layer := range []*model.Layer{apart, inStep} {
			for _, l := range layer.Learners {
				l.Teacher, l.ACh.Late, l.ACh.Variation, l.NE.Coupling = nil, 0, 0, 0
			}
			var err error
			if histories[k], err = layer.Train(context.Background(), a, 11, model.Stream(13, 1)); err != nil {
				t.Fatal(err)
			}
		}
		for j, l := range apart.Learners {
			sameWeights(t, fmt.Sprintf("seed %d, neuron %d", seed, j), inStep.Learners[j], l)
		}
		if fmt.Sprint(histories[0]) != fmt.Sprint(histories[1]) {
			t.Errorf("seed %d: histories differ", seed)
		}
	}
}

// A layer whose neurons meet goes on exactly after it was stopped, and from checkpoints.
func TestTogetherGoesOnExactly(t *testing.T) {
	t.Parallel()
	a := lesson.HalfLoad(t, 60, 13)
	fresh := func() *model.Layer {
		layer := sharers(17, a, 0.1, 0.8, 1, 0.5, 14, model.AtLeast(2), model.Graded(5, 0.4), model.Reliably(0.9), model.Winners(2), model.Tag(0.5, 0.7))
		layer.Learners[3].Memory, layer.Learners[16].Every = 30, 3
		return layer
	}
	whole := fresh()
	once, err := whole.Train(context.Background(), a, 9, model.Stream(14, 1))
	if err != nil {
		t.Fatal(err)
	}
	if len(once) != 17 || len(once[16]) != 3 || len(once[0]) != 1 {
		t.Errorf("histories of %d neurons, of %d and %d entries", len(once), len(once[16]), len(once[0]))
	}
	for asked := 0; asked < 9; asked += 2 {
		layer, other := fresh(), fresh()
		if _, err := layer.Train(afterAsked(asked), a, 9, model.Stream(14, 1)); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if done := layer.Learners[5].Epochs; done != asked {
			t.Errorf("%d epochs done, want %d", done, asked)
		}
		for j, l := range layer.Learners {
			var file bytes.Buffer
			if err := cmp.Or(l.Save(&file), other.Learners[j].Restore(&file)); err != nil {
				t.Fatal(err)
			}
		}
		for name, layer := range map[string]*model.Layer{"resumed": layer, "from checkpoints": other} {
			h, err := layer.Train(context.Background(), a, 9-asked, layer.Learners[0].Resume(14, 1))
			if err != nil {
				t.Fatal(err)
			}
			for j, l := range whole.Learners {
				sameWeights(t, name, layer.Learners[j], l)
				if got, want := fmt.Sprint(h[j][len(h[j])-1]), fmt.Sprint(once[j][len(once[j])-1]); got != want {
					t.Errorf("%s after %d epochs, neuron %d: the last entry differs", name, asked, j)
				}
			}
		}
	}
}

func TestTogetherRefusals(t *testing.T) {
	a := lesson.HalfLoad(t, 40, 8)
	for name, spoil := range map[string]func(*model.Learner){
		"teacher": func(l *model.Learner) { l.Teacher = oneNumber(1) },
		"late":    func(l *model.Learner) { l.ACh.Late = 0.1 }, "late NE": func(l *model.Learner) { l.NE.Late = 0.1 },
		"coupled": func(l *model.Learner) { l.ACh.Coupling = 0.1 }, "coupled NE": func(l *model.Learner) { l.NE.Coupling = -0.1 },
		"varies": func(l *model.Learner) { l.ACh.Variation = 0.1 }, "NE varies": func(l *model.Learner) { l.NE.Variation = 0.1 },
	} {
		layer := sharers(3, a, 0.2, 0.8, 1, 0.5, 8, model.AtLeast(1))
		spoil(layer.Learners[2])
		_, err := layer.Train(context.Background(), a, 1, model.Stream(1, 1))
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		refusal.Mentions(t, err, "neuron 2", "a teacher, or a modulator that is late, coupled or varies", "Layer.Together")
	}
	_, err := sharers(3, a, 0.2, 0.8, 1, 0.5, 8, model.AtLeast(1), nil).Train(context.Background(), a, 1, model.Stream(1, 1))
	refusal.Mentions(t, err, "Together[1] is nil")
	for want, call := range map[string]func(){
		"model: requests m = 0 outside [1, ∞)":       func() { model.AtLeast(0) },
		"model: size of a zone = -1 outside [0, ∞)":  func() { model.Zones(-1, 1) },
		"model: size of a zone = -2 outside [0, ∞)":  func() { model.Graded(-2, 1) },
		"model: baseline = +Inf outside (−∞, ∞)":     func() { model.Graded(0, math.Inf(1)) },
		"model: columns = 0 outside [1, ∞)":          func() { model.RowsAndColumns(0) },
		"model: reliability = 1.1 outside [0, 1]":    func() { model.Reliably(1.1) },
		"model: winners = 0 outside [1, ∞)":          func() { model.Winners(0) },
		"model: sigma = NaN outside [0, 1]":          func() { model.Tag(0.5, math.NaN()) },
		"model: number of sigmas = 0 outside [1, ∞)": func() { model.Tag() },
	} {
		func() {
			defer func() {
				if got := recover(); got != want {
					t.Errorf("panics with %v, want %s", got, want)
				}
			}()
			call()
		}()
	}
	// An amplitude that is no number is named as what it does.
	wrong := sharers(3, a, 0.9, 1, 1, 0.5, 8, func(m *model.Moment, _ *rand.Rand) { m.Amplitudes[1] = math.NaN() })
	_, err = wrong.Train(context.Background(), a, 1, model.Stream(1, 1))
	refusal.Mentions(t, err, "neuron 1", "epoch 1", "excitatory weight", "NaN")
}
