package theory

import (
	"fmt"
	"math"

	"credo/internal/domain"
)

// Transient is where the potentials are after a time T of learning, on the way
// to rest: means, a standard deviation that both classes share, and errors.
type Transient struct {
	V1, V0, SD       float64
	Miss, FalseAlarm float64 // probability of a wrong answer, by target 1 and 0
}

// Transient returns that state for many co-tuned patterns that all start from one
// potential, by the linear force of slope −k of the Y = 1 patterns above threshold,
//
//	V_Y(T) = V_Y − (Y − f_Y) Δ φ(τ),  Δ = V_1 − V_0,  τ = k f(1−f) T,
//	SD²    = f_Y(1−f_Y) Δ² [φ(2τ) − φ(τ)²],
//	miss   = Φ(−V_1(T)/SD),  false alarm = Φ(V_0(T)/SD),
//
// with φ from [Relaxation] and the stationary V_Y of the Condition. The common
// mode of all patterns, fast, is taken to be at rest: T ≫ 1/(k f² P). It is exact
// for many patterns where the force on both classes is the same straight line but
// for its target, as with acetylcholine and balance alone above threshold; below,
// where acetylcholine is not heard, Y = 1 patterns start more slowly. Beyond
// α = 1 it is the state of that linear rule, least squares in the end. Noise of
// single presentations is not in it. It returns an error if the circuit has no
// stationary potentials, inhibition is plastic only when firing, or α or T is
// negative. Derived here.
func (t *Theory) Transient(load, duration float64) (Transient, error) {
	if err := domain.Check("theory: ",
		domain.Field{Name: "load P/N", Value: load, In: domain.NonNegative},
		domain.Field{Name: "duration T", Value: duration, In: domain.NonNegative}); err != nil {
		return Transient{}, err
	}
	d, k, err := t.pace()
	if err != nil {
		return Transient{}, err
	}
	c, apart := t.circuit, d.V1-d.V0
	tau := k * c.Coding * (1 - c.Coding) * duration
	left := Relaxation(load, tau)
	s := Transient{V1: d.V1 - (1-c.TargetCoding)*apart*left, V0: d.V0 + c.TargetCoding*apart*left}
	variance := c.TargetCoding * (1 - c.TargetCoding) * apart * apart * max(0, Relaxation(load, 2*tau)-left*left)
	s.SD = math.Sqrt(variance)
	s.Miss, s.FalseAlarm = tail(-s.V1, variance), tail(s.V0, variance)
	return s, nil
}

// LargestLoad returns the largest load α = P/N of which a time T brings even the
// slowest mode to rest, that is to 1/e of where it started,
//
//	α_max(T) = (1 − 1/√(k f(1−f) T))²,  k = −∂F/∂V of Y = 1 patterns, a_I,
//
// and 0 where T < 1/(k f(1−f)). Errors of [Theory.Transient] rise beyond it. The
// capacity P = N is that of unlimited time. It returns an error as Transient does.
// Derived here, from the lower edge of the law of Marchenko and Pastur.
func (t *Theory) LargestLoad(duration float64) (float64, error) {
	if err := domain.Check("theory: ", domain.Field{Name: "duration T", Value: duration, In: domain.NonNegative}); err != nil {
		return 0, err
	}
	_, k, err := t.pace()
	if err != nil {
		return 0, err
	}
	root := 1 - 1/math.Sqrt(k*t.circuit.Coding*(1-t.circuit.Coding)*duration)
	return math.Pow(max(0, root), 2), nil
}

// pace is where patterns rest, and the slope k of the force that takes them there.
func (t *Theory) pace() (d Condition, k float64, err error) {
	if d, err = t.Condition(); err != nil {
		return d, 0, err
	}
	if d.Gated {
		return d, 0, fmt.Errorf("theory: Balance.WhenFiring is true: the course of learning is not derived")
	}
	if !(d.V1 > 0 && d.V0 <= 0 && !math.IsInf(d.V0, 0)) {
		return d, 0, fmt.Errorf("theory: no stationary potentials on the right side of threshold: V_1 = %v, V_0 = %v", d.V1, d.V0)
	}
	f := t.force()
	f.learner.MeanOutput = d.MeanOutput
	return d, -f.slope(true, d.V1), f.restoring(true, d.V1)
}
