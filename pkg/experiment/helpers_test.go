package experiment_test

import (
	"credo/pkg/model"
	"credo/pkg/rules"
	"math"
	"testing"
)

// balanced is the reported circuit without heterosynaptic depression, for
// which the stationary potentials have a closed form.
func balanced() rules.Circuit {
	c := rules.Reported()
	c.Acetylcholine.Depression = 0
	return c
}

// coTuned draws P = N/2 co-tuned associations.
func coTuned(t *testing.T, channels int, seed uint64) *model.Associations {
	t.Helper()
	a, err := model.Task{Channels: channels, Patterns: channels / 2, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}.Draw(model.Stream(seed, 0))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// near fails unless got is within tolerance of want. NaN is never near.
func near(t testing.TB, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %v, want %v ± %v", what, got, want, tolerance)
	}
}

// shown is what a learner with this acetylcholine sees in epochs of a task of
// 20 patterns, 6 of target 1, at potentials of either sign.
func shown(t *testing.T, ach model.Modulator, epochs int) (seen []model.Signals) {
	t.Helper()
	a, err := model.Task{Channels: 30, Patterns: 20, Coding: 0.3, TargetCoding: 0.3, CoTuning: 0.5}.Draw(model.Stream(62, 0))
	if err != nil {
		t.Fatal(err)
	}
	witness := model.Observer(func(s *model.Signals) { seen = append(seen, *s) })
	l := &model.Learner{Neuron: model.NewNeuron(30, 2), Excitatory: []model.Rule{witness}, ACh: ach}
	if _, err := l.Train(t.Context(), a, epochs, model.Stream(62, 1)); err != nil {
		t.Fatal(err)
	}
	return seen
}
