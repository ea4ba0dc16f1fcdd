package capacity

import (
	"cmp"
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/internal/gauss"
	"credo/internal/root"
)

// SolveAtThreshold returns the neuron at capacity if the margin is measured against its fixed positive threshold θ: stored
// patterns satisfy (2Y-1)V ≥ κ_θ, and reliability is ρ = √N κ_θ/θ ≥ 0, which has no unit. In standard deviations of the
// input current the margin is κ = ρ m, so a small mean current m helps and costs dimension D(m):
//
//	α_c(ρ) = max over γ of D(γ) A(f_Y, ρ m(γ)),  -2γ/√D = ρ F_κ/F,  F_κ = 2[f_Y M₁(κ-b) + (1-f_Y) M₁(κ+b)],
//
// with γ between γ₀ (m = 0) and 0. More than half of the excitatory synapses and fewer than half of the inhibitory ones are
// silent. From the reliability of transition on, the balanced branch m = 0 is best: weights grow until the threshold, and with
// it the margin, is negligible beside them, and the load no longer depends on ρ. Without inhibition there is no such branch
// and α_c falls to 0 as ρ grows. If n_E r_E ≤ n_I r_I the branch is balanced for every ρ.
//
// It fails if an argument is outside its domain, ρ in [0, 1e100], or if p.Threshold is not PositiveThreshold.
//
// Source: for excitation alone, Brunel, Hakim, Isope, Nadal & Barbour (2004), Neuron 43:745, in another notation; for both,
// compare Chapeton, Fares, LaSota & Stepanyants (2012), PNAS 109:E3614. This form derived here.
func (p Composition) SolveAtThreshold(targetCoding, reliability float64) (Solution, error) {
	err := domain.Check("capacity: ", domain.Field{Name: "reliability", Value: reliability, In: domain.Interval{High: 1e100}})
	if err != nil {
		return Solution{}, err
	}
	transition, low, err := p.transition(targetCoding)
	if err != nil {
		return Solution{}, err
	}
	gain := func(gamma float64) float64 { // d ln α/dm
		s := p.at(gamma)
		slope, err := Capacity{targetCoding, reliability * max(s.Mean, 0)}.logSlope()
		if err != nil {
			return math.NaN()
		}
		return -2*gamma/math.Sqrt(s.Dimension) - reliability*slope
	}
	if math.IsInf(low, -1) { // no inhibition
		rE, _ := p.ratios()
		for low = -1 / rE; gain(low) < 0; {
			low *= 1.2
		}
	}
	if reliability >= transition || gain(low) <= 0 {
		p.Threshold = NoThreshold
		return p.Solve(Capacity{TargetCoding: targetCoding})
	}
	gamma, err := root.Find(gain, low, 0)
	if err != nil {
		return Solution{}, fmt.Errorf("capacity: reliability = %v: %w", reliability, err)
	}
	s := p.at(gamma)
	s.Mean = max(s.Mean, 0) // rounding, close to the transition
	s.Margin = reliability * s.Mean
	b, f, err := Capacity{targetCoding, s.Margin}.optimum()
	s.Load, s.Offset = s.Dimension/f, b
	return s, err
}

// transition returns the reliability ρ = √N κ_θ/θ beyond which SolveAtThreshold finds the balanced branch best,
//
//	ρ_c = -(2γ₀/√D₀) F(f_Y, 0)/F_κ(f_Y, 0),
//
// and γ₀. Both are 0 if n_E r_E ≤ n_I r_I and infinite without inhibition. It fails as SolveAtThreshold. Source: derived here.
func (p Composition) transition(targetCoding float64) (reliability, gamma float64, err error) {
	if err := p.checkPositive(); err != nil {
		return 0, 0, err
	}
	slope, err := Capacity{TargetCoding: targetCoding}.logSlope()
	if err != nil {
		return 0, 0, err
	}
	if excitation, inhibition := p.currents(); excitation <= inhibition {
		return 0, 0, nil
	}
	gamma, err = p.balance()
	if err != nil || math.IsInf(gamma, -1) {
		return -gamma, gamma, err
	}
	return -2 * gamma / math.Sqrt(p.at(gamma).Dimension) / slope, gamma, nil
}

// logSlope returns d ln F/dκ = F_κ/F at the optimal offset.
func (c Capacity) logSlope() (float64, error) {
	b, f, err := c.optimum()
	_, _, slope := c.at(b)
	return slope / f, err
}

func (p Composition) checkPositive() error {
	if err := p.check(); err != nil || p.Threshold == PositiveThreshold {
		return err
	}
	return fmt.Errorf("capacity: Threshold = %v; a scale set by the threshold needs PositiveThreshold", p.Threshold)
}

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

// SolveFinite returns the neuron at capacity with the correction of order 1/√N for N = inputs, which arises where the
// threshold pins the mean current and the target coding is not 1/2. Then the mean current may supply the offset b of the
// potential, so that m = b/√N instead of m = 0, and
//
//	α_N = max over b of D(b/√N)/F(b),  F(b) = f_Y M₂(κ-b) + (1-f_Y) M₂(κ+b),
//
// with -2γ/(√N √D) = F_b/F, F_b = dF/db. PositiveThreshold pins from below, m ≥ b/√N. Where m is not pinned there is no
// correction at this order and the answer is D = 1/2. Neglected: terms of order 1/N, and the skewness of binary inputs,
// which is of order 1/√N too and absent at coding 1/2. It fails as Solve, or if inputs is not positive. Source: derived here.
func (p Composition) SolveFinite(c Capacity, inputs int) (Solution, error) {
	s, err := p.Solve(c)
	if err != nil {
		return s, err
	}
	if err := domain.Check("capacity: ", domain.Field{Name: "inputs", Value: float64(inputs), In: domain.AtLeast(1)}); err != nil {
		return Solution{}, err
	}
	if p.Threshold == FreeThreshold || s.Offset == 0 || s.Dimension == 0 {
		return s, nil
	}
	b, f, _ := c.optimum()
	gamma, width := 0.0, math.Sqrt(float64(inputs))
	if natural := p.at(0).Mean * width; p.Threshold == NoThreshold || natural < b {
		loss := func(gamma float64) float64 { // -d ln α/db
			s := p.at(gamma)
			f, slope, _ := c.at(s.Mean * width)
			return 2*gamma/(width*math.Sqrt(s.Dimension)) + slope/f
		}
		if gamma, err = root.Find(loss, 0, outward(loss, math.Copysign(1, b-natural))); err != nil {
			return Solution{}, err
		}
		b = p.at(gamma).Mean * width
		f, _, _ = c.at(b)
	}
	s = p.at(gamma)
	s.Load, s.Margin, s.Offset = s.Dimension/f, c.Margin, b
	return s, nil
}

// at returns F at offset b and its derivatives F_b and F_κ.
func (c Capacity) at(b float64) (f, byOffset, byMargin float64) {
	_, a1, a2 := gauss.Moments(c.Margin - b)
	_, b1, b2 := gauss.Moments(c.Margin + b)
	y := c.TargetCoding
	return y*a2 + (1-y)*b2, 2 * ((1-y)*b1 - y*a1), 2 * (y*a1 + (1-y)*b1)
}
