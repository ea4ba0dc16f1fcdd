package recordings

import "math"

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
func (c *folded) unmix(w *sweeps) (g [2][]float64, sem [2]float64, reason string) {
	if len(w.g[excitation]) == 0 || len(w.g[inhibition]) == 0 {
		return g, sem, "which was not measured"
	}
	var x, r, s [2]float64
	ratio := func(k kind, j int) float64 {
		reached := w.reached[k][j]
		return (reached + c.clamp[k].reversal.mean() - c.clamp[1-k].reversal.mean()) / reached
	}
	for k := range kinds {
		x[k], _ = meanAndError(w.g[k])
		for j := range w.g[k] {
			r[k] += ratio(kind(k), j) / float64(len(w.g[k]))
		}
	}
	det := 1 - r[excitation]*r[inhibition]
	if math.Abs(det) < 0.1 {
		return g, sem, "at potentials too close to tell them apart"
	}
	for k := range kinds {
		other := (x[1-k] - r[1-k]*x[k]) / det
		for j, alone := range w.g[k] {
			g[k] = append(g[k], alone-ratio(kind(k), j)*other)
		}
		_, s[k] = meanAndError(g[k])
	}
	for k := range kinds {
		sem[k] = math.Hypot(s[k], r[k]*s[1-k]) / math.Abs(det)
	}
	return g, sem, ""
}
