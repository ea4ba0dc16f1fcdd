package model

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Interval is the mean of independent values with its confidence interval
// [Mean − Half, Mean + Half].
type Interval struct {
	Mean, Half float64
	N          int // number of values
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
		panic(fmt.Sprintf("model: level = %v outside (0, 1)", level))
	}
	n := len(values)
	if n < 2 {
		return Interval{Mean: stat.Mean(values, nil), Half: math.NaN(), N: n}
	}
	mean, sd := stat.MeanStdDev(values, nil)
	t := distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)}.Quantile((1 + level) / 2)
	return Interval{Mean: mean, Half: t * sd / math.Sqrt(float64(n)), N: n}
}

// Estimate returns the mean and the half-width.
func (v Interval) Estimate() (mean, half float64) { return v.Mean, v.Half }

// String formats the interval as "mean ± half (n = …)".
func (v Interval) String() string {
	return strings.ReplaceAll(fmt.Sprintf("%.4g ± %.2g (n = %d)", v.Mean, v.Half, v.N), "-", "−")
}
