package theory

import (
	"credo/internal/domain"
)

// Kick is what a single release of noradrenaline does to a Y = 1 pattern that
// is stuck below threshold, at a finite rate: a rescue by noise, beside that by
// the mean force, which the [Condition] tells.
type Kick struct {
	Stuck, Unstable float64 // V_s and V_u, roots of F(1, V): it is free above V_u
	Alone, WithACh  float64 // rise of V by one release that makes the neuron fire
}

// Gap is the rise that frees the pattern, V_u − V_s; 0 if it is not stuck.
func (k Kick) Gap() float64 { return k.Unstable - k.Stuck }

// Kick returns the kick at rate λ,
//
//	λ f a_N (1 − y_N),  and λ f a_A (1 − y_A) more if acetylcholine coincides,
//
// and the deepest gap it has to cross. A single kick frees the pattern if it
// exceeds the gap; several in the time of relaxation may do so as well. It
// returns an error where the circuit has no force or the rate is negative.
// Derived here.
func (t *Theory) Kick(rate float64) (Kick, error) {
	if err := domain.NonNegative.Check("theory: rate", rate); err != nil {
		return Kick{}, err
	}
	c := t.circuit
	roots, err := t.Roots(true)
	if err != nil {
		return Kick{}, err
	}
	k := Kick{Alone: rate * c.Coding * c.Noradrenaline.Rate * (1 - c.Noradrenaline.Reference)}
	k.WithACh = k.Alone + rate*c.Coding*c.Acetylcholine.Rate*(1-c.Acetylcholine.Reference)
	for i, r := range roots {
		if r.Stable && r.Potential < 0 && i+1 < len(roots) {
			k.Stuck, k.Unstable = r.Potential, roots[i+1].Potential
			break
		}
	}
	return k, nil
}
