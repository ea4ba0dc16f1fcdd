package recordings

import "math"

// unmix solves, with d_XY = V_h − E for the potential at which X was measured
// and the reversal potential of Y,
//
//	I_E = g_E d_EE + g_I d_EI,  I_I = g_E d_IE + g_I d_II,
//
// for every sweep of either kind with the mean of the other. The standard error
// has the parts of both. It returns why it did not.
func (a *folding) unmix(c *folded, w *sweeps, sem [2]float64) (g [2][]float64, se [2]float64, reason string) {
	const e, i = excitation, inhibition
	se = sem
	switch {
	case !a.fold.Unmix:
		return g, se, "Fold.Unmix not being set"
	case len(w.g[e]) == 0 || len(w.g[i]) == 0:
		return g, se, "which was not measured"
	}
	for k := range kinds {
		if h, r := &c.clamp[k].holding, &c.clamp[k].reversal; h.low != h.high || r.low != r.high {
			return g, se, "at several potentials in the cell"
		}
	}
	d := func(at, of kind) float64 { return c.clamp[at].holding.low - c.clamp[of].reversal.low }
	det := d(e, e)*d(i, i) - d(e, i)*d(i, e)
	if math.Abs(det) < 0.1*math.Abs(d(e, e)*d(i, i)) {
		return g, se, "at potentials too close to tell them apart"
	}
	for k := range kinds {
		k, o := kind(k), kind(1-k)
		// w.g is the conductance that would bring the current alone: I = g d.
		own, cross := d(k, k)*d(o, o)/det, d(o, o)*d(k, o)/det
		mean, _ := meanAndError(w.g[o])
		for _, x := range w.g[k] {
			g[k] = append(g[k], own*x-cross*mean)
		}
		se[k] = math.Hypot(own*sem[k], cross*sem[o])
	}
	return g, se, ""
}
