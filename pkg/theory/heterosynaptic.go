package theory

import (
	"credo/internal/domain"
	"errors"
	"fmt"
	"math"
)

// Heterosynaptic is what the depression of silent synapses does to the
// stationary potentials at a load, for many patterns: it shifts the mean of
// each class, and it spreads the patterns about it because they share synapses
// to different degrees. The spread is quenched: it stays as the rate goes to 0.
type Heterosynaptic struct {
	V1, V0           float64 // means of Y = 1 and Y = 0 patterns
	Spread1, Spread0 float64 // standard deviations
}

// Heterosynaptic returns the shift and the spread of the stationary potentials
// at load α = P/N < 1,
//
//	F(1, V_1) = −κ(1 − f_Y/f) A_1,  F(0, V_0) = κ(f_Y/f) A_1,
//	sd(V_Y) = κ(f_Y/f) (A_1/k_Y) √(α/(1−α)),  κ = β f/(1−f),
//
// with A_1 = ρ_A a_A (1 − y_A) and k_Y = −∂F/∂V at the root, k_1 = a_I. For
// f_Y = f all of the shift falls on the silent class,
// and the spread diverges at α = 1: with β > 0 the error at vanishing rate is
// not 0 for loads from about 0.3.
//
// If inhibition is plastic only when firing, Y = 0 patterns are silent. The
// spread of Y = 1 patterns then diverges at f_Y α = α_1 = 1 only,
//
//	V_1 of the Condition,  sd(V_1)² = [(Loss + κA_1)² α_1 + F_0² (1−f_Y) α] / (a_I² (1−α_1)),
//
// with F_0 the force on sinking Y = 0 patterns, and Spread0 is NaN.
//
// Regime: many patterns (with P of them the pull is 1 − τ times as large, with
// 1/τ = 1 + P f/((1−f)(1−α)), or f_Y P for P and α_1 for α if gated), no pattern
// carried across threshold by the spread, no weight at its bound.
// [Theory.Stationary] is exact for given patterns. It returns an error if the
// circuit has no right stationary potentials with a restoring force, or if the
// load is outside its range. Derived here.
func (t *Theory) Heterosynaptic(load float64) (Heterosynaptic, error) {
	c := t.circuit
	d, err := t.Condition()
	if err != nil {
		return Heterosynaptic{}, err
	}
	if !(d.V1 > 0 && d.V0 <= 0) {
		return Heterosynaptic{}, fmt.Errorf("theory: no stationary potentials on the right side of threshold: V_1 = %v, V_0 = %v", d.V1, d.V0)
	}
	most, ratio := 1., c.TargetCoding/c.Coding
	if d.Gated {
		most = 1 / c.TargetCoding
	}
	if err := domain.Between(0, most).Check("theory: load P/N", load); err != nil {
		return Heterosynaptic{}, err
	}
	f := t.force()
	f.learner.MeanOutput = d.MeanOutput
	pull := -f.silent(true, d.V1) // κ A_1
	if d.Gated {
		load1, rest := c.TargetCoding*load, d.rest
		if !math.IsInf(d.V0, -1) {
			rest = 0
		}
		square := ((d.Loss+pull)*(d.Loss+pull)*load1 + rest*rest*(1-c.TargetCoding)*load) / (1 - load1)
		h := Heterosynaptic{V1: d.V1, V0: d.V0, Spread1: math.Sqrt(square) / -f.slope(true, d.V1), Spread0: math.NaN()}
		return h, f.restoring(true, h.V1)
	}
	total := ratio * pull // −Σ_ν H_ν [G⁻¹s]_μ on average
	v1, err := f.level(true, total)
	if err != nil {
		return Heterosynaptic{}, fmt.Errorf("theory: Y = 1: %w", err)
	}
	v0, err := f.level(false, total)
	if err != nil {
		return Heterosynaptic{}, fmt.Errorf("theory: Y = 0: %w", err)
	}
	if err := errors.Join(f.restoring(true, v1), f.restoring(false, v0)); err != nil {
		return Heterosynaptic{}, err
	}
	spread := ratio * pull * math.Sqrt(load/(1-load))
	return Heterosynaptic{
		V1: v1, V0: v0,
		Spread1: spread / -f.slope(true, v1), Spread0: spread / -f.slope(false, v0),
	}, nil
}

// restoring returns an error if the force does not decrease with V at v.
func (f force) restoring(target bool, v float64) error {
	if k := -f.slope(target, v); !(k > 0) {
		return fmt.Errorf("theory: no restoring force at V = %.4g: −∂F/∂V = %.4g", v, k)
	}
	return nil
}
