package gauss

import "math"

// Hazard returns φ(x)/Φ(-x), the slope of -ln Φ(-x): near 0 for x far below 0, and x + 1/x - … far above it. Relative error
// below 4e-15. NaN gives NaN.
func Hazard(x float64) float64 {
	if x > -tail {
		return 1 / ratios(x)[0]
	}
	return PDF(x) / CDF(-x)
}

// TruncatedVariance returns 1 - R(x)[R(x) - x], with R the Hazard, the variance of a standard normal number given that it is
// above x: 1 for x far below 0 and about 1/x² far above it. Relative error below 1e-14. NaN gives NaN.
func TruncatedVariance(x float64) float64 {
	if x > -tail { // R = x + r₁, and r₁(x + 2r₂) = 1
		r := ratios(x)
		return r[1] * (2*r[2] - r[1])
	}
	h := Hazard(x)
	return 1 - h*(h-x)
}

// LogCDF returns ln Φ(x), about -x²/2 for x far below 0, to full relative accuracy in both tails. NaN gives NaN.
func LogCDF(x float64) float64 {
	switch {
	case x < tail:
		return -float64(x*x)/2 + math.Log(ratios(-x)[0]) - math.Log(2*math.Pi)/2
	case x > 0:
		return math.Log1p(-CDF(-x))
	}
	return math.Log(CDF(x))
}
