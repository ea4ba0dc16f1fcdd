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

// The drive of a pattern by its target alone, and the ways to answer it.
var (
	drive  = rules.Func(func(s *model.Signals) model.Change { return model.Change{Active: target(s) - 0.2} })
	global = rules.Func(func(s *model.Signals) model.Change {
		v := s.Excitation - s.Inhibition + 0.3
		return model.Change{Active: v, Silent: v}
	})
	detailed = rules.Balance{Rate: 1, Slope: 1, Offset: 0.3}
	delta    = rules.Func(func(s *model.Signals) model.Change {
		return model.Change{Active: target(s) - 0.2 - (s.Excitation - s.Inhibition)}
	})
)

func target(s *model.Signals) float64 {
	if s.Target {
		return 1
	}
	return 0
}

// What the training loop's mean drift does to the potentials, against the
// operator: proportional to M s, for each feedback and partly co-tuned inputs
// too.
func TestOperatorIsWhatLearningDoes(t *testing.T) {
	for _, c := range []struct {
		feedback     influence.Feedback
		task         model.Task
		excitatory   model.Rule
		inhibitory   []model.Rule
		duration, by float64 // V = M s·by + what nothing drives, after the duration
	}{
		{influence.None, task(100, 30, 1), drive, nil, 3, 3},
		{influence.Global, task(100, 30, 1), drive, []model.Rule{global}, 3, 3},
		{influence.Detailed, task(100, 20, 1), drive, []model.Rule{detailed}, 400, 1},
		{influence.Detailed, task(100, 20, 0.7), drive, []model.Rule{detailed}, 400, 1},
		{influence.Delta, task(100, 20, 1), delta, nil, 400, 1},
	} {
		a := draw(t, c.task, 21)
		// Inhibition starts so large that no weight comes to its bound, and
		// global inhibition with its sum at balance.
		n := model.NewNeuron(100, 500)
		l := &model.Learner{Neuron: n, Excitatory: []model.Rule{c.excitatory}, Inhibitory: c.inhibitory}
		if c.feedback == influence.Global {
			n.Inhibitory = slices.Repeat([]float64{balance(n, a, 0.3)}, 100)
		}
		rest := n.Potentials(a) // what nothing drives: 0 without inhibition, −b n/⟨n⟩ with global
		if c.feedback == influence.Detailed {
			rest = slices.Repeat([]float64{-0.3}, a.Len())
		}
		d := model.Drift{Learner: l, Tolerance: 1e-7}
		if err := d.Integrate(context.Background(), a, c.duration); err != nil {
			t.Fatal(err)
		}
		s := mat.NewVecDense(a.Len(), nil)
		for mu := range a.Len() {
			s.SetVec(mu, -0.2)
			if a.Target(mu) {
				s.SetVec(mu, 0.8)
			}
		}
		var want mat.VecDense
		want.MulVec(operator(t, c.feedback, a), s)
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
