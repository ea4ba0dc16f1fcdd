package theory

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/internal/gauss"
	"credo/internal/root"
)

// Gated is the capacity of inhibition that is plastic only when the neuron
// fires. A Y = 1 pattern must then stand at its potential V_1, one equation,
// but a Y = 0 pattern only below threshold, one inequality: V ≤ −κ_0 if a
// margin is asked. For Gaussian fields of mean m and variance q over patterns,
// Gordon's inequality, exact for this convex problem, gives the largest load
// α = P/N with a solution,
//
//	1/α = min_B {f_Y [1 + (B − δ)²] + (1−f_Y) M_2(B)},  M_k(B) = ∫ φ(z) [B+z]₊ᵏ dz,
//
// that is f_Y(B − δ) + (1−f_Y) M_1(B) = 0 and
// 1/α = f_Y + (1−f_Y) Φ(B) + f_Y δ(δ − B), where only the separation of the
// classes in standard deviations of the potential counts, δ = (V_1 + κ_0)/√q.
// Derived here; checked against linear programs of up to 800 channels.
type Gated struct {
	TargetCoding float64 // f_Y, in (0, 1)
}

// Check returns an error if TargetCoding is outside its domain.
func (g Gated) Check() error {
	return domain.Fraction.Check("theory: Gated.TargetCoding", g.TargetCoding)
}

// Capacity returns the load above which no weights answer all patterns right,
// the limit δ → 0: weights may grow without bound. It is 1/(f_Y + (1−f_Y)Φ(B)),
// where active constraints, the equations and the Y = 0 patterns at threshold,
// are as many as channels. Between 72 percent of Gardner's capacity at
// f_Y = 1/2 and 99.8 percent at 0.01, missing f_Y/|ln f_Y| of it for f_Y → 0.
func (g Gated) Capacity() (float64, error) { return g.Load(0) }

// Load returns the largest load at which the separation δ ≥ 0 is possible.
func (g Gated) Load(separation float64) (float64, error) {
	b, err := g.Threshold(separation)
	if err != nil {
		return 0, err
	}
	f := g.TargetCoding
	return 1 / (f + (1-f)*gauss.CDF(b) + f*separation*(separation-b)), nil
}

// Threshold returns the B of the best bias, m/√q + κ_0/√q, at separation δ.
func (g Gated) Threshold(separation float64) (float64, error) {
	if err := g.Check(); err != nil {
		return 0, err
	}
	if err := domain.NonNegative.Check("theory: separation δ", separation); err != nil {
		return 0, err
	}
	f := g.TargetCoding
	// At B = δ the sum is positive; at −40, M_1 underflows.
	b, err := root.Find(func(b float64) float64 {
		_, m1, _ := gauss.Moments(b)
		return f*(b-separation) + (1-f)*m1
	}, -40, separation)
	if err != nil {
		return 0, fmt.Errorf("theory: threshold at separation %v: %w", separation, err)
	}
	return b, nil
}

// Separation returns the largest separation δ possible at a load in
// (0, Capacity); it falls to 0 in proportion to the distance from capacity.
// The weights of least norm have it.
func (g Gated) Separation(load float64) (float64, error) {
	most, err := g.Capacity()
	if err != nil {
		return 0, err
	}
	if !(load > 0 && load < most) {
		return 0, fmt.Errorf("theory: load P/N = %v outside (0, %.6g), the capacity of gated inhibition", load, most)
	}
	excess := func(d float64) float64 {
		a, err := g.Load(d)
		if err != nil {
			return math.NaN()
		}
		return 1/a - 1/load
	}
	high := 1.
	for excess(high) < 0 {
		high *= 2
	}
	d, err := root.Find(excess, 0, high)
	if err != nil {
		return 0, fmt.Errorf("theory: separation at load %v: %w", load, err)
	}
	return d, nil
}

// Active returns the number of active constraints over N at a load below
// capacity, for the weights of least norm: α[f_Y + (1−f_Y)Φ(B)].
func (g Gated) Active(load float64) (float64, error) {
	d, err := g.Separation(load)
	if err != nil {
		return 0, err
	}
	b, err := g.Threshold(d)
	if err != nil {
		return 0, err
	}
	f := g.TargetCoding
	return load * (f + (1-f)*gauss.CDF(b)), nil
}

// Width returns the s with which the largest load of single tasks of N channels scatters about Capacity, by a standard
// deviation s/√N: the probability that a task of load α can be stored is Φ((Capacity − α)√N/s) for many channels.
//
// The space of potentials that weights reach, of N dimensions in the P of the patterns, meets the cone of those that are
// right if the cone's dimension is large enough, a random number of variance Var‖π‖² − 2E‖π‖² with π the projection of a
// Gaussian vector on its polar cone (McCoy & Tropp 2014, doi 10.1007/s00454-014-9595-4; normal for many channels by
// Goldstein, Nourdin & Peccati 2017, doi 10.1214/16-AAP1188). Of the terms of Capacity at its B this is, for a number f_Y P of
// targets 1 that is fixed,
//
//	s² = α³ {f_Y (2 + 4B²) + (1−f_Y)(M_4 − M_2²) − 2[f_Y (1 + B²) + (1−f_Y) M_2]},
//
// and with targets drawn one by one f_Y(1−f_Y)(1 + B² − M_2)² is added in the braces. Equations alone have s = 0: of a linear
// rule P = N is sharp. Derived here; checked against proofs for single tasks.
func (g Gated) Width() (float64, error) {
	b, err := g.Threshold(0)
	if err != nil {
		return 0, err
	}
	f := g.TargetCoding
	m0, m1, m2 := gauss.Moments(b)
	m4 := b*(b*m2+2*m1) + 3*m2
	mean := f*(1+b*b) + (1-f)*m2
	load := 1 / (f + (1-f)*m0)
	return math.Sqrt(load * load * load * (f*(2+4*b*b) + (1-f)*(m4-m2*m2) - 2*mean)), nil
}

// FalseAlarmBudget returns a bound on the false alarms that a gated circuit
// makes before it makes none, as the integral of their probability at
// presentation over T = λ·epochs,
//
//	C ≤ 2V_1 / (f(1−f) a_I (b+θ) α (1−f_Y) δ(α)²),
//
// for acetylcholine alone with large disinhibition, weights starting equal,
// and λ → 0. It follows as in the perceptron theorem, from the decrease of the
// distance to any solution; 30 to 70 percent of it were used in simulations.
// It is finite at every load below capacity and grows as the inverse square of
// the distance from it. Derived here.
func (t *Theory) FalseAlarmBudget(load float64) (float64, error) {
	c := t.circuit
	d, err := t.Condition()
	if err != nil {
		return 0, err
	}
	if !c.Balance.WhenFiring {
		return 0, fmt.Errorf("theory: Balance.WhenFiring is false: the bound is that of gated inhibition")
	}
	if !(d.V1 > 0 && d.Offset > 0) {
		return 0, fmt.Errorf("theory: V_1 = %v and b + θ = %v must both be positive", d.V1, d.Offset)
	}
	delta, err := Gated{c.TargetCoding}.Separation(load)
	if err != nil {
		return 0, err
	}
	return 2 * d.V1 / (c.Coding * (1 - c.Coding) * c.Balance.Rate * d.Offset * load * (1 - c.TargetCoding) * delta * delta), nil
}
