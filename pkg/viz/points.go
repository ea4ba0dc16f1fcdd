package viz

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Points draws markers at (x, y) with a vertical interval y ± half, such as the half-width of a confidence interval over
// replicates. half may be nil: no intervals. A negative half-width is an error, as NaN is.
func Points(p *plot.Plot, name string, x, y, half []float64, c Code) {
	columns := []column{{"x", x}, {"y", y}}
	if half != nil {
		columns = append(columns, column{"half", half})
	}
	if !finite(p, name, columns...) || !notNegative(p, name, half) {
		return
	}
	s := intervals{plotter.Scatter{XYs: pairs(x, y), GlyphStyle: c.glyph(0)}, append([]float64(nil), half...)}
	p.Add(s)
	key(p, name, s)
}

// intervals is a scatter whose points carry a vertical line with caps, cut where the axes end.
type intervals struct {
	plotter.Scatter
	half []float64
}

const capWidth = vg.Length(2.2)

func (s intervals) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	style := draw.LineStyle{Color: s.Color, Width: 1}
	for i, h := range s.half {
		at, mid := x(s.XYs[i].X), s.XYs[i].Y
		if !c.ContainsX(at) {
			continue
		}
		for _, end := range []float64{mid - h, mid + h} {
			if _, log := p.Y.Scale.(plot.LogScale); log && end <= 0 {
				end = p.Y.Min
			}
			c.StrokeLines(style, c.ClipLinesY([]vg.Point{{X: at, Y: y(mid)}, {X: at, Y: y(end)}},
				[]vg.Point{{X: at - capWidth, Y: y(end)}, {X: at + capWidth, Y: y(end)}})...)
		}
	}
	s.Scatter.Plot(c, p)
}

func (s intervals) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, xmax, ymin, ymax = s.Scatter.DataRange()
	for i, h := range s.half {
		ymin, ymax = min(ymin, s.XYs[i].Y-h), max(ymax, s.XYs[i].Y+h)
	}
	return xmin, xmax, ymin, ymax
}

func (s intervals) Thumbnail(c *draw.Canvas) {
	m := c.Center()
	if len(s.half) > 0 {
		c.StrokeLine2(draw.LineStyle{Color: s.Color, Width: 1}, m.X, c.Min.Y, m.X, c.Max.Y)
	}
	s.Scatter.Thumbnail(c)
}
