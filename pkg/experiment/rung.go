package experiment

import (
	"math"

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
	if !(output >= 0 && output <= 1) {
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
			row := index(&told, r.Told(&s))
			if row == len(joint) {
				joint = append(joint, make([]float64, 2))
			}
			joint[row][target] += p * q
		}
	}
	return MutualInformation(joint)
}

// index returns where x is in the list, appending it if it is not.
func index(list *[]float64, x float64) int {
	for k, y := range *list {
		if x == y {
			return k
		}
	}
	*list = append(*list, x)
	return len(*list) - 1
}
