package broadcast

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// Tolerance is how often a circuit stands acetylcholine on the presentations of a
// Y = 0 pattern, as P(ACh | Y = 0), at the circuit's offset and of inhibition plastic
// on every trial. Both may exceed 1, and 0 or less is none.
//
//	Onset:  F(0, 0⁺) = 0, from where on a wrong state above threshold exists;
//	Loss:   sup_{V≤0} of the ε at which F(0, V) = 0, beyond which the right one is lost.
//
// For large disinhibition Onset is ε_1 = [a_I (b+θ) − ρ_N0 a_N (1−y_N) − a_H (1−ȳ)]/[a_A (1−y_A)],
// and without noradrenaline and Hebbian rule Loss is a_I (b+θ)/[a_A (Φ(1) − y_A)]. With
// little disinhibition a deep pattern is out of its reach, and Loss is larger, or +Inf.
type Tolerance struct{ Onset, Loss float64 }

// Tolerate returns the tolerance of a circuit, from the force of any rules, which is
// affine in P(ACh | Y = 0). Rules that read the running mean of y see f_Y. Regime:
// small rate, P < N, no heterosynaptic depression: its spread grows with ε, which is
// left out. It returns an error if there is no force, if inhibition is plastic only
// when firing, which makes the limit a graded error, or if acetylcholine does not
// raise the force just above threshold.
func Tolerate(c rules.Circuit) (Tolerance, error) {
	without, with, err := extremes(c)
	if err != nil {
		return Tolerance{}, err
	}
	at := func(v float64) float64 {
		none := without.Force(false, v)
		each := with.Force(false, v) - none
		switch {
		case each > 0:
			return -none / each
		case none < 0:
			return math.Inf(1) // no release brings it back from there
		}
		return math.Inf(-1)
	}
	above := 1e-12 * max(1, math.Abs(c.Threshold))
	if !(with.Force(false, above) > without.Force(false, above)) {
		return Tolerance{}, fmt.Errorf("broadcast: acetylcholine does not raise the force on a pattern at threshold: %.4g with it, %.4g without", with.Force(false, above), without.Force(false, above))
	}
	return Tolerance{Onset: at(above), Loss: most(at, -deepest(without))}, nil
}

// extremes are the theories of the circuit whose acetylcholine comes on none and on
// all of the Y = 0 trials.
func extremes(c rules.Circuit) (without, with *theory.Theory, err error) {
	if c.Balance.WhenFiring {
		return nil, nil, fmt.Errorf("broadcast: Balance.WhenFiring is true: false alarms are graded, theory.Condition.Chatter of what Seen returns")
	}
	if err := domain.Positive.Check("broadcast: Balance.Rate", c.Balance.Rate); err != nil {
		return nil, nil, err
	}
	if c.ACh.Late != 0 {
		return nil, nil, fmt.Errorf("broadcast: ACh.Late = %v is not 0: first make the release prompt, model.Modulator.Prompt", c.ACh.Late)
	}
	c.ACh.Error = 0
	if without, err = theory.Of(c); err != nil {
		return nil, nil, err
	}
	c.ACh.Error = 1
	if with, err = theory.Of(c); err != nil {
		return nil, nil, err
	}
	return without, with, without.Autonomous()
}

// deepest is how far below threshold a pattern that asks nothing may come to rest.
func deepest(t *theory.Theory) float64 {
	end := t.End(false, 0)
	if math.IsNaN(end) || math.IsInf(end, 0) || end > 0 {
		return 1
	}
	return max(1e-3, -end)
}

// most is the largest value on [low, 0], by a grid finer towards 0 and golden sections
// about its largest point.
func most(f func(float64) float64, low float64) float64 {
	const points = 400
	grid := func(k int) float64 { u := float64(k) / points; return low * u * u }
	best, value := 0, f(0)
	for k := 1; k <= points; k++ {
		if x := f(grid(k)); x > value {
			best, value = k, x
		}
	}
	a, b := grid(min(best+1, points)), grid(max(best-1, 0))
	for range 60 {
		const section = 0.381966011250105
		p, q := a+section*(b-a), b-section*(b-a)
		fp, fq := f(p), f(q)
		value = max(value, fp, fq)
		if fp > fq {
			b = q
		} else {
			a = p
		}
	}
	return value
}
