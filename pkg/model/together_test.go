package model_test

import (
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
	const p, sigma = 0.7, 0.4
	a := lesson.HalfLoad(t, 40, 11)
	layer := sharers(5, a, 0.3, 1, 1e9, 0.5, 11, model.AtLeast(1), model.Reliably(p), model.Tag(sigma))
	var asked, released, undriven, fired float64
	for j, of := range seen(t, layer, a, 500) {
		for mu, s := range of {
			if s.Target && j == 0 {
				asked++
				if s.ACh {
					released++
				}
			}
			if s.ACh && !s.Target {
				undriven++
				fired += s.Output
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
	within("σ Φ(1)", fired, undriven, sigma*0.841345) // Φ(1): disinhibition that succeeds
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

// What happens together is a matter of the trial alone: nothing between neurons is
// no layer's business, and a layer that is stopped goes on exactly.
func TestTogetherIsExact(t *testing.T) {
	t.Parallel()
	a := lesson.HalfLoad(t, 60, 13)
	nothing := func(*model.Moment, *rand.Rand) {}
	apart, inStep := sharers(17, a, 0.2, 0.8, 1, 0.5, 13), sharers(17, a, 0.2, 0.8, 1, 0.5, 13, nothing)
	for _, layer := range []*model.Layer{apart, inStep} {
		if _, err := layer.Train(context.Background(), a, 20, model.Stream(13, 1)); err != nil {
			t.Fatal(err)
		}
	}
	for j, l := range apart.Learners {
		sameWeights(t, fmt.Sprintf("neuron %d", j), inStep.Learners[j], l)
	}

	fresh := func() *model.Layer {
		return sharers(17, a, 0.1, 0.8, 1, 0.5, 14, model.AtLeast(2), model.Reliably(0.9), model.Winners(2), model.Tag(0.5))
	}
	whole := fresh()
	whole.Learners[16].Every = 3
	once, err := whole.Train(context.Background(), a, 9, model.Stream(14, 1))
	if err != nil {
		t.Fatal(err)
	}
	if len(once) != 17 || len(once[16]) != 3 || len(once[0]) != 1 {
		t.Errorf("histories of %d neurons, of %d and %d entries", len(once), len(once[16]), len(once[0]))
	}
	for asked := 0; asked < 9; asked += 2 {
		layer := fresh()
		if _, err := layer.Train(afterAsked(asked), a, 9, model.Stream(14, 1)); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if done := layer.Learners[5].Epochs; done != asked {
			t.Errorf("%d epochs done, want %d", done, asked)
		}
		if _, err := layer.Train(context.Background(), a, 9-asked, layer.Learners[0].Resume(14, 1)); err != nil {
			t.Fatal(err)
		}
		for j, l := range whole.Learners {
			sameWeights(t, "resumed", layer.Learners[j], l)
		}
	}
}

func TestTogetherRefusals(t *testing.T) {
	a := lesson.HalfLoad(t, 40, 8)
	late := sharers(3, a, 0.2, 0.8, 1, 0.5, 8, model.AtLeast(1))
	late.Learners[2].ACh.Late = 0.1
	_, err := late.Train(context.Background(), a, 1, model.Stream(1, 1))
	refusal.Mentions(t, err, "neuron 2", "late")
	_, err = sharers(3, a, 0.2, 0.8, 1, 0.5, 8, nil).Train(context.Background(), a, 1, model.Stream(1, 1))
	refusal.Mentions(t, err, "Together[0] is nil")
	for name, call := range map[string]func(){
		"m": func() { model.AtLeast(0) }, "size": func() { model.Zones(-1, 1) }, "columns": func() { model.RowsAndColumns(0) },
		"p": func() { model.Reliably(1.1) }, "k": func() { model.Winners(0) }, "sigma": func() { model.Tag(math.NaN()) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			call()
		}()
	}
}
