package experiment

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"
)

// Fraction is a number of successes among independent trials, as an estimate of their probability. It knows how sure it is where an
// [Interval] over runs does not: when none or all succeed, the runs have no scatter.
type Fraction struct{ Successes, Trials int }

// At returns the middle and the half-width of Wilson's score interval at a level in (0, 1): with p = k/n and z the normal quantile
//
//	middle = (p + z²/2n)/(1 + z²/n),  half = z √(p(1−p)/n + z²/4n²)/(1 + z²/n),
//
// which stays in [0, 1]. Both are NaN without trials, or where Successes is outside 0 … Trials. (Wilson 1927, J. Am. Stat. Assoc. 22:209.)
func (f Fraction) At(level float64) (middle, half float64) {
	n := float64(f.Trials)
	if f.Trials <= 0 || f.Successes < 0 || f.Successes > f.Trials {
		return math.NaN(), math.NaN()
	}
	p, z := float64(f.Successes)/n, distuv.UnitNormal.Quantile((1+level)/2)
	scale := 1 + z*z/n
	return (p + z*z/(2*n)) / scale, z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n)) / scale
}

// Estimate returns the middle and the half-width at 95 percent.
func (f Fraction) Estimate() (middle, half float64) { return f.At(0.95) }

// Bounds returns k/n and the ends of the interval at 95 percent, which hold it and stay in [0, 1]; all are NaN where [Fraction.At] is.
func (f Fraction) Bounds() (value, low, high float64) {
	middle, half := f.Estimate()
	if math.IsNaN(middle) {
		return middle, middle, middle
	}
	value = float64(f.Successes) / float64(f.Trials)
	return value, max(0, min(value, middle-half)), min(1, max(value, middle+half))
}

// String formats the fraction as "k of n: middle ± half".
func (f Fraction) String() string {
	middle, half := f.Estimate()
	return strings.ReplaceAll(fmt.Sprintf("%d of %d: %.4g ± %.2g", f.Successes, f.Trials, middle, half), "-", "−")
}
