package memory

import (
	"cmp"
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/internal/gauss"
	"credo/internal/root"
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// Retention is what happens to a stored memory when teaching stops and
// presentations go on: a circuit Taught has brought the patterns to its
// stationary potentials, and from then on the circuit After acts, as a rule
// Taught without acetylcholine. Above threshold its force on any pattern is
// straight, F = −γ (V − V*), and with u_Y = V_Y − V*, Δ = u_1 − u_0 and the
// time T,
//
//	every trial:  V_1 = V* + (1−f_Y) Δ ψ(T) + ū [(1−s²) e + s² υ(γ g T)],  ū = V̄ − V*,
//	              Var V_1 = f_Y(1−f_Y) Δ² [⟨left²⟩ − ψ(T)²] + s² R(γ g T),
//	              R(τ) = [ū (φ(τ) − e) + (1−f_Y) Δ D(τ) (1−2f)/(1−f)]² + ū² [φ(2τ) − φ(τ)²],
//	              s² = (1−f)/(f N),  e = e^{−γ (P f² + g) T},  D(τ) = −∫₀^τ φ'(τ−u) φ(u) du,
//	gated:        V_1 = V* + u_1 e^{−γ (P_1 f² + g) T},
//
// with g = f(1−f), P_1 = f_Y P. A mode of eigenvalue g ξ is learned and forgotten
// at its own speed: of it is left
//
//	left(ξ) = (1 − e^{−γ_t g ξ T_taught}) e^{−γ g ξ T},
//	ψ(T) = ⟨left⟩ = φ(γ g T) − φ(γ g T + γ_t g T_taught),
//
// φ from [theory.Relaxation], after teaching for T_taught from equal potentials at
// the slope γ_t of the first circuit; ψ = φ(γ g T) if it was taught to rest. Near
// P = N the slowest modes are never learned in a usual time, and T_taught counts:
// at P/N = .95 and γ_t g T_taught = 20 the half-life is a third shorter than that
// of patterns at rest. On every trial the mean of all patterns relaxes first, in
// teaching too, and the rest mode by mode. A pattern with more active channels,
// whose number has the relative variance s², loses more to the mean (ū) and fades
// faster by itself (D, by the resolvent 1/(z + r (1/G − z)) of a row of norm r):
// R, to the order 1/N and for independent inputs that were taught to rest. For the
// same reason the mean of all patterns is no mode of G: the share s² of it lies in
// the slow ones, of which υ is left; υ = φ for independent inputs. If inhibition is
// plastic only when the neuron fires, silent patterns do not resist and the class
// sinks together.
//
// Inputs with K hidden causes, see [Prototypes], have K modes more that are
// fast, and slow ones slower by 1 − r². Not gated,
//
//	φ(τ) → (1 − κ) φ((1−r²) τ) + κ e^{−(1 − r² + r² P/K) τ},  κ = (K−1)/(P−1),
//
// the first φ at load (P−K)/N: of the P−1 directions in which targets differ K−1
// tell causes apart. Patterns of one cause have unequal numbers of active channels
// in common, so that υ has modes weighted by their speeds, 1 − r² + r² P/K and 1 − r².
//
// Regime: P < N co-tuned patterns; the force of silent patterns, too, is taken
// to be straight, and gated patterns to leave together. Derived here.
type Retention struct {
	Taught, After rules.Circuit
	Channels      int     // N
	Patterns      int     // P
	Causes        int     // K < P; 0 for independent inputs
	Similarity    float64 // r in [0, 1) of inputs with hidden causes
	Teaching      float64 // T_taught = λ × epochs > 0 of teaching; 0 for as long as it takes. Without effect if gated
}

// solve returns V*, k, and mean and variance of V_1 at time t. It returns an
// error if nothing is stored, if a field is outside its domain, or if After has
// no restoring force above threshold.
func (r Retention) solve() (line, slope float64, potential func(t float64) (mean, variance float64), err error) {
	gated := r.After.Balance.WhenFiring
	err = fewer(r.Patterns, r.Channels)
	switch {
	case err != nil && !(gated && r.Channels >= 1 && r.Patterns >= 1):
		return 0, 0, nil, err
	case !(r.Causes >= 0 && r.Causes < r.Patterns) || r.Causes > 0 && gated:
		return 0, 0, nil, fmt.Errorf("memory: Retention.Causes = %d outside [0, %d), and must be 0 if gated", r.Causes, r.Patterns)
	case !domain.Below1.Has(r.Similarity) || r.Causes == 0 && r.Similarity != 0:
		return 0, 0, nil, fmt.Errorf("memory: Retention.Similarity = %v outside [0, 1), and must be 0 without Causes", r.Similarity)
	case !domain.NonNegative.Has(r.Teaching):
		return 0, 0, nil, fmt.Errorf("memory: Retention.Teaching = %v, must be finite and not negative", r.Teaching)
	}
	d, err := stored(r.Taught)
	if err != nil {
		return 0, 0, nil, err
	}
	after, err := theory.Of(r.After)
	if err != nil {
		return 0, 0, nil, err
	}
	if r.After.Hebbian.Running && r.After.Hebbian.Rate != 0 {
		return 0, 0, nil, fmt.Errorf("memory: After.Hebbian is Running: its force changes as patterns are lost; see Retention.Kept")
	}
	left, err := after.Condition()
	if err != nil {
		return 0, 0, nil, err
	}
	if slope = left.Above[1] - after.Force(true, 1); !(slope > 0) {
		return 0, 0, nil, fmt.Errorf("memory: After has no restoring force above threshold: slope %v", slope)
	}
	line = left.Above[1] / slope
	taught, err := theory.Of(r.Taught)
	if err != nil {
		return 0, 0, nil, err
	}
	teaching := math.Inf(1)
	if learning := d.Above[1] - taught.Force(true, 1); r.Teaching > 0 && learning > 0 {
		teaching = learning * r.Teaching
	}
	u1, u0 := d.V1-line, d.V0-line
	f, fY, p := r.Taught.Coding, r.Taught.TargetCoding, float64(r.Patterns)
	g, apart := f*(1-f), u1-u0
	unequal := (1 - f) / (f * float64(r.Channels)) // s²
	return line, slope, func(t float64) (mean, variance float64) {
		if gated {
			return line + u1*math.Exp(-slope*(fY*p*f*f+g)*t), 0
		}
		now, untaught := slope*g*t, teaching*g
		left := r.modes(now) - r.modes(now+untaught)
		left2 := r.modes(2*now) - 2*r.modes(2*now+untaught) + r.modes(2*now+2*untaught)
		mean0, fast := fY*u1+(1-fY)*u0, math.Exp(-slope*(p*f*f+g)*t)
		common := mean0 * ((1-unequal)*fast + unequal*r.common(now))
		variance = fY * (1 - fY) * apart * apart * max(0, left2-left*left)
		own := r.modes(now)
		shift := mean0*(own-fast) + (1-fY)*apart*r.faster(now)*(1-2*f)/(1-f)
		uneven := shift*shift + mean0*mean0*max(0, r.modes(2*now)-own*own)
		return line + (1-fY)*apart*left + common, variance + uneven*unequal
	}, nil
}

// modes is φ(τ), what is left of a mode on average after a time τ ≥ 0, which may be infinite.
func (r Retention) modes(tau float64) float64 {
	if math.IsInf(tau, 1) {
		return 0
	}
	p, causes, same := float64(r.Patterns), float64(r.Causes), r.Similarity*r.Similarity
	left := theory.Relaxation((p-causes)/float64(r.Channels), (1-same)*tau)
	if causes == 0 {
		return left
	}
	share := (causes - 1) / (p - 1)
	return (1-share)*left + share*math.Exp(-(1-same+same*p/causes)*tau)
}

// common is υ(τ) of [Retention], what is left of the slow part of the mean of all patterns.
func (r Retention) common(tau float64) float64 {
	if r.Causes == 0 {
		return r.modes(tau)
	}
	p, causes, same := float64(r.Patterns), float64(r.Causes), r.Similarity*r.Similarity
	share, speed := (causes-1)/(p-1), 1-same+same*p/causes
	within := theory.Relaxation((p-causes)/float64(r.Channels), (1-same)*tau)
	return (1-share)*(1-same)*within + share*speed*math.Exp(-speed*tau)
}

// faster is D(τ) of [Retention], by the trapezoidal rule.
func (r Retention) faster(tau float64) (sum float64) {
	const steps = 32
	var left [steps + 1]float64
	for k := range left {
		left[k] = r.modes(tau * float64(k) / steps)
	}
	for k := range steps {
		sum += (left[k] + left[k+1]) / 2 * (left[steps-k-1] - left[steps-k])
	}
	return sum
}

// Hits returns Φ(V_1/√Var V_1) after a time T ≥ 0, and errors as HalfLife does.
func (r Retention) Hits(t float64) (float64, error) {
	_, _, potential, err := r.solve()
	err = cmp.Or(domain.Check("memory: ", domain.Field{Name: "T", Value: t, In: domain.Interval{High: math.Inf(1)}}), err)
	if err != nil {
		return 0, err
	}
	mean, variance := potential(t)
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
// if Taught stores nothing, or not in the time Teaching, if After has no
// restoring force above threshold, or if a field is outside its domain.
func (r Retention) HalfLife() (float64, error) {
	line, slope, potential, err := r.solve()
	if err != nil {
		return 0, err
	}
	if line >= 0 {
		return math.Inf(1), nil
	}
	mean := func(t float64) float64 { v, _ := potential(t); return v }
	if !(mean(0) > 0) {
		return 0, fmt.Errorf("memory: V_1 = %v after Retention.Teaching = %v, must be above threshold: teach longer", mean(0), r.Teaching)
	}
	high := 1 / slope
	for mean(high) > 0 {
		high *= 2
	}
	return root.Find(mean, 0, high)
}

// Kept returns the largest share of the hits that can stay for ever where
// After's Hebbian reference is the running mean of y, so that it falls as
// patterns are lost. With a share r of the P_1 target patterns still above
// threshold the mean output is f_Y r, and patterns stand still at
//
//	V_μ + b + θ = (a_H/a_I)(y_μ − f_Y r)
//
// if those with y = 1 are above threshold, that is for r below
//
//	r* = [1 − a_I (b+θ)/a_H]/f_Y,
//
// any set of them. So a circuit at a = 1 that learns from every start, which
// needs b + θ > (a_H/a_I)(1−f_Y), need not forget everything: with a constant
// reference it does. What is lost on the way carries others along, so fewer than
// r* stay of a memory that began with all. r* is 0 if negative and 1 if larger.
//
// Regime: P < N co-tuned patterns, balance on every trial, no noradrenaline;
// vanishing rate and a long memory of the mean, whose fluctuations go on taking
// patterns that rest near threshold. It returns an error for another After.
func (r Retention) Kept() (float64, error) {
	c := r.After
	if err := c.Check(); err != nil {
		return 0, err
	}
	switch h := c.Hebbian; {
	case !(h.Running && h.Rate > 0):
		return 0, fmt.Errorf("memory: After.Hebbian = %+v, must be Running with a positive Rate", h)
	case c.Acetylcholine.Rate != 0 || c.Noradrenaline.Rate != 0 || len(c.Excitatory)+len(c.Inhibitory) > 0:
		return 0, fmt.Errorf("memory: After has rules beside Hebbian and Balance")
	case c.ACh.Probability+c.ACh.Error+c.NE.Probability+c.NE.Error > 0:
		return 0, fmt.Errorf("memory: After releases neuromodulators")
	}
	if err := cmp.Or(balances("After", c.Balance), fewer(r.Patterns, r.Channels)); err != nil {
		return 0, err
	}
	most := (1 - c.Balance.Rate*(c.Balance.Offset+c.Threshold)/c.Hebbian.Rate) / c.TargetCoding
	return max(0, min(1, most)), nil
}
