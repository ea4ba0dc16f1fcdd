package separable

import (
	"math"
	"math/big"
	"slices"

	"credo/pkg/model"
)

// Store decides whether a neuron with non-negative weights can store the
// associations within the constraints, and proves its answer: either weights
// that do,
//
//	w ≥ 0 with y^μ V^μ ≥ κ for all μ,
//
// or non-negative multipliers of the patterns that rule out all weights
// (Farkas' lemma),
//
//	λ ≥ 0, λ ≠ 0 with Σ_μ λ_μ y^μ (x_E^μ, −x_I^μ) ≤ 0 and Σ_μ λ_μ (κ + y^μ θ) ≥ 0,
//
// here without a bound; [Certificate.Verify] says it in full. Both are checked
// in exact arithmetic from the original data before they are returned, so that
// a decided answer is never wrong. The answer is [Undecided] if neither could
// be proved: where feasibility is a matter of equality, as with a margin that
// can just be reached, and in rare degenerate cases; [Certificate.Reason] says
// why.
//
// The method is a homogeneous self-dual interior point. A step takes one
// Cholesky factorisation of a matrix of min(P, N_E + N_I) rows, or of
// N_E + N_I with a bound and more than half as many patterns; random
// associations take one to eight steps, also near the critical load, and none
// more than 60. Multipliers that have to cancel exactly, for co-tuned channels or
// a free threshold, are solved for in integers of about N log₂ N bits, which
// takes about as long again; with more than 600 columns to cancel, integers
// below 2⁵³ are proved to be near exact ones. Where all that fails the exact
// simplex method has about a second, which is enough for a hundred patterns. Store
// uses no random numbers; its answer is a function of its arguments alone.
//
// It returns an error if a constraint is outside its domain.
//
// Source: Xu, Hung & Ye, Annals of Operations Research 62, 151 (1996), for the
// interior point; the proposals from corrected predictors, the repair and the
// exact checks are derived here.
func Store(a *model.Associations, c Constraints) (Certificate, error) {
	if err := c.Check(); err != nil {
		return Certificate{}, err
	}
	if lambda := contradiction(a, c); lambda != nil {
		if proof := proveInfeasible(lambda, a, c); proof.Answer == Infeasible {
			return proof, nil
		}
	}
	if small := math.Abs(c.Threshold); small > 0 && small < 0x1p-1000 {
		// Weights of this size have few binary digits, or none. But those of any
		// size that tell the targets apart at threshold 0 often serve.
		if zero, _ := Store(a, Constraints{Margin: c.Margin, MaxWeight: c.MaxWeight}); zero.Answer == Feasible {
			zero.Neuron.Threshold = c.Threshold
			if proof := proveFeasible(zero.Neuron, a, c); proof.Answer == Feasible {
				proof.Iterations = zero.Iterations
				return proof, nil
			}
		}
	}
	p := newProgram(a, c)
	switch {
	case len(p.patterns) == 0:
		return proveFeasible(p.neuron(make([]float64, p.Columns+len(p.Dense)), 40, a, c), a, c), nil
	case len(p.Variables) == 0: // rows of zeros
		lambda := p.rounded(slices.Repeat([]float64{1}, len(p.patterns)))
		return proveInfeasible(p.multipliers(lambda, a), a, c), nil
	}
	return search(&p.System, p.proofs(a, c)), nil
}

// proofs are what [search] is to try. Weights on the boundary come last, as
// where V > 0 is asked for they do not help, and elsewhere they are seldom
// floating-point numbers.
func (p *program) proofs(a *model.Associations, c Constraints) proofs {
	exact := func(rows []*big.Int) Certificate {
		if rows == nil {
			return Certificate{}
		}
		return proveInfeasible(p.multipliers(rows, a), a, c)
	}
	return proofs{
		weights:          func(x []float64) Certificate { return proveFeasible(p.neuron(x, 40, a, c), a, c) },
		unrounded:        func(x []float64) Certificate { return proveFeasible(p.neuron(x, 1000, a, c), a, c) },
		multipliers:      func(lambda []float64) Certificate { return exact(p.rounded(lambda)) },
		exactMultipliers: exact,
		nearMultipliers: func(lambda []float64) Certificate {
			return proveNearly(p.multipliers(rounded(lambda, 52), a), a, c)
		},
		strict: []func(row int) bool{
			func(row int) bool { return row < len(p.Rows) },
			func(row int) bool {
				return row < len(p.Rows) && (c.Margin == 0 && p.Signs[row] > 0 || c.Margin > 0 && p.scale == 0)
			},
		},
	}
}

// contradiction returns multipliers for what can be read off the patterns: a
// pattern that lacks the only kind of input that could bring it over (target 1)
// or under (target 0) the threshold, or two equal patterns of different
// targets. It returns nil if there is neither.
func contradiction(a *model.Associations, c Constraints) []*big.Int {
	single := func(patterns ...int) []*big.Int {
		lambda := make([]*big.Int, a.Len())
		for mu := range lambda {
			lambda[mu] = new(big.Int)
		}
		for _, mu := range patterns {
			lambda[mu].SetInt64(1)
		}
		return lambda
	}
	seen := make(map[string]int, a.Len())
	var key []byte
	for mu := range a.Len() {
		target := a.Target(mu)
		if !c.FreeThreshold {
			least := c.required(target)
			if target && len(a.Excitatory(mu)) == 0 && least >= 0 || !target && len(a.Inhibitory(mu)) == 0 && least > 0 {
				return single(mu)
			}
		}
		key = appendKey(appendKey(key[:0], a.Excitatory(mu)), a.Inhibitory(mu))
		if nu, ok := seen[string(key)]; !ok {
			seen[string(key)] = mu
		} else if a.Target(nu) != target {
			return single(nu, mu)
		}
	}
	return nil
}

// proveFeasible returns the feasible certificate of the neuron, or the
// undecided one if it does not hold.
func proveFeasible(n *model.Neuron, a *model.Associations, c Constraints) Certificate {
	worst, err := verifyWeights(n, a, c)
	if err != nil {
		return Certificate{}
	}
	margin := max(margin(n, worst), c.Margin) // the latter is now proved
	return Certificate{Answer: Feasible, Neuron: n, Margin: margin, Gap: weightsGap(n, margin-c.Margin)}
}

// proveInfeasible returns the infeasible certificate of the multipliers, or
// the undecided one if it does not hold.
func proveInfeasible(lambda []*big.Int, a *model.Associations, c Constraints) Certificate {
	proof := Certificate{Answer: Infeasible, Multipliers: lambda}
	if proof.Verify(a, c) != nil {
		return Certificate{}
	}
	proof.Gap = multipliersGap(lambda, a, c)
	return proof
}

// proveNearly returns the infeasible certificate of multipliers that are near
// exact ones, or the undecided one if it does not hold.
func proveNearly(lambda []*big.Int, a *model.Associations, c Constraints) Certificate {
	proof := Certificate{Answer: Infeasible, Multipliers: lambda, Distance: 0x1p-20}
	if proof.Verify(a, c) != nil {
		return Certificate{}
	}
	return proof
}
