package theory

import "math"

// pairRelaxation is the mean of ww'/(w + w') over pairs of eigenvalues of
// the Gram matrix of P = αN random patterns, each from the Marchenko-Pastur law
// of mean 1,
//
//	m(α) = ⟨ww'/(w+w')⟩,  m(0) = 1/2,
//
// for α in [0, 1), else NaN. It is the share of a pattern's own noise in the
// variance of its potential, from the Lyapunov equation of gradient learning
// with noise in every presentation. Derived here.
func pairRelaxation(load float64) float64 {
	if !(load >= 0 && load < 1) {
		return math.NaN()
	}
	w, weight := marchenkoPastur(load)
	sum := 0.
	for i := range w {
		for j := range w {
			sum += weight[i] * weight[j] / (w[i] + w[j])
		}
	}
	return sum
}

// Relaxation returns the mean over the eigenvalues w of the Gram matrix of
// P = αN random patterns of what is left of a mode after a time τ in units of
// its relaxation time at w = 1,
//
//	φ(τ) = ⟨e^{−τw}⟩,
//
// for α ≥ 0 and τ ≥ 0, else NaN. Beyond α = 1 a share 1 − 1/α of the modes has
// w = 0 and stays. For learning by a linear force of slope −a_I,
// τ = a_I f(1−f) λ × epochs. Derived here.
func Relaxation(load, tau float64) float64 {
	if !(load >= 0 && tau >= 0) || math.IsInf(load+tau, 0) {
		return math.NaN()
	}
	w, weight := marchenkoPastur(load)
	sum := max(0, 1-1/load)
	for i := range w {
		sum += weight[i] / w[i] * math.Exp(-tau*w[i])
	}
	return sum
}

// slowest is the smallest eigenvalue of the Gram matrix that is not 0, over
// f(1−f), for many patterns: the lower edge (1 − √α)² of the law.
func slowest(load float64) float64 {
	edge := 1 - math.Sqrt(load)
	return edge * edge
}

// marchenkoPastur returns points w of the law and weights with which
// ⟨h(w)⟩ = Σ weight·h(w)/w. With w = 1 + α + 2√α cos t the law is
// (2/π) sin²t dt/w, so that integrals of smooth functions converge
// geometrically on Chebyshev points. Its mass is 1, or 1/α beyond α = 1, where
// the other eigenvalues are 0.
func marchenkoPastur(load float64) (w, weight [300]float64) {
	for k := range w {
		sin, cos := math.Sincos(math.Pi * float64(k+1) / float64(len(w)+1))
		w[k] = 1 + load + 2*math.Sqrt(load)*cos
		weight[k] = 2 / float64(len(w)+1) * sin * sin
	}
	return w, weight
}
