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
// replicates. half may be nil: no intervals. A negative half-width is an error, as NaN is.
func Points(p *plot.Plot, name string, x, y, half []float64, c Code) {
	intervals(p, name, x, y, half, false, c)
}

// Estimates draws markers at (x, mean) with vertical intervals mean ± half, as [Points] does.
func Estimates[T interface{ Estimate() (mean, half float64) }](p *plot.Plot, name string, x []float64, values []T, c Code) {
	y, half := make([]float64, len(values)), make([]float64, len(values))
	for k, v := range values {
		y[k], half[k] = v.Estimate()
	}
	Points(p, name, x, y, half, c)
}

// Dots draws one marker in each row, at x, with a horizontal interval x ± half, unless half is nil; the rows are labelled on the
// vertical axis, the first at the top. Further series on the same plot have the same labels.
func Dots(p *plot.Plot, name string, labels []string, x, half []float64, c Code) {
	if len(labels) != len(x) {
		panic(fmt.Sprintf("viz: series %q: %d labels for %d of x", name, len(labels), len(x)))
	}
	rows, ticks := make([]float64, len(x)), make(plot.ConstantTicks, len(x))
	for i := range rows {
		rows[i] = -float64(i)
		ticks[i] = plot.Tick{Value: rows[i], Label: labels[i]}
	}
	p.Y.Tick.Marker, p.Y.Tick.Length, p.Y.LineStyle.Width = ticks, 0, 0
	intervals(p, name, x, rows, half, true, c)
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
func intervals(p *plot.Plot, name string, x, y, half []float64, horizontal bool, code Code) {
	columns := []column{{"x", x}, {"y", y}}
	if half != nil {
		columns = append(columns, column{"half", half})
	}
	if !finite(p, name, columns...) {
		return
	}
	xys, half := pairs(x, y), slices.Clone(half)
	markers := plotter.Scatter{XYs: xys, GlyphStyle: code.glyph(0)}
	style := draw.LineStyle{Color: code, Width: 1}
	l := layer{span: spanOf(xys)}
	for i, h := range half {
		if horizontal {
			l.x0, l.x1 = min(l.x0, xys[i].X-h), max(l.x1, xys[i].X+h)
		} else {
			l.y0, l.y1 = min(l.y0, xys[i].Y-h), max(l.y1, xys[i].Y+h)
		}
	}
	if horizontal {
		l.y0, l.y1 = l.y0-0.5, l.y1+0.5
	}
	l.draw = func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		for i, h := range half {
			at := vg.Point{X: x(xys[i].X), Y: y(xys[i].Y)}
			for _, by := range []float64{-h, h} {
				end, bar, clip, inside := at, vg.Point{X: capWidth}, c.ClipLinesY, c.ContainsX(at.X)
				if horizontal {
					end.X, bar, clip, inside = x(within(&p.X, xys[i].X+by)), vg.Point{Y: capWidth}, c.ClipLinesX, c.ContainsY(at.Y)
				} else {
					end.Y = y(within(&p.Y, xys[i].Y+by))
				}
				if inside {
					c.StrokeLines(style, clip([]vg.Point{at, end}, []vg.Point{end.Sub(bar), end.Add(bar)})...)
				}
			}
		}
		markers.Plot(c, p)
	}
	l.sample = func(c *draw.Canvas) {
		if len(half) > 0 && !horizontal {
			x := c.Center().X
			c.StrokeLine2(style, x, c.Min.Y, x, c.Max.Y)
		}
		markers.Thumbnail(c)
	}
	series(p, name, l)
}
