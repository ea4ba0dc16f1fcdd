package viz

import (
	"math"

	"gonum.org/v1/plot"
)

// Estimated is a value with the half-width of its interval. One that also has
//
//	Bounds() (value, low, high float64)
//
// is drawn with the ends of that interval, which need not be equally far from the value. experiment.Interval is of the first kind,
// experiment.Fraction and [Range] are of the second.
type Estimated interface{ Estimate() (mean, half float64) }

// Range is a value in its interval [Low, High].
type Range struct{ Value, Low, High float64 }

// Bounds returns the fields.
func (r Range) Bounds() (value, low, high float64) { return r.Value, r.Low, r.High }

// Estimate returns the middle and the half-width of the interval.
func (r Range) Estimate() (middle, half float64) { return (r.Low + r.High) / 2, (r.High - r.Low) / 2 }

// Estimates draws markers at (x, value) with vertical intervals, as [Points] does. An interval that does not hold its value is an error.
func Estimates[T Estimated](p *plot.Plot, name string, x []float64, values []T, c Code) {
	y, low, high := bounds(values)
	intervals(p, name, x, y, low, high, false, c)
}

// EstimateDots draws one marker in each row with a horizontal interval, as [Dots] does.
func EstimateDots[T Estimated](p *plot.Plot, name string, labels []string, values []T, c Code) {
	x, low, high := bounds(values)
	intervals(p, name, x, rows(p, name, labels, len(x)), low, high, true, c)
}

func bounds[T Estimated](values []T) (value, low, high []float64) {
	value, low, high = make([]float64, len(values)), make([]float64, len(values)), make([]float64, len(values))
	for k, v := range values {
		if r, ok := any(v).(interface {
			Bounds() (value, low, high float64)
		}); ok {
			value[k], low[k], high[k] = r.Bounds()
			continue
		}
		mean, half := v.Estimate()
		value[k], low[k], high[k] = mean, mean-half, mean+half
	}
	return value, low, high
}

// Fractions gives means of fractions, such as error rates of several runs, intervals that stay in [0, 1], for [Estimates] and
// [EstimateDots]. They are score intervals as Wilson's: the probabilities q for which the mean m is not further from q than h, the half-width,
// would be if the scatter were that of q,
//
//	(m − q)² ≤ u q(1 − q),  u = h²/m(1 − m),
//
// so that the ends are (m + u/2 ± √(u m(1−m) + u²/4))/(1 + u). Where the interval is short it is m ± h. A mean of 0 or 1 whose h is 0 has none:
// its runs do not say how sure it is, but their successes and trials do (experiment.Fraction, which needs no call of this). Outside [0, 1] the
// interval is NaN, which is not drawn. (Wilson 1927, J. Am. Stat. Assoc. 22:209.)
func Fractions[T Estimated](values []T) []Range {
	ranges := make([]Range, len(values))
	for k, v := range values {
		m, h := v.Estimate()
		switch variance := m * (1 - m); {
		case !(0 <= m && m <= 1):
			ranges[k] = Range{m, math.NaN(), math.NaN()}
		case h == 0:
			ranges[k] = Range{m, m, m}
		default:
			u := h * h / variance
			middle, half := (m+u/2)/(1+u), math.Sqrt(h*h+u*u/4)/(1+u)
			ranges[k] = Range{m, max(0, middle-half), min(1, middle+half)}
		}
	}
	return ranges
}
