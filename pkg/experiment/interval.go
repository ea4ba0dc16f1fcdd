package experiment

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Interval is a mean with its confidence interval [Mean − Half, Mean + Half].
type Interval struct {
	Mean, Half float64
	N          int     // number of values; 0 if it is not known, which counts as many
	Level      float64 // of the interval, in (0, 1); default .95
}

// NewInterval returns the mean of the values and Student's t interval of the
// given level, in (0, 1),
//
//	Half = t_{(1+level)/2, n−1} s / √n,
//
// with s² the unbiased variance. The mean of no value and the interval of
// fewer than two are NaN. It panics if level is outside (0, 1).
func NewInterval(values []float64, level float64) Interval {
	if !(level > 0 && level < 1) {
		panic(fmt.Sprintf("experiment: level = %v outside (0, 1)", level))
	}
	n := len(values)
	if n < 2 {
		return Interval{Mean: stat.Mean(values, nil), Half: math.NaN(), N: n, Level: level}
	}
	mean, sd := stat.MeanStdDev(values, nil)
	return Interval{Mean: mean, Half: student(level, n) * sd / math.Sqrt(float64(n)), N: n, Level: level}
}

// student is the half-width of the interval in standard errors, with n values.
func student(level float64, n int) float64 {
	switch n {
	case 0:
		return distuv.UnitNormal.Quantile((1 + level) / 2)
	case 1:
		return math.NaN()
	}
	return distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)}.Quantile((1 + level) / 2)
}

// At returns the mean and the half-width of the interval at another level, in (0, 1).
func (v Interval) At(level float64) (mean, half float64) {
	return v.Mean, v.Half * student(level, v.N) / student(cmp.Or(v.Level, 0.95), v.N)
}

// Estimate returns the mean and the half-width.
func (v Interval) Estimate() (mean, half float64) { return v.Mean, v.Half }

// String formats the interval as "mean ± half (n = …)", without the bracket if N is not known.
func (v Interval) String() string {
	text := fmt.Sprintf("%.4g ± %.2g", v.Mean, v.Half)
	if v.N != 0 {
		text += fmt.Sprintf(" (n = %d)", v.N)
	}
	return strings.ReplaceAll(text, "-", "−")
}
