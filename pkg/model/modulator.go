package model

import (
	"credo/internal/domain"
	"credo/internal/gauss"

	"gonum.org/v1/gonum/integrate/quad"
)

// Modulator is a neuromodulator that is released on some trials. It
// disinhibits: where released, the potential gains
//
//	M = A max(0, 1 + ξ),  ξ ~ N(0, 1),
//
// a rectified Gaussian drawn anew on every trial, of mean
// (Φ(1) + φ(1)) A = 1.083 A and standard deviation 0.867 A; it is 0 with
// probability Φ(−1) = 0.159.
//
// Release may be imperfect in three further ways, all absent by default; absent
// they cost neither time nor random words in training.
type Modulator struct {
	Probability   float64 // ρ, P(released | Y = 1), in [0, 1]
	Error         float64 // ε, P(released | Y = 0), in [0, 1]; equal to ρ if release ignores the target
	Disinhibition float64 // A ≥ 0, in units of the currents

	// Late is q in [0, 1], the probability that release on a trial is decided
	// by the target of an earlier trial, Delay ≥ 0 trials ago, 0 meaning 1.
	Late  float64
	Delay int
	// Coupling is κ in [−1, 1], how release goes with the answer that the
	// neuron gives by itself: where V ≤ 0 a share κ > 0 of the releases is
	// missing, where V > 0 a share −κ if κ < 0.
	Coupling float64
	// Variation is σ in [0, 1], the standard deviation of the amplitude of a
	// release over its mean, as rules see it in Signals.AChExcess or NEExcess.
	Variation float64
}

// fields are those of the modulator of the given name, with their domains.
func (m Modulator) fields(name string) []domain.Field {
	return []domain.Field{
		{Name: name + ".Probability", Value: m.Probability, In: domain.Probability},
		{Name: name + ".Error", Value: m.Error, In: domain.Probability},
		{Name: name + ".Disinhibition", Value: m.Disinhibition, In: domain.NonNegative},
		{Name: name + ".Late", Value: m.Late, In: domain.Probability},
		{Name: name + ".Delay", Value: float64(m.Delay), In: domain.NonNegative},
		{Name: name + ".Coupling", Value: m.Coupling, In: domain.Signed},
		{Name: name + ".Variation", Value: m.Variation, In: domain.Probability},
	}
}

// release is the probability of release given the target. It and gain take a
// pointer because the loop calls them, and a copy would be made of a struct of
// more than four fields.
func (m *Modulator) release(target bool) float64 {
	if target {
		return m.Probability
	}
	return m.Error
}

// gain is the disinhibition M of a release whose Gaussian variable is xi,
// rounded before anything is added to it.
func gain(disinhibition, xi float64) float64 { return float64(disinhibition * max(0, 1+xi)) }

// Spike returns the probability that a neuron of potential v fires when the
// modulator is released,
//
//	p(V) = P(V + M > 0) = 1 for V > 0 and Φ(1 + V/A) for V ≤ 0,
//
// which jumps by 1 − Φ(1) = 0.159 at V = 0 because M is 0 that often. With
// A = 0 it is the step 1[V > 0]. Derived here.
func (m Modulator) Spike(v float64) float64 {
	switch {
	case v > 0:
		return 1
	case m.Disinhibition == 0:
		return 0
	}
	return gauss.CDF(1 + v/m.Disinhibition)
}

// SpikeWith returns the probability that a neuron of potential v fires when
// both modulators are released, P(V + M + M' > 0): 1 for V > 0, and for
// u = −V ≥ 0
//
//	Φ(1 − u/A) + Φ(−1) Φ(1 − u/A') + ∫₀ᵘ φ(m/A − 1) Φ(1 − (u − m)/A') dm/A,
//
// the three terms being M alone sufficient, M = 0 and M' sufficient, and
// neither. It is symmetric in the two and accurate to 1e-14. Derived here.
func (m Modulator) SpikeWith(other Modulator, v float64) float64 {
	// With the smaller amplitude outside, the inner function varies no
	// faster than the Gaussian, and a fixed quadrature suffices.
	a, b := min(m.Disinhibition, other.Disinhibition), max(m.Disinhibition, other.Disinhibition)
	if v > 0 || a == 0 {
		return Modulator{Disinhibition: b}.Spike(v)
	}
	u := -v
	const nodes, tail = 64, 9 // φ(9) = 1e-18
	neither := func(t float64) float64 { return gauss.PDF(t) * gauss.CDF(1-(u-a*(1+t))/b) }
	return gauss.CDF(1-u/a) + gauss.CDF(-1)*gauss.CDF(1-u/b) +
		quad.Fixed(neither, -1, min(u/a-1, tail), nodes, quad.Legendre{}, 0)
}
