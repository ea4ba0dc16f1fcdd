package recordings

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// milli turns pA MΩ into mV; in nS, mV, MΩ and pA no other unit needs a factor.
const milli = 1e-3

// driving is the driving force without series resistance, V_h − E in mV; it is
// negative where excitation is measured and positive where inhibition is.
func (s *Sweep) driving() float64 { return s.Holding - s.Reversal }

// reached is the driving force that reaches the synapse, V_h − I R_s − E.
func (s *Sweep) reached() float64 {
	if s.Series > 0 {
		return s.driving() - s.Current*s.Series*milli
	}
	return s.driving()
}

// Clamped is the current in pA that the clamp measures where an ideal clamp would
// measure a magnitude, I = g (V_h − E)/(1 + g R_s) with g = magnitude/|V_h − E|.
func (s *Sweep) Clamped(magnitude float64) float64 {
	d := s.driving()
	g := magnitude / math.Abs(d)
	return g * d / (1 + g*s.Series*milli)
}

// clamp is the potentials at which one kind was measured in a cell.
type clamp struct {
	holding, reversal span
	wrong             int    // sweeps of the wrong sign
	first             string // of them
}

// other is the largest driving force |V_h − E| of the other current where kind
// k was measured, 0 if the other kind was not.
func (c *folded) other(k int) float64 {
	h, e := c.clamp[k].holding, c.clamp[1-k].reversal
	if e.n == 0 {
		return 0
	}
	return max(h.high-e.low, e.high-h.low)
}

// signs returns an error if most currents of a kind have the wrong sign, where
// the other current does not flow, and notes those that have it.
func (f *folding) signs() error {
	const enough = 8
	for k, words := range [...][2]string{{"below", "negative (inward)"}, {"above", "positive (outward)"}} {
		all, wrong := 0, 0
		for _, c := range f.order {
			n := &c.clamp[k]
			if c.other(k) > f.Isolation {
				continue
			}
			all, wrong = all+n.holding.n, wrong+n.wrong
			for range n.wrong {
				f.account.note("sweeps of the wrong sign, kept as noise", func() string { return n.first })
			}
		}
		if all >= enough && 4*wrong > 3*all {
			return fmt.Errorf("recordings: %d of the %d currents held %s the reversal potential of their row have the wrong sign, must be %s: is the sign convention another, or the reversal potential that of the other current?", wrong, all, words[0], words[1])
		}
	}
	return nil
}

// span is the mean and range of values.
type span struct {
	sum, low, high float64
	n              int
}

func (s *span) add(x float64) {
	if s.n == 0 {
		s.low, s.high = x, x
	}
	s.sum, s.low, s.high, s.n = s.sum+x, min(s.low, x), max(s.high, x), s.n+1
}

// mean is exact if all values are the same.
func (s *span) mean() float64 {
	if s.low == s.high {
		return s.low
	}
	return s.sum / float64(s.n)
}

// unmix solves for both conductances. With V the potential that a sweep reaches,
// V_h − I R_s, every sweep of excitation gives
//
//	I = g_E (V − E_E) + g_I (V − E_I),  g_E = x − r g_I,  r = (V − E_I)/(V − E_E),
//
// where x is the conductance if excitation flowed alone, and so for inhibition.
// With the means over sweeps, ⟨x⟩ and ⟨r⟩ of either kind,
//
//	g_E = (⟨x_E⟩ − ⟨r_E⟩⟨x_I⟩) / (1 − ⟨r_E⟩⟨r_I⟩),
//
// and a single sweep is x − r g_I. The standard error has the parts of both
// kinds. It returns why it did not; then all stays as it is.
func (c *folded) unmix(alone, forces [2][]float64) (g [2][]float64, sem [2]float64, reason string) {
	if alone[excitation] == nil || alone[inhibition] == nil {
		return alone, sem, "which was not measured"
	}
	var ratios [2][]float64
	var x, r, s [2]float64
	for k := range kinds {
		apart := c.clamp[k].reversal.mean() - c.clamp[1-k].reversal.mean()
		for _, force := range forces[k] {
			ratios[k] = append(ratios[k], (force+apart)/force)
		}
		x[k], r[k] = stat.Mean(alone[k], nil), stat.Mean(ratios[k], nil)
	}
	det := 1 - r[excitation]*r[inhibition]
	if math.Abs(det) < 0.1 {
		return alone, sem, "at potentials too close to tell them apart"
	}
	for k := range kinds {
		g[k] = slices.Clone(alone[k])
		floats.AddScaled(g[k], (r[1-k]*x[k]-x[1-k])/det, ratios[k])
		_, s[k] = meanAndError(g[k])
	}
	for k := range kinds {
		sem[k] = math.Hypot(s[k], r[k]*s[1-k]) / math.Abs(det)
	}
	return g, sem, ""
}
