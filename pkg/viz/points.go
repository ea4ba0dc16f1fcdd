package viz

import (
	"fmt"
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
