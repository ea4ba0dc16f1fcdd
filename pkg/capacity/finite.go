package capacity

import (
	"math"

	"credo/internal/domain"
	"credo/internal/gauss"
	"credo/internal/root"
)

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
