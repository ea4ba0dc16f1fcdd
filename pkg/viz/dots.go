package viz

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Dots draws one marker in each row, at x, with a horizontal interval x ± half; the rows are labelled on the vertical axis, the
// first at the top: knock-outs, or the rungs of a ladder, whose names are too long to stand side by side. half may be nil.
// Further series on the same plot have the same labels.
func Dots(p *plot.Plot, name string, labels []string, x, half []float64, c Code) {
	if len(labels) != len(x) {
		panic(fmt.Sprintf("viz: series %q: %d labels for %d of x", name, len(labels), len(x)))
	}
	columns := []column{{"x", x}}
	if half != nil {
		columns = append(columns, column{"half", half})
	}
	if !finite(p, name, columns...) || !notNegative(p, name, half) {
		return
	}
	rows, ticks := make([]float64, len(x)), make(plot.ConstantTicks, len(x))
	for i := range rows {
		rows[i] = -float64(i)
		ticks[i] = plot.Tick{Value: rows[i], Label: labels[i]}
	}
	p.Y.Tick.Marker, p.Y.Tick.Length, p.Y.LineStyle.Width = ticks, 0, 0
	d := dots{plotter.Scatter{XYs: pairs(x, rows), GlyphStyle: c.glyph(0)}, append([]float64(nil), half...)}
	p.Add(d)
	key(p, name, d)
}

// dots is a scatter whose points carry a horizontal line with caps.
type dots struct {
	plotter.Scatter
	half []float64
}

func (d dots) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	style := draw.LineStyle{Color: d.Color, Width: 1}
	for i, h := range d.half {
		at, mid := y(d.XYs[i].Y), d.XYs[i].X
		for _, end := range []float64{mid - h, mid + h} {
			if _, log := p.X.Scale.(plot.LogScale); log && end <= 0 {
				end = p.X.Min
			}
			c.StrokeLines(style, c.ClipLinesX([]vg.Point{{X: x(mid), Y: at}, {X: x(end), Y: at}},
				[]vg.Point{{X: x(end), Y: at - capWidth}, {X: x(end), Y: at + capWidth}})...)
		}
	}
	d.Scatter.Plot(c, p)
}

// DataRange leaves half a row free above and below.
func (d dots) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, xmax, ymin, ymax = d.Scatter.DataRange()
	for i, h := range d.half {
		xmin, xmax = min(xmin, d.XYs[i].X-h), max(xmax, d.XYs[i].X+h)
	}
	return xmin, xmax, ymin - 0.5, ymax + 0.5
}

func (d dots) Thumbnail(c *draw.Canvas) { d.Scatter.Thumbnail(c) }
