package experiment

import (
	"credo/pkg/model"
	"credo/pkg/rules"
)

// Rungs returns the ladder, from no teacher to the error. All parameters of
// rungs other than the reported circuit are chosen, for rates λ near 0.1, so
// that a pattern's own change is of the order of the margins; inputs and targets
// have coding 0.2. Rules other than the circuit's act on excitation and, with
// the opposite sign, on inhibition.
func Rungs() []Rung {
	reported := rules.Reported()

	return []Rung{
		{Name: "Hebb, homeostasis", Circuit: rules.Circuit{
			Memory: 500,
			Coding: reported.Coding, TargetCoding: reported.TargetCoding,
			Excitatory: []model.Rule{rules.Homeostatic{Rate: 1, Scaling: 0.05, Goal: reported.TargetCoding}},
		}},
		{Name: "target-only ACh", Circuit: TargetOnly(false), Told: released},
		{Name: "target-only ACh, gated", Circuit: TargetOnly(true), Told: released},
		{Name: "reward", Circuit: both(
			rules.Reward{Rate: 1, Baseline: 0.9, MeanOutput: 0.2},
			rules.Reward{Rate: -1, Baseline: 0.9, MeanOutput: 0.2}), Told: rewarded},
		{Name: "burst", Circuit: both(
			rules.Burst{Rate: 1, Baseline: 0.5, Gain: 0.5, Silent: 0.2},
			rules.Burst{Rate: -1, Baseline: 0.5, Gain: 0.5, Silent: 0.2}), Told: missed},
		{Name: "disinhibitory error", Circuit: both(
			rules.Disinhibitory{Rate: 1, Margin: 0.1}, rules.Disinhibitory{Rate: -1, Margin: 0.1}), Told: missed},
		{Name: "perceptron", Circuit: both(
			rules.Perceptron{Rate: 1, Margin: 0.1}, rules.Perceptron{Rate: -1, Margin: 0.1}), Told: target},
		{Name: "delta rule", Circuit: both(rules.Delta{Rate: 1}, rules.Delta{Rate: -1}), Told: missed},
	}
}

// TargetOnly returns the reported circuit as a rung: without depression of
// silent synapses, which costs it errors at any load, and further from
// threshold than the reported b = 0.05. With inhibition plastic on every trial
// b = 0.3 is in the middle of the window; if it is plastic only when the neuron
// fires b = 0.4, A_A = 1 and no noradrenaline leave silent patterns alone.
func TargetOnly(gated bool) rules.Circuit {
	c := rules.Reported()
	c.Acetylcholine.Depression, c.Balance.Offset = 0, 0.3
	if gated {
		c = c.Without("NE")
		c.ACh.Disinhibition, c.Balance.Offset, c.Balance.WhenFiring = 1, 0.4, true
	}
	return c
}

// both is a circuit of one rule for excitation and one for inhibition.
func both(excite, inhibit model.Rule) rules.Circuit {
	reported := rules.Reported()
	return rules.Circuit{
		Excitatory: []model.Rule{excite}, Inhibitory: []model.Rule{inhibit},
		Coding: reported.Coding, TargetCoding: reported.TargetCoding,
	}
}

func released(s *model.Signals) float64 { return bit(s.ACh) }
func rewarded(s *model.Signals) float64 { return bit(s.Reward) }
func target(s *model.Signals) float64   { return bit(s.Target) }
func missed(s *model.Signals) float64   { return bit(s.Target) - s.Output }

func bit(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
