package experiment_test

import (
	"testing"

	"credo/pkg/model"
)

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
