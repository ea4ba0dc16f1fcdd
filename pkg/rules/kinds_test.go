package rules_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// Rules that the package does not have, each written as a reader would write
// it in the cell of a notebook. Outputs being 0 or 1, powers of y are y.

// softBound is a Hebbian rule whose potentiation fades as a weight nears its
// maximum, and whose depression fades as it nears 0,
//
//	Δw = r (y − ȳ) (1 − w/w_max) x  if y > ȳ,  r (y − ȳ) (w/w_max) x otherwise.
func softBound(rate, mean, max float64) rules.Func {
	return func(s *model.Signals) model.Change {
		d := rate * (s.Output - mean)
		if d > 0 {
			return model.Change{Active: d, ActiveLoss: d / max}
		}
		return model.Change{ActiveLoss: -d / max}
	}
}

// oja is the rule of Oja (1982), Δw = r y (x − y w).
func oja(rate float64) rules.Func {
	return func(s *model.Signals) model.Change {
		d := rate * s.Output
		return model.Change{Active: d, ActiveLoss: d, SilentLoss: d}
	}
}

// bcm is the rule of Bienenstock, Cooper and Munro (1982), Δw = r y (y − ϑ) x,
// with a threshold that slides with the mean output, ϑ = ȳ/y₀.
func bcm(rate, goal float64) rules.Func {
	return func(s *model.Signals) model.Change {
		return model.Change{Active: rate * s.Output * (s.Output - s.MeanOutput/goal)}
	}
}

// vogels is the rate form of the inhibitory rule of Vogels et al. (2011),
// Δw_I = r (y − ρ₀) x_I.
func vogels(rate, goal float64) rules.Func {
	return func(s *model.Signals) model.Change {
		return model.Change{Active: rate * (s.Output - goal)}
	}
}

// rewarded is a Hebbian rule that a reward signs, Δw = r (2R − 1) (y − ȳ) x.
func rewarded(rate, mean float64) rules.Func {
	return func(s *model.Signals) model.Change {
		if s.Reward {
			return model.Change{Active: rate * (s.Output - mean)}
		}
		return model.Change{Active: -rate * (s.Output - mean)}
	}
}

// kind is one rule of the list that the laws run over.
type kind struct {
	name string
	rule model.Rule
	told bool // a reference rule, which reads the target
}

func kinds() []kind {
	return []kind{
		{"Hebbian", rules.Hebbian{Rate: 0.4, MeanOutput: 0.2}, false},
		{"Acetylcholine", rules.Acetylcholine{Rate: 0.6, Depression: 0.33, Reference: 0.1, Coding: 0.2}, false},
		{"Noradrenaline", rules.Noradrenaline{Rate: 0.7, Reference: 0.1}, false},
		{"Balance", rules.Balance{Rate: 0.6, Slope: 0.9, Offset: 0.05}, false},
		{"Balance when firing", rules.Balance{Rate: 0.6, Slope: 1, Offset: 0.05, WhenFiring: true}, false},
		{"Delta", rules.Delta{Rate: 0.5}, true},
		{"Perceptron", rules.Perceptron{Rate: 0.5, Margin: 0.1}, true},
		{"Competitive", rules.Competitive{Rate: 0.5, Depression: 0.9, Coding: 0.2, Loss: 0.2}, false},
		{"soft bound", softBound(0.5, 0.3, 4), false},
		{"Oja", oja(0.3), false},
		{"BCM", bcm(0.5, 0.4), false},
		{"Vogels", vogels(0.5, 0.2), false},
		{"rewarded", rewarded(0.5, 0.3), false},
		{"Hebbian, running", rules.Hebbian{Rate: 0.4, MeanOutput: 0.9, Running: true}, false},
		{"Soft", rules.Soft{Rule: rules.Hebbian{Rate: 0.4, MeanOutput: 0.2}, Max: 6}, false},
		{"Gate", rules.Gate{Rule: rules.Hebbian{Rate: 0.4, MeanOutput: 0.2}, Open: func(s *model.Signals) bool { return s.NE }}, false},
		{"Hebb", rules.Homeostatic{Rate: 0.5, Scaling: 0.2, Goal: 0.3}, false},
		{"relaxation", rules.Relaxation{Rate: 0.1, Weight: 2}, false},
		{"told", rules.Told{Rate: 0.5}, true},
		{"Reward", rules.Reward{Rate: 0.5, Baseline: 0.8, MeanOutput: 0.2}, false},
		{"Burst", rules.Burst{Rate: 1, Baseline: 0.3, Gain: 0.5, Silent: 0.2}, true},
		{"Disinhibitory", rules.Disinhibitory{Rate: 0.5, Margin: 0.1}, true},
	}
}

// Each does what it is known for.

// With weights that follow Δw = r y (x − y w) every weight becomes the chance
// that its channel is active when the neuron fires.
func TestOjaLearnsTheMeanInputOfFiring(t *testing.T) {
	a := lesson.Drawn(t, model.Task{Channels: 50, Patterns: 40, Coding: 0.3, TargetCoding: 0.5}, 31)
	n := model.NewNeuron(50, 3)
	n.Threshold = -100 // always fires
	l := &model.Learner{Neuron: n, Excitatory: []model.Rule{oja(1)}, Rate: 0.003}
	lesson.Train(t, l, a, 1000, model.Stream(31, 1))
	want := make([]float64, 50)
	for mu := range a.Len() {
		for _, i := range a.Excitatory(mu) {
			want[i] += 1. / 40
		}
	}
	for i, w := range n.Excitatory {
		lesson.Near(t, "w_E", w, want[i], 0.01)
	}
}

// Potentiation fading as w_max − w and depression as w, a weight rests where
// the two are equal: at w_max times the share of potentiation, here for a
// neuron that fires at random on half of the trials.
func TestSoftBoundRestsWithin(t *testing.T) {
	a := repeated(t, 100, true)
	n := model.NewNeuron(1, 1)
	n.Threshold = 100 // fires only when disinhibited
	l := &model.Learner{
		Neuron: n, Excitatory: []model.Rule{softBound(1, 0.2, 4)}, Rate: 0.002,
		ACh: model.Modulator{Probability: 0.5, Disinhibition: 1e6},
	}
	lesson.Train(t, l, a, 500, model.Stream(32, 1))
	fires := 0.5 * 0.8413447460685429 // Φ(1): no disinhibition with probability Φ(−1)
	up, down := fires*0.8, (1-fires)*0.2
	lesson.Near(t, "w_E", n.Excitatory[0], 4*up/(up+down), 0.1)
}

// The sliding threshold of BCM brings the mean output to its goal, from below
// and from above, as does Vogels' rule on the inhibitory synapses.
func TestHomeostasis(t *testing.T) {
	const goal = 0.3
	a := lesson.Drawn(t, model.Task{Channels: 100, Patterns: 50, Coding: 0.2, TargetCoding: 0.2}, 33)
	for _, threshold := range []float64{-2, 2.5} {
		for name, l := range map[string]*model.Learner{
			"BCM":    {Excitatory: []model.Rule{bcm(0.1, goal)}, Memory: 200, MeanOutput: goal},
			"Vogels": {Inhibitory: []model.Rule{vogels(0.1, goal)}, Memory: 200, MeanOutput: goal},
		} {
			l.Neuron, l.Rate = model.NewNeuron(100, 3), 0.1
			rng := model.Stream(33, 2)
			for i := range l.Neuron.Excitatory {
				l.Neuron.Excitatory[i] += 2 * rng.Float64()
				l.Neuron.Inhibitory[i] += 2 * rng.Float64()
			}
			l.Neuron.Threshold = threshold
			before := firing(l.Neuron, a)
			lesson.Train(t, l, a, 2000, model.Stream(33, 1))
			mean, epochs := 0.0, 400
			for range epochs {
				lesson.Train(t, l, a, 1, l.Resume(33, 1))
				mean += firing(l.Neuron, a) / float64(epochs)
			}
			t.Logf("%s, θ = %v: fires on %.2f of the patterns before and %.3f after", name, threshold, before, mean)
			lesson.Near(t, name+": mean output", mean, goal, 0.05)
			if math.Abs(before-goal) < 0.1 {
				t.Errorf("%s: has nothing to do", name)
			}
		}
	}
}

// firing is the share of patterns on which the neuron fires.
func firing(n *model.Neuron, a *model.Associations) float64 {
	fired := 0.0
	for _, v := range n.Potentials(a) {
		if v > 0 {
			fired++
		}
	}
	return fired / float64(a.Len())
}

// The references that are told the error store what the neuron can store, and
// a reward for the right answer, one bit to all synapses, is as good: outputs
// being 0 or 1, with it each synapse knows the target.
func TestReferencesAndRewardLearn(t *testing.T) {
	a := lesson.Drawn(t, lesson.Task(200, 100), 34)
	for name, rule := range map[string]model.Rule{
		"delta": rules.Delta{Rate: 1}, "perceptron": rules.Perceptron{Rate: 1, Margin: 0.1},
		"rewarded": rules.Func(func(s *model.Signals) model.Change {
			if s.Reward {
				return model.Change{} // only what went wrong is changed
			}
			return rewarded(1, 0.5)(s)
		}),
	} {
		n := model.NewNeuron(200, 20)
		l := &model.Learner{Neuron: n, Excitatory: []model.Rule{rule}, Rate: 0.5}
		lesson.Train(t, l, a, 2000, model.Stream(34, 1))
		if r := n.Recall(a); r.Error > 0 {
			t.Errorf("%s: recall %+v", name, r)
		}
	}
}
