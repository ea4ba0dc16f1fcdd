package rules

import "math"

// PairRelaxation returns the mean of ww'/(w + w') over pairs of eigenvalues of
// the Gram matrix of P = αN random patterns, each from the Marchenko-Pastur law
// of mean 1,
//
//	m(α) = ⟨ww'/(w+w')⟩,  m(0) = 1/2,
//
// for α in [0, 1), else NaN. It is the share of a pattern's own noise in the
// variance of its potential, from the Lyapunov equation of gradient learning
// with noise in every presentation. With w = 1 + α + 2√α cos t the law is
// (2/π) sin²t dt/w, so the integral converges geometrically on Chebyshev
// points. Derived here.
func PairRelaxation(load float64) float64 {
	if !(load >= 0 && load < 1) {
		return math.NaN()
	}
	const n = 300
	var w, weight [n]float64
	for k := range n {
		sin, cos := math.Sincos(math.Pi * float64(k+1) / (n + 1))
		w[k] = 1 + load + 2*math.Sqrt(load)*cos
		weight[k] = 2 / float64(n+1) * sin * sin
	}
	sum := 0.
	for i := range n {
		for j := range n {
			sum += weight[i] * weight[j] / (w[i] + w[j])
		}
	}
	return sum
}
