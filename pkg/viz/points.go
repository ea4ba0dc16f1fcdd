package viz

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Points draws markers at (x, y) with a vertical interval y ± half, such as the half-width of a confidence interval over
// replicates. half may be nil: no intervals. A negative half-width is an error, as NaN is. Of fractions, see [Fractions].
func Points(p *plot.Plot, name string, x, y, half []float64, c Code) {
	if low, high, ok := around(p, name, y, half, column{"x", x}, column{"y", y}); ok {
		intervals(p, name, x, y, low, high, false, c)
	}
}

// Dots draws one marker in each row, at x, with a horizontal interval x ± half, unless half is nil; the rows are labelled on the
// vertical axis, the first at the top. Further series on the same plot have the same labels.
func Dots(p *plot.Plot, name string, labels []string, x, half []float64, c Code) {
	y := rows(p, name, labels, len(x))
	if low, high, ok := around(p, name, x, half, column{"x", x}, column{"y", y}); ok {
		intervals(p, name, x, y, low, high, true, c)
	}
}

// rows labels the vertical axis with n rows and returns where they are.
func rows(p *plot.Plot, name string, labels []string, n int) []float64 {
	if len(labels) != n {
		panic(fmt.Sprintf("viz: series %q: %d labels for %d of x", name, len(labels), n))
	}
	y, ticks := make([]float64, n), make(plot.ConstantTicks, n)
	for i := range y {
		y[i] = -float64(i)
		ticks[i] = plot.Tick{Value: y[i], Label: labels[i]}
	}
	p.Y.Tick.Marker, p.Y.Tick.Length, p.Y.LineStyle.Width = ticks, 0, 0
	return y
}

// around returns the ends of the intervals middle ± half (nil: none) of a series with these columns.
func around(p *plot.Plot, name string, middle, half []float64, columns ...column) (low, high []float64, ok bool) {
	if half == nil {
		return nil, nil, true
	}
	if !finite(p, name, append(columns, column{"half", half})...) {
		return nil, nil, false
	}
	low, high = make([]float64, len(half)), make([]float64, len(half))
	for i, h := range half {
		low[i], high[i] = middle[i]-h, middle[i]+h
	}
	return low, high, true
}

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

const capWidth = vg.Length(2.2)

// within returns the end of the axis for a value that a logarithmic one cannot show.
func within(a *plot.Axis, v float64) float64 {
	if isLog(a) && v <= 0 {
		return a.Min
	}
	return v
}

// intervals draws markers with lines that end in caps, vertical or horizontal, cut where the axes end. Rows of horizontal ones
// reach half a row above and below.
func intervals(p *plot.Plot, name string, x, y, low, high []float64, horizontal bool, code Code) {
	all := []column{{"x", x}, {"y", y}}
	middle, ends := y, []string{"ylow", "yhigh"}
	if horizontal {
		middle, ends = x, []string{"xlow", "xhigh"}
	}
	if low != nil || high != nil {
		all = append(all, column{ends[0], low}, column{ends[1], high})
	}
	if !finite(p, name, all...) {
		return
	}
	for i := range low {
		if !(low[i] <= middle[i] && middle[i] <= high[i]) {
			refuse(p, "series %q: the interval [%v, %v] about %v, value %d", name, low[i], high[i], middle[i], i)
			return
		}
	}
	low, high = slices.Clone(low), slices.Clone(high)
	xys := pairs(x, y)
	markers := plotter.Scatter{XYs: xys, GlyphStyle: code.glyph(0)}
	style := draw.LineStyle{Color: code, Width: 1}
	l := layer{span: spanOf(xys), data: keep(all...)}
	for i := range low {
		if horizontal {
			l.x0, l.x1 = min(l.x0, low[i]), max(l.x1, high[i])
		} else {
			l.y0, l.y1 = min(l.y0, low[i]), max(l.y1, high[i])
		}
	}
	if horizontal {
		l.y0, l.y1 = l.y0-0.5, l.y1+0.5
	}
	l.draw = func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		for i := range low {
			at := vg.Point{X: x(xys[i].X), Y: y(xys[i].Y)}
			for _, v := range []float64{low[i], high[i]} {
				end, bar, clip, inside := at, vg.Point{X: capWidth}, c.ClipLinesY, c.ContainsX(at.X)
				if horizontal {
					end.X, bar, clip, inside = x(within(&p.X, v)), vg.Point{Y: capWidth}, c.ClipLinesX, c.ContainsY(at.Y)
				} else {
					end.Y = y(within(&p.Y, v))
				}
				if inside {
					c.StrokeLines(style, clip([]vg.Point{at, end}, []vg.Point{end.Sub(bar), end.Add(bar)})...)
				}
			}
		}
		markers.Plot(c, p)
	}
	l.sample = func(c *draw.Canvas) {
		if len(low) > 0 && !horizontal {
			x := c.Center().X
			c.StrokeLine2(style, x, c.Min.Y, x, c.Max.Y)
		}
		markers.Thumbnail(c)
	}
	series(p, name, l)
}
