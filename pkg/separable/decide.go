package separable

import (
	"math"
	"math/big"
)

// Decide decides whether the problem has a solution, and proves its answer:
// either weights, and a threshold, that are within every interval exactly, or
// multipliers that rule out all weights (Farkas' lemma), for which see
// [Problem.Verify]. Both are checked in exact arithmetic before they are
// returned, so that a decided answer is never wrong. [Certificate.Reason] says
// why it is undecided, if it is.
//
// The method is that of [Store]. Where conditions hold with equality in every
// solution, as equalities do, those that do are read off the interior point, and
// the weights near it that fulfil them exactly are rational numbers of perhaps
// hundreds of digits. A step takes one Cholesky factorisation of a matrix of
// as many rows as there are weights.
//
// It returns an error if the problem is outside its domain. Its answer is a
// function of the problem alone.
func Decide(p Problem) (Certificate, error) {
	if err := p.Check(); err != nil {
		return Certificate{}, err
	}
	var proof Certificate
	for _, times := range [...]float64{1 << 10, math.MaxFloat64} {
		r := relax(p, times)
		if proof = p.decided(r); proof.Answer != Undecided || !r.left {
			break
		}
	}
	if proof.Answer == Undecided && proof.Reason == "" {
		proof.Reason = "What is asked is beyond the range of floating-point numbers."
	}
	return proof, nil
}

// decided returns the certificate that the relaxation leads to.
func (p Problem) decided(r *relaxation) Certificate {
	if len(r.ends) == 0 { // nothing is asked but bounds
		u := make([]float64, len(r.column))
		u[r.t()] = 1
		return p.proved(r.weights(u))
	}
	return search(&r.System, proofs{
		weights:          func(x []float64) Certificate { return p.proved(r.weights(x)) },
		multipliers:      func(lambda []float64) Certificate { return p.proved(r.multipliers(rounded(lambda, 40))) },
		unrounded:        func(x []float64) Certificate { return p.proved(r.exactWeights(wholes(x))) },
		exactWeights:     func(x []*big.Int) Certificate { return p.proved(r.exactWeights(x)) },
		exactMultipliers: func(lambda []*big.Int) Certificate { return p.proved(r.multipliers(lambda)) },
		strict:           []func(row int) bool{func(row int) bool { return row < len(r.ends) && r.problem.strict(r.ends[row].row) }},
	})
}

// proved returns the certificate, or the undecided one if it does not hold.
func (p Problem) proved(c Certificate) Certificate {
	if p.Verify(c) != nil {
		return Certificate{}
	}
	return c
}
