package influence_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"credo/pkg/influence"
	"credo/pkg/model"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// centred drives each pattern by its target, Y − f_Y.
var centred = rules.Func(func(s *model.Signals) model.Change {
	if s.Target {
		return model.Change{Active: 0.8}
	}
	return model.Change{Active: -0.2}
})

// What the training loop's mean drift does to the potentials, against the
// operator: proportional to M s, for each feedback and partly co-tuned inputs
// too.
func TestOperatorIsWhatLearningDoes(t *testing.T) {
	for _, c := range []struct {
		feedback     influence.Feedback
		task         model.Task
		duration, by float64 // V = M s·by + what nothing drives, after the duration
	}{
		{influence.None, task(100, 30, 1), 3, 3},
		{influence.Global, task(100, 30, 1), 3, 3},
		{influence.Detailed, task(100, 20, 1), 400, 1},
		{influence.Detailed, task(100, 20, 0.7), 400, 1},
		{influence.Delta, task(100, 20, 1), 400, 1},
	} {
		a := draw(t, c.task, 21)
		// Inhibition starts so large that no weight comes to its bound, and
		// global inhibition with its sum at balance.
		n := model.NewNeuron(100, 500)
		l := c.feedback.Learner(n, centred, 0.3, 1)
		if c.feedback == influence.Global {
			n.Inhibitory = slices.Repeat([]float64{balance(n, a, 0.3)}, 100)
		}
		rest := n.Potentials(a) // what nothing drives: 0 without inhibition, −b n/⟨n⟩ with global
		if c.feedback == influence.Detailed || c.feedback == influence.Delta {
			rest = slices.Repeat([]float64{-0.3}, a.Len())
		}
		d := model.Drift{Learner: l, Tolerance: 1e-7}
		if err := d.Integrate(context.Background(), a, c.duration); err != nil {
			t.Fatal(err)
		}
		var want mat.VecDense
		want.MulVec(operator(t, c.feedback, a), influence.Drive(a, 0.2, 0))
		got := n.Potentials(a)
		for mu := range got {
			if e := got[mu] - (c.by*want.AtVec(mu) + rest[mu]); !(math.Abs(e) <= 0.01) {
				t.Errorf("%v, r = %v: pattern %d at %.4f, %.4f off", c.feedback, c.task.CoTuning, mu, got[mu], e)
			}
		}
	}
}

// balance returns the one inhibitory weight with which Σ_μ (V^μ + b) = 0.
func balance(n *model.Neuron, a *model.Associations, b float64) float64 {
	zero := &model.Neuron{Excitatory: n.Excitatory, Inhibitory: make([]float64, len(n.Inhibitory))}
	one := &model.Neuron{Excitatory: make([]float64, len(n.Excitatory)), Inhibitory: slices.Repeat([]float64{1}, len(n.Inhibitory))}
	excitation := floats.Sum(zero.Potentials(a)) + b*float64(a.Len())
	return -excitation / floats.Sum(one.Potentials(a))
}
