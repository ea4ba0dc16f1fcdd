// Package gauss has the standard normal density, its distribution function and
// its truncated moments, to full relative accuracy in both tails.
package gauss

import "math"

// tail is where the truncated moments change from closed forms to a continued fraction: below it the closed forms
// cancel, losing a factor of about x⁴ for the second moment.
const tail = -1.5

// PDF returns the standard normal density φ(x) = exp(-x²/2)/√(2π), to full relative accuracy. The rounding
// error of x², which exp would magnify by x²/2, is taken back by a fused multiply-add. NaN gives NaN.
func PDF(x float64) float64 {
	if math.Abs(x) > 39 { // below the smallest float64
		return 0
	}
	square := x * x
	lost := math.FMA(x, x, -square)
	return math.Exp(-square/2) * (1 - lost/2) / math.Sqrt(2*math.Pi)
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
		var r [3]float64
		next := 0.0
		for j := 16 + int(400/(tau*tau)); j >= 0; j-- {
			next = 1 / (float64(j+1)*next - tau)
			if j < len(r) {
				r[j] = next
			}
		}
		m0 = PDF(tau) * r[0]
		m1 = m0 * r[1]
		return m0, m1, 2 * m1 * r[2]
	}
	m0 = CDF(tau)
	m1 = PDF(tau) + tau*m0
	return m0, m1, m0 + tau*m1
}
