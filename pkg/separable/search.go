package separable

import (
	"fmt"
	"math"
	"math/big"

	"credo/pkg/separable/internal/selfdual"
)

// maxSteps bounds the work; only degenerate problems come near.
const maxSteps = 60

// exactWork bounds the exact simplex method after it, to about a second; it is
// enough for a hundred rows of small integers.
const exactWork = 1 << 30

// many is the number of columns beyond which exact multipliers, of their
// number times its logarithm binary digits, cost more than the search for them.
const many = 600

// proofs are the ways from what the interior point proposes to a certificate;
// each returns the undecided one if what it is given proves nothing.
type proofs struct {
	weights     func(x []float64) Certificate // of a solution, rounded
	unrounded   func(x []float64) Certificate
	multipliers func(lambda []float64) Certificate // of the rows
	// Of what keeps to 0 exactly; exactWeights is nil if that is no help.
	exactWeights     func(x []*big.Int) Certificate
	exactMultipliers func(lambda []*big.Int) Certificate
	// Of multipliers by row that cancel to rounding; nil if that is no help.
	nearMultipliers func(lambda []float64) Certificate

	strict []func(row int) bool // rows that ask for >, in the ways to try
}

// search iterates until one of the proofs succeeds. Where a certificate needs
// equalities it repairs the weights and the multipliers, once they are nearly
// one or it is clear which of them are 0. After a step with solutions that failed
// as rounded ones, those of later steps are taken without rounding.
func search(sys *selfdual.System, by proofs) (proof Certificate) {
	method := selfdual.New(sys)
	steps, failed := 0, -1 // the step at which rounding failed first
	accept := func(candidate selfdual.Candidate) bool {
		switch {
		case candidate.Solution == nil:
			proof = by.multipliers(candidate.Multipliers)
		case failed < 0 || failed == steps:
			failed, proof = steps, by.weights(candidate.Solution)
		default:
			proof = by.unrounded(candidate.Solution)
		}
		return proof.Answer != Undecided
	}
	near := by.nearMultipliers != nil && method.Tight() > many
	repair := func(last bool) (proof Certificate) {
		if by.exactWeights != nil {
			if proof = by.exactWeights(method.RepairSolution()); proof.Answer != Undecided {
				return proof
			}
		}
		if near {
			if lambda := method.Cancelled(); lambda != nil {
				proof = by.nearMultipliers(lambda)
			}
			if proof.Answer != Undecided || !last {
				return proof
			}
		}
		return by.exactMultipliers(method.Repair())
	}
	violation, ambiguity := 1e-4, 1e-3 // at which to repair next
	for moves := true; moves && steps < maxSteps && proof.Answer == Undecided; steps++ {
		moves = method.Step(accept)
		v, m := method.Violation(), method.Ambiguity()
		if by.exactWeights != nil {
			v = math.Min(v, method.Shortfall())
		}
		if proof.Answer == Undecided && (v < violation || m < ambiguity || near && v < 1e-3) {
			violation, ambiguity = math.Min(violation, v/100), math.Min(ambiguity, m/1000)
			proof = repair(!moves)
		}
	}
	exists := false
	for _, strict := range by.strict {
		if proof.Answer != Undecided {
			break
		}
		solution, multipliers := sys.Simplex(strict, exactWork)
		switch {
		case multipliers != nil:
			proof = by.exactMultipliers(multipliers)
		case solution != nil && by.exactWeights != nil:
			proof = by.exactWeights(solution)
		case solution != nil:
			proof, exists = by.unrounded(floating(solution)), true
		}
	}
	switch proof.Iterations = steps; {
	case proof.Answer != Undecided:
	case exists:
		proof.Reason = "Weights exist, but only with conditions that hold with equality; those found are no floating-point numbers."
	default:
		proof.Reason = fmt.Sprintf("No weights and no multipliers hold exactly after %d steps; which conditions are tight is known by a ratio of %.2g only.", steps, method.Ambiguity())
	}
	return proof
}

// floating returns the integers over the largest of them.
func floating(x []*big.Int) []float64 {
	largest, result := big.NewInt(1), make([]float64, len(x))
	for _, v := range x {
		if v.CmpAbs(largest) > 0 {
			largest = v
		}
	}
	for i, v := range x {
		result[i], _ = new(big.Rat).SetFrac(v, new(big.Int).Abs(largest)).Float64()
	}
	return result
}
