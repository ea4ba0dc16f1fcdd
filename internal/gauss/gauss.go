// Package gauss has the standard normal density, its distribution function and
// its truncated moments, to full relative accuracy in both tails.
package gauss

import (
	"math"
	"sync"

	"gonum.org/v1/gonum/integrate/quad"
)

// tail is where the truncated moments change from closed forms to a continued fraction: below it the closed forms
// cancel, losing a factor of about x⁴ for the second moment.
const tail = -1.5

// PDF returns the standard normal density φ(x) = exp(-x²/2)/√(2π), to full relative accuracy. The rounding
// error of x², which exp would magnify by x²/2, is taken back. NaN gives NaN.
func PDF(x float64) float64 {
	if math.Abs(x) > 39 { // below the smallest float64
		return 0
	}
	square := float64(x * x) // the conversions here and below forbid fusing
	return math.Exp(-square/2) * (1 - lost(x, square)/2) / math.Sqrt(2*math.Pi)
}

// lost is x² - square, where square is x² rounded. It is exact, by products of halves of x (Dekker 1971), for math.FMA is
// slow where the processor is not asked for it, as in a browser. For |x| below 1e-140 it is 0 or next to it.
func lost(x, square float64) float64 {
	shifted := float64((1<<27 + 1) * x)
	high := shifted - (shifted - x)
	low := x - high
	return (high*high - square) + 2*high*low + low*low
}

// CDF returns the standard normal distribution function Φ(x) = erfc(-x/√2)/2, to full relative accuracy in both
// tails. Φ(-x) is the H(x) of the literature on capacity. NaN gives NaN.
func CDF(x float64) float64 {
	if x < tail {
		m0, _, _ := Moments(x)
		return m0
	}
	return math.Erfc(-x/math.Sqrt2) / 2
}

// Moments returns M_k(τ) = ∫ dz φ(z) [τ+z]₊^k for k = 0, 1 and 2, with [.]₊ the positive part:
//
//	M₀ = Φ(τ),  M₁ = φ(τ) + τΦ(τ),  M₂ = Φ(τ) + τM₁(τ),  M_k' = k M_{k-1}.
//
// Below τ = -1.5, where these cancel, it uses M_k = k! φ(τ) r₀…r_k with the continued fraction
// r_j = 1/(-τ + (j+1)r_{j+1}), Laplace's for the Mills ratio r₀. Relative error below 4e-15 for every τ whose moments
// are normal numbers; they underflow to 0 below about -37. NaN gives NaN.
func Moments(tau float64) (m0, m1, m2 float64) {
	if tau < tail {
		r := ratios(-tau)
		m0 = PDF(tau) * r[0]
		m1 = m0 * r[1]
		return m0, m1, 2 * m1 * r[2]
	}
	m0 = CDF(tau)
	m1 = PDF(tau) + tau*m0
	return m0, m1, m0 + tau*m1
}

// ratios returns r₀, r₁ and r₂ of Moments for x = -τ above 1.5.
func ratios(x float64) (r [3]float64) {
	next := 0.0
	for j := 16 + int(400/(x*x)); j >= 0; j-- {
		next = 1 / (float64(j+1)*next + x)
		if j < len(r) {
			r[j] = next
		}
	}
	return r
}

// CutMoments returns the moments of a Gaussian cut at both ends, E{0 < z+τ < v} and E min([z+τ]₊, v)^k for k = 1 and 2:
//
//	Φ(τ) - Φ(τ-v),  M₁(τ) - M₁(τ-v),  M₂(τ) - M₂(τ-v) - 2v M₁(τ-v).
//
// For small v, where these cancel, it integrates φ(x), Φ(x) and 2(τ-x)Φ(x) over [τ-v, τ] instead.
func CutMoments(tau, v float64) (m0, m1, m2 float64) {
	if v > 0.05*(1+math.Abs(tau)) {
		a0, a1, a2 := Moments(tau)
		b0, b1, b2 := Moments(tau - v)
		if tau > v { // both near 1
			a0, b0 = CDF(v-tau), CDF(-tau)
		}
		return a0 - b0, a1 - b1, a2 - b2 - 2*v*b1
	}
	rule := Legendre()
	for i, node := range rule.Nodes {
		weight, below := v*rule.Weights[i], v*node
		cdf := CDF(tau - below)
		m0 += weight * PDF(tau-below)
		m1 += weight * cdf
		m2 += weight * 2 * below * cdf
	}
	return m0, m1, m2
}

// Quadrature is a rule of quadrature on [0, 1].
type Quadrature struct{ Nodes, Weights []float64 }

// Legendre returns the 40-point Gauss-Legendre rule on [0, 1].
var Legendre = sync.OnceValue(func() Quadrature {
	r := Quadrature{make([]float64, 40), make([]float64, 40)}
	quad.Legendre{}.FixedLocations(r.Nodes, r.Weights, 0, 1)
	return r
})
