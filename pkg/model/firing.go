package model

// Firing returns the mean output on a trial of the given target and
// potential, averaged over the release and the disinhibition of both
// neuromodulators,
//
//	ȳ(Y, V) = Σ_ACh Σ_NE P(ACh|Y) P(NE|Y) P(y = 1 | ACh, NE, V).
//
// Derived here.
func (l *Learner) Firing(target bool, v float64) float64 {
	mean := 0.
	for _, ach := range [2]bool{false, true} {
		for _, ne := range [2]bool{false, true} {
			if p := chance(l.ACh.release(target), ach) * chance(l.NE.release(target), ne); p > 0 {
				mean += p * l.spike(v, ach, ne)
			}
		}
	}
	return mean
}
