package rules_test

import (
	"slices"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// To a resting weight of 0 it is the learner's decay, d = r λ/√N; to another one
// the distance from it decays so.
func TestRelaxationIsDecay(t *testing.T) {
	a := lesson.HalfLoad(t, 25, 1)
	for _, rest := range []float64{0, 3} {
		n := model.NewNeuron(25, 2)
		l := &model.Learner{Neuron: n, Excitatory: []model.Rule{rules.Relaxation{Rate: 0.5, Weight: rest}}, Rate: 0.1}
		lesson.Train(t, l, a, 2, model.Stream(1, 0))
		decayed := &model.Learner{Neuron: model.NewNeuron(25, 2), Rate: 0.1, Decay: 0.01}
		lesson.Train(t, decayed, a, 2, model.Stream(1, 0))
		for i, w := range n.Excitatory {
			lesson.Near(t, "(w − w̄)/(2 − w̄)", (w-rest)/(2-rest), decayed.Neuron.Excitatory[i]/2, 1e-12)
		}
		if !slices.Equal(n.Inhibitory, slices.Repeat([]float64{2}, 25)) {
			t.Error("inhibitory weights changed")
		}
	}
}
