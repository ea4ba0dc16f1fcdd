package separable

import (
	"credo/pkg/model"
	"math/big"
)

// Answer is what a [Certificate] proves.
type Answer int

const (
	Undecided  Answer = iota // nothing
	Feasible                 // the associations can be stored: here are weights
	Infeasible               // they cannot: here are multipliers
)

// String returns the answer's name.
func (a Answer) String() string {
	switch a {
	case Feasible:
		return "feasible"
	case Infeasible:
		return "infeasible"
	}
	return "undecided"
}

// Certificate is an answer of [Store] with what proves it. Its zero value is
// the undecided one.
type Certificate struct {
	Answer Answer

	// Neuron stores the associations within the constraints; nil unless
	// feasible.
	Neuron *model.Neuron
	// Margin is a lower bound of min_μ y^μ V^μ of Neuron, in units of V,
	// rounded down; +Inf if there is no pattern, 0 unless feasible.
	Margin float64

	// Multipliers are λ_μ ≥ 0, one a pattern, that rule out all weights; nil
	// unless infeasible. See [Certificate.Verify] for what they satisfy. They
	// have no common factor, and may have hundreds of digits.
	Multipliers []*big.Int

	// Gap says how far the answer is from the boundary of what can be stored:
	// each input of each pattern may change by less than Gap, all at once and
	// either way, and the proof still holds, in exact arithmetic; in units of an
	// input, to rounding. It is a lower bound, and 0 where the proof needs an
	// equality of them: for multipliers with a co-tuned channel, and in degenerate
	// cases.
	Gap float64

	// Iterations is the number of steps of the interior-point method; 0 if the
	// answer could be read off the patterns.
	Iterations int
}
