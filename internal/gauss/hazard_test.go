package gauss

import (
	"math"
	"testing"
)

// Against the literal quotient where it does not underflow, and against the asymptotic series beyond.
func TestHazardKnown(t *testing.T) {
	for _, x := range []float64{-30, -8, -1.5, -0.3, 0, 0.7, 1.4999, 1.5, 1.5001, 3, 9, 30} {
		m0, _, _ := Moments(-x)
		if got, want := Hazard(x), PDF(x)/m0; relative(got, want) > 6e-15 {
			t.Errorf("Hazard(%v) = %v, want %v", x, got, want)
		}
		if got, want := LogCDF(-x), math.Log(m0); math.Abs(got-want) > 4e-15*math.Abs(want)+1e-16 && x > -2 {
			t.Errorf("LogCDF(%v) = %v, want %v", -x, got, want)
		}
	}
	// Far out, by the asymptotic series: x + 1/x - 2/x³ + 10/x⁵ - 74/x⁷.
	for _, x := range []float64{200, 1e4, 1e9} {
		want := x + 1/x - 2/(x*x*x) + 10/math.Pow(x, 5)
		if got := Hazard(x); relative(got, want) > 1e-14 {
			t.Errorf("Hazard(%v) = %v, want %v", x, got, want)
		}
		logs := -x*x/2 - math.Log(want) - math.Log(2*math.Pi)/2 // ln Φ(-x) = ln φ(x) - ln Hazard(x)
		if got := LogCDF(-x); relative(got, logs) > 1e-14 {
			t.Errorf("LogCDF(%v) = %v, want %v", -x, got, logs)
		}
	}
	for _, x := range []float64{200, 1e4, 1e9} { // 1/x² - 6/x⁴ + 50/x⁶
		if got, want := TruncatedVariance(x), (1-6/(x*x)+50/math.Pow(x, 4))/(x*x); relative(got, want) > 1e-10 {
			t.Errorf("TruncatedVariance(%v) = %v, want %v", x, got, want)
		}
	}
	if got := LogCDF(9); relative(got, -CDF(-9)) > 1e-15 {
		t.Errorf("LogCDF(9) = %v, want %v", got, -CDF(-9))
	}
	if !math.IsNaN(Hazard(math.NaN())) || !math.IsNaN(LogCDF(math.NaN())) {
		t.Error("NaN is lost")
	}
}

// d ln Φ(x)/dx = Hazard(-x), across every change of formula.
func TestHazardIsTheSlope(t *testing.T) {
	for x := -9.0; x < 5; x += 0.17 {
		const h = 1e-4
		slope := (8*(LogCDF(x+h)-LogCDF(x-h)) - (LogCDF(x+2*h) - LogCDF(x-2*h))) / (12 * h)
		if want := Hazard(-x); math.Abs(slope-want) > 1e-10*(1+want) {
			t.Errorf("slope of LogCDF at %v is %v, want %v", x, slope, want)
		}
		curvature := (8*(Hazard(x+h)-Hazard(x-h)) - (Hazard(x+2*h) - Hazard(x-2*h))) / (12 * h)
		if got := TruncatedVariance(x); math.Abs(got-(1-curvature)) > 1e-10 {
			t.Errorf("TruncatedVariance(%v) = %v, want %v", x, got, 1-curvature)
		}
	}
}
