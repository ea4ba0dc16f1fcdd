package capacity

import "credo/internal/gauss"

// WeightDistribution is that of one kind of synapse, excitatory or inhibitory, at capacity. A normalised weight is
//
//	û = min([z + τ]₊, c)/s,  z standard normal:
//
// a truncated Gaussian with all below 0 gathered in silent synapses at 0, and all above a bound c gathered there. With the
// current divided by √N, the weight itself is w = û sd(V)/σ, where σ = √(f(1-f)) is the standard deviation of the input
// and sd(V) that of the current; the mean of û² over all synapses of the neuron is 1.
//
// Source: derived here with Composition; silent synapses of a Purkinje cell at capacity: Brunel, Hakim, Isope, Nadal &
// Barbour (2004), Neuron 43:745.
type WeightDistribution struct {
	Shift float64 // τ
	Scale float64 // s, positive
	Bound float64 // c, before scaling; 0 means no bound
}

// Saturated returns the fraction of weights at the bound, Φ(τ-c); 0 without a bound.
func (w WeightDistribution) Saturated() float64 {
	if w.Bound == 0 {
		return 0
	}
	return gauss.CDF(w.Shift - w.Bound)
}

// Density returns that of the normalised weights between 0 and the bound, s φ(su-τ), at u; 0 elsewhere. Its integral is
// 1 - CDF(0) - Saturated.
func (w WeightDistribution) Density(u float64) float64 {
	if u <= 0 || w.Bound != 0 && u*w.Scale >= w.Bound {
		return 0
	}
	return w.Scale * gauss.PDF(u*w.Scale-w.Shift)
}

// CDF returns the fraction of normalised weights that are at most u; at u = 0 that of silent synapses, Φ(-τ).
func (w WeightDistribution) CDF(u float64) float64 {
	switch {
	case u < 0:
		return 0
	case w.Bound != 0 && u*w.Scale >= w.Bound:
		return 1
	}
	return gauss.CDF(u*w.Scale - w.Shift)
}

// moments returns the probability of a weight between 0 and the bound, and the means of û s and of its square.
func (w WeightDistribution) moments() (m0, m1, m2 float64) {
	if w.Bound == 0 {
		return gauss.Moments(w.Shift)
	}
	return gauss.CutMoments(w.Shift, w.Bound)
}
