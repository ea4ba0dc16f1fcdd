package experiment

import (
	"math"
	"slices"

	"credo/internal/domain"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// Rung is a rule with its teacher: a step of the ladder of supervision. From no
// teacher (rules.Homeostatic) it goes by the circuit (a teacher that says Y = 1,
// when it comes) and rules.Reward (one bit, right or wrong) to rules.Burst and
// rules.Disinhibitory (the error, by two routes), and the references
// rules.Perceptron and rules.Delta. What a rule was made for, many layers, many
// spikes or time, is lost in the reduction to one binary neuron on static
// patterns; each rule's comment says what is kept.
//
// Two more names are no rungs, because on one layer without time they are the
// delta rule: predictive coding at equilibrium changes a weight by the
// prediction error of its neuron times its input (Whittington & Bogacz 2017,
// doi 10.1162/NECO_a_00949), and e-prop by a learning signal, the error, times
// an eligibility trace, which without time is the input (Bellec et al. 2020,
// doi 10.1038/s41467-020-17236-y).
type Rung struct {
	Name    string
	Circuit rules.Circuit

	// Told is what the teacher says on a trial, in any code: a number for each
	// thing it can say. nil: there is no teacher.
	Told func(s *model.Signals) float64
}

// Bits returns what the teacher adds on one trial to what the neuron knows of
// the target from its own output, I(told; Y | y) in bits, while the output
// still has nothing to do with the target and is 1 with probability output, in
// [0, 1]. It is at most H(Y), for which what is told and the output together
// must give the target away: a reward alone says little, but says all to the
// neuron that knows what it answered. As learning proceeds and y comes to be Y,
// every I(told; Y | y) goes to 0. NaN if output is outside its domain, and if
// release depends on the potential.
func (r Rung) Bits(output float64) float64 {
	if r.Told == nil {
		return 0
	}
	if !domain.Probability.Has(output) {
		return math.NaN()
	}
	return output*r.bits(1) + (1-output)*r.bits(0)
}

// bits is I(told; Y | y) at one output y.
func (r Rung) bits(y float64) float64 {
	f := r.Circuit.TargetCoding
	ach := r.Circuit.ACh.Prompt(f)
	if ach.Coupling != 0 {
		return math.NaN()
	}
	var told []float64
	var joint [][]float64
	for target, p := range [2]float64{1 - f, f} {
		released := [2]float64{ach.Error, ach.Probability}[target]
		for k, q := range [2]float64{1 - released, released} {
			s := model.Signals{Output: y, Target: target == 1, ACh: k == 1, Reward: (y == 1) == (target == 1)}
			x := r.Told(&s)
			row := slices.Index(told, x)
			if row < 0 {
				row, told, joint = len(told), append(told, x), append(joint, make([]float64, 2))
			}
			joint[row][target] += p * q
		}
	}
	return MutualInformation(joint)
}

// Rungs returns the ladder, from no teacher to the error. All parameters of
// rungs other than the reported circuit are chosen, for rates λ near 0.1, so
// that a pattern's own change is of the order of the margins; inputs and targets
// have coding 0.2. Rules other than the circuit's act on excitation and, with
// the opposite sign, on inhibition.
func Rungs() []Rung {
	reported := rules.Reported()
	// Of one rule, at rate 1 for excitation and −1 for inhibition.
	both := func(name string, told func(s *model.Signals) float64, rule func(rate float64) model.Rule) Rung {
		return Rung{Name: name, Told: told, Circuit: rules.Circuit{
			Excitatory: []model.Rule{rule(1)}, Inhibitory: []model.Rule{rule(-1)},
			Coding: reported.Coding, TargetCoding: reported.TargetCoding,
		}}
	}
	released := func(s *model.Signals) float64 { return bit(s.ACh) }
	missed := func(s *model.Signals) float64 { return bit(s.Target) - s.Output }
	return []Rung{
		{Name: "Hebb, homeostasis", Circuit: rules.Circuit{
			Memory: 500,
			Coding: reported.Coding, TargetCoding: reported.TargetCoding,
			Excitatory: []model.Rule{rules.Homeostatic{Rate: 1, Scaling: 0.05, Goal: reported.TargetCoding}},
		}},
		{Name: "target-only ACh", Circuit: targetOnly(false), Told: released},
		{Name: "target-only ACh, gated", Circuit: targetOnly(true), Told: released},
		both("reward", func(s *model.Signals) float64 { return bit(s.Reward) },
			func(rate float64) model.Rule { return rules.Reward{Rate: rate, Baseline: 0.9, MeanOutput: 0.2} }),
		both("burst", missed,
			func(rate float64) model.Rule { return rules.Burst{Rate: rate, Baseline: 0.5, Gain: 0.5, Silent: 0.2} }),
		both("disinhibitory error", missed,
			func(rate float64) model.Rule { return rules.Disinhibitory{Rate: rate, Margin: 0.1} }),
		both("perceptron", func(s *model.Signals) float64 { return bit(s.Target) },
			func(rate float64) model.Rule { return rules.Perceptron{Rate: rate, Margin: 0.1} }),
		both("delta rule", missed, func(rate float64) model.Rule { return rules.Delta{Rate: rate} }),
	}
}

// targetOnly returns the reported circuit as a rung: without depression of
// silent synapses, which costs it errors at any load, and further from
// threshold than the reported b = 0.05. With inhibition plastic on every trial
// b = 0.3 is in the middle of the window; if it is plastic only when the neuron
// fires b = 0.4, A_A = 1 and no noradrenaline leave silent patterns alone.
func targetOnly(gated bool) rules.Circuit {
	c := rules.Reported()
	c.Acetylcholine.Depression, c.Balance.Offset = 0, 0.3
	if gated {
		c = c.Without("NE")
		c.ACh.Disinhibition, c.Balance.Offset, c.Balance.WhenFiring = 1, 0.4, true
	}
	return c
}

func bit(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
