package memory

import (
	"fmt"
	"math"

	"credo/internal/gauss"
	"credo/internal/root"
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// Retention is what happens to a stored memory when teaching stops and
// presentations go on: a circuit Taught has brought the patterns to its
// stationary potentials, and from then on the circuit After acts, as a rule
// Taught without acetylcholine. Above threshold its force on any pattern is
// straight, F = −k (V − V*), and with u_Y = V_Y − V*, Δ = u_1 − u_0 and the
// time T,
//
//	every trial:  V_1 = V* + (1−f_Y) Δ φ(k g T) + ū e^{−k (P f² + g) T},  ū = V̄ − V*,
//	              Var V_1 = f_Y(1−f_Y) Δ² [φ(2k g T) − φ(k g T)²],
//	gated:        V_1 = V* + u_1 e^{−k (P_1 f² + g) T},
//
// with g = f(1−f), P_1 = f_Y P and φ from [theory.Relaxation]. On every trial the
// mean of all patterns relaxes first and the rest mode by mode, each as fast as
// patterns overlap along it. If inhibition is plastic only when the neuron
// fires, silent patterns do not resist and the class sinks together.
//
// Inputs with K hidden causes, see [Prototypes], have K modes more that are
// fast, and slow ones slower by 1 − r². Not gated,
//
//	φ(τ) → (1 − K/P) φ((1−r²) τ) + (K/P) e^{−(1 − r² + r² P/K) τ},
//
// the first φ at load (P−K)/N.
//
// Regime: P < N co-tuned patterns; the force of silent patterns, too, is taken
// to be straight, and gated patterns to leave together. Derived here.
type Retention struct {
	Taught, After rules.Circuit
	Channels      int     // N
	Patterns      int     // P
	Causes        int     // K < P; 0 for independent inputs
	Similarity    float64 // r in [0, 1) of inputs with hidden causes
}

// decay is how the memory goes.
type decay struct {
	line, slope float64 // V*, k
	u1, u0      float64
	r           Retention
}

// solve returns an error if nothing is stored, if a field is outside its
// domain, or if After has no restoring force above threshold.
func (r Retention) solve() (decay, error) {
	gated := r.After.Balance.WhenFiring
	switch {
	case !(r.Channels >= 1 && r.Patterns >= 1 && (r.Patterns < r.Channels || gated)):
		return decay{}, fmt.Errorf("memory: Retention of %d patterns on %d channels, must be positive, and fewer patterns than channels", r.Patterns, r.Channels)
	case !(r.Causes >= 0 && r.Causes < r.Patterns) || r.Causes > 0 && gated:
		return decay{}, fmt.Errorf("memory: Retention.Causes = %d outside [0, %d), and must be 0 if gated", r.Causes, r.Patterns)
	case !(r.Similarity >= 0 && r.Similarity < 1) || r.Causes == 0 && r.Similarity != 0:
		return decay{}, fmt.Errorf("memory: Retention.Similarity = %v outside [0, 1), and must be 0 without Causes", r.Similarity)
	}
	d, err := conditionOf(r.Taught)
	if err != nil {
		return decay{}, err
	}
	if !(d.V1 > 0 && d.V0 <= 0) {
		return decay{}, fmt.Errorf("memory: nothing is stored: V_1 = %v, V_0 = %v", d.V1, d.V0)
	}
	after, err := theory.Of(r.After)
	if err != nil {
		return decay{}, err
	}
	if r.After.Hebbian.Running && r.After.Hebbian.Rate != 0 {
		return decay{}, fmt.Errorf("memory: After.Hebbian is Running: its force changes as patterns are lost; see Retention.Kept")
	}
	left, err := after.Condition()
	if err != nil {
		return decay{}, err
	}
	above := left.Above[1]
	slope := above - after.Force(true, 1)
	if !(slope > 0) {
		return decay{}, fmt.Errorf("memory: After has no restoring force above threshold: slope %v", slope)
	}
	line := above / slope
	return decay{line, slope, d.V1 - line, d.V0 - line, r}, nil
}

// potential returns mean and variance of V_1 at time t.
func (d decay) potential(t float64) (mean, variance float64) {
	f, fY, p := d.r.Taught.Coding, d.r.Taught.TargetCoding, float64(d.r.Patterns)
	g := f * (1 - f)
	if d.r.After.Balance.WhenFiring {
		return d.line + d.u1*math.Exp(-d.slope*(fY*p*f*f+g)*t), 0
	}
	left, left2 := d.r.modes(d.slope*g*t), d.r.modes(2*d.slope*g*t)
	common := (fY*d.u1 + (1-fY)*d.u0) * math.Exp(-d.slope*(p*f*f+g)*t)
	apart := d.u1 - d.u0
	return d.line + (1-fY)*apart*left + common, fY * (1 - fY) * apart * apart * max(0, left2-left*left)
}

// modes is φ(τ), what is left of a mode on average.
func (r Retention) modes(tau float64) float64 {
	p, causes, same := float64(r.Patterns), float64(r.Causes), r.Similarity*r.Similarity
	left := theory.Relaxation((p-causes)/float64(r.Channels), (1-same)*tau)
	if causes == 0 {
		return left
	}
	return (1-causes/p)*left + causes/p*math.Exp(-(1-same+same*p/causes)*tau)
}

// Hits returns the fraction of hits after a time T ≥ 0, Φ(V_1/√Var V_1). It
// returns an error as HalfLife does.
func (r Retention) Hits(t float64) (float64, error) {
	if !(t >= 0) {
		return 0, fmt.Errorf("memory: T = %v outside [0, ∞)", t)
	}
	d, err := r.solve()
	if err != nil {
		return 0, err
	}
	mean, variance := d.potential(t)
	if variance == 0 {
		if mean > 0 {
			return 1, nil
		}
		return 0, nil
	}
	return gauss.CDF(mean / math.Sqrt(variance)), nil
}

// HalfLife returns the T after which half of the hits are lost, where the mean
// V_1 is 0: for acetylcholine and balance alone, with c = ρ_A a_A (1 − y_A)/a_I,
//
//	every trial:  φ(a_I g T) ≃ (b+θ)/((1−f_Y) c),
//	gated:        T = ln(c/(b+θ))/(a_I (P_1 f² + g)),
//
// and +Inf if V* > 0, where a Hebbian rule holds what fires. It returns an error
// if Taught stores nothing, if After has no restoring force above threshold, or
// if a field is outside its domain.
func (r Retention) HalfLife() (float64, error) {
	d, err := r.solve()
	if err != nil {
		return 0, err
	}
	if d.line >= 0 {
		return math.Inf(1), nil
	}
	mean := func(t float64) float64 { v, _ := d.potential(t); return v }
	high := 1 / d.slope
	for mean(high) > 0 {
		high *= 2
	}
	return root.Find(mean, 0, high)
}
