package capacity

import (
	"cmp"
	"fmt"
	"math"

	"credo/internal/gauss"
	"credo/internal/root"
)

// SolveBounded returns the neuron at capacity if no weight may exceed w_max and the threshold θ is fixed and positive, for a
// margin κ relative to the standard deviation of the input current. The bound enters as
//
//	c = √N σ w_max/θ,  σ = √(f(1-f)),
//
// without unit, where the current is divided by √N (multiply by another √N if it is not): c is of order 1 if all weights
// together at the bound barely reach the threshold, and c = ∞ is no bound. A normalised weight is [z+τ_k]₊ cut at V,
// and two equations fix V and the multiplier γ of τ_k = s_k r γ:
//
//	V = c S₁(γ, V),  γ = c Σ n_k M₁(τ_k - V),
//
// with S_j as for Composition but for the cut weights; D = S₀²/S₂ and α_c = D A(f_Y, κ) as there. It fails if an argument is
// outside its domain, if p.Threshold is not PositiveThreshold, if the two coding levels differ, or if c ≤ 1/(n_E r), where
// even all excitatory weights at the bound leave the mean current at or below the threshold.
//
// Source: derived here by Gordon's inequality; the second equation is stationarity with respect to the scale of the
// weights. The set of allowed weights is a convex cone, so the solution is unique and the result exact for large N.
func (p Composition) SolveBounded(c Capacity, bound float64) (Solution, error) {
	offset, f, err := c.optimum()
	if err = cmp.Or(err, p.checkPositive()); err != nil {
		return Solution{}, err
	}
	rE, rI := p.ratios()
	if rE != rI {
		return Solution{}, fmt.Errorf("capacity: InhibitoryCoding = %v differs from Coding = %v; a bound on the weights needs them equal",
			p.InhibitoryCoding, p.Coding)
	}
	if least := 1 / (p.ExcitatoryFraction * rE); !(bound > least) {
		return Solution{}, fmt.Errorf("capacity: bound = %v outside (%v, ∞]", bound, least)
	}
	if math.IsInf(bound, 1) {
		return p.Solve(c)
	}
	cut := func(v float64) (gamma float64, err error) { // solves V = c S₁ for γ
		mean := func(gamma float64) float64 { _, s1, _ := p.sums(gamma, v); return s1 - v/bound }
		return root.Find(mean, outward(mean, -1), outward(mean, 1))
	}
	pull := func(v float64) float64 {
		gamma, err := cut(v)
		if err != nil {
			return math.NaN()
		}
		_, e1, _ := gauss.Moments(rE*gamma - v)
		_, i1, _ := gauss.Moments(-rE*gamma - v)
		return gamma - bound*(p.ExcitatoryFraction*e1+(1-p.ExcitatoryFraction)*i1)
	}
	high := outward(pull, 1)
	low := high / 2
	for pull(low) > 0 {
		low /= 2
	}
	v, err := root.Find(pull, low, high)
	if err != nil {
		return Solution{}, err
	}
	gamma, err := cut(v)
	if err != nil {
		return Solution{}, err
	}
	s0, s1, s2 := p.sums(gamma, v)
	s := p.solution(gamma, v, s1, s2)
	s.Dimension = s0 * s0 / s2
	s.Load, s.Margin, s.Offset = s.Dimension/f, c.Margin, offset
	return s, nil
}
