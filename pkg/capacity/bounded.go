package capacity

import (
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
	if err != nil {
		return Solution{}, err
	}
	if err := p.checkPositive(); err != nil {
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
		mean := func(gamma float64) float64 { _, s1, _ := p.cutSums(gamma, v); return s1 - v/bound }
		low, high := -1.0, 1.0
		for mean(low) > 0 {
			low *= 2
		}
		for mean(high) < 0 {
			high *= 2
		}
		return root.Find(mean, low, high)
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
	high := 1.0
	for pull(high) < 0 {
		high *= 2
	}
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
	s0, s1, s2 := p.cutSums(gamma, v)
	scale := math.Sqrt(s2)
	s := Solution{Load: s0 * s0 / s2 / f, Dimension: s0 * s0 / s2, Margin: c.Margin, Offset: offset, Mean: s1 / scale}
	s.Excitatory = WeightDistribution{rE * gamma, scale, v}
	s.Inhibitory = WeightDistribution{-rE * gamma, scale, v}
	return s.withoutAbsent(p), nil
}

// cutSums returns S₀, S₁ and S₂ of weights [z+τ_k]₊ cut at v.
func (p Composition) cutSums(gamma, v float64) (s0, s1, s2 float64) {
	r, _ := p.ratios()
	for _, k := range [2]struct{ share, ratio float64 }{{p.ExcitatoryFraction, r}, {1 - p.ExcitatoryFraction, -r}} {
		m0, m1, m2 := gauss.CutMoments(k.ratio*gamma, v)
		s0 += k.share * m0
		s1 += k.share * k.ratio * m1
		s2 += k.share * m2
	}
	return s0, s1, s2
}
