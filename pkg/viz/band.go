package viz

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// Band draws y against x as a line inside a pale band y ± half, such as a learning curve with its confidence interval.
func Band(p *plot.Plot, name string, x, y, half []float64, c Code) {
	if !finite(p, name, column{"x", x}, column{"y", y}, column{"half", half}) || !notNegative(p, name, half) {
		return
	}
	n := len(x)
	ring := make(plotter.XYs, 2*n)
	for i := range x {
		ring[i] = plotter.XY{X: x[i], Y: y[i] - half[i]}
		ring[2*n-1-i] = plotter.XY{X: x[i], Y: y[i] + half[i]}
	}
	b := band{ring, plotter.Line{XYs: pairs(x, y), LineStyle: c.line()}, c}
	p.Add(b)
	key(p, name, b)
}

type band struct {
	ring plotter.XYs // lower edge forwards, upper edge backwards
	plotter.Line
	code Code
}

func (b band) Plot(c draw.Canvas, p *plot.Plot) {
	if len(b.ring) > 0 {
		fill := plotter.Polygon{XYs: []plotter.XYs{b.ring}, Color: pale(b.code)}
		fill.Plot(c, p)
	}
	b.Line.Plot(c, p)
}

func (b band) DataRange() (xmin, xmax, ymin, ymax float64) { return plotter.XYRange(b.ring) }

func (b band) Thumbnail(c *draw.Canvas) {
	c.SetColor(pale(b.code))
	c.Fill(c.Rectangle.Path())
	b.Line.Thumbnail(c)
}
