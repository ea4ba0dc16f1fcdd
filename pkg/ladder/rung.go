package ladder

import (
	"math"

	"credo/pkg/model"
	"credo/pkg/rules"
)

// Rung is a rule with its teacher: a step of the ladder of supervision.
type Rung struct {
	Name    string
	Circuit rules.Circuit
	Memory  float64 // of the running mean of y, in trials, for rules that read it

	// Told is what the teacher says on a trial, in any code: a number for each
	// thing it can say. nil: there is no teacher.
	Told func(s *model.Signals) float64
}

// Learner returns a learner with a new neuron of so many channels, whose
// weights are all equal, at the rate λ.
func (r Rung) Learner(channels int, weight, rate float64) *model.Learner {
	l := r.Circuit.Learner(model.NewNeuron(channels, weight), rate)
	l.Memory = r.Memory
	return l
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
	return model.MutualInformation(joint)
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
