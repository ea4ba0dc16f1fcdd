package viz

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// Line draws y against x as a polygonal line.
func Line(p *plot.Plot, name string, x, y []float64, c Code) {
	if finite(p, name, column{"x", x}, column{"y", y}) {
		series(p, name, &plotter.Line{XYs: pairs(x, y), LineStyle: c.line()})
	}
}

// Steps draws y against x as stairs: the value y[i] holds from x[i] to x[i+1].
func Steps(p *plot.Plot, name string, x, y []float64, c Code) {
	if finite(p, name, column{"x", x}, column{"y", y}) {
		series(p, name, &plotter.Line{XYs: pairs(x, y), StepStyle: plotter.PostStep, LineStyle: c.line()})
	}
}

// Curve draws f over [from, to], at 201 points evenly spaced on the axis, logarithmic or not. It samples f at once, so
// that [LogX] must come before it; a figure whose axis has changed since is an error.
func Curve(p *plot.Plot, name string, from, to float64, f func(float64) float64, c Code) {
	const n = 201
	log := isLog(&p.X)
	if !(from < to) || infinite(from, to) || log && from <= 0 {
		panic(fmt.Sprintf("viz: series %q: a curve from %v to %v", name, from, to))
	}
	x, y := make([]float64, n), make([]float64, n)
	for i := range x {
		x[i] = between(from, to, float64(i)/(n-1), log)
		y[i] = f(x[i])
	}
	Line(p, name, x, y, c)
	p.Add(layer{span: nowhere, draw: func(_ draw.Canvas, p *plot.Plot) {
		if isLog(&p.X) != log {
			fail("series %q: LogX must come before Curve", name)
		}
	}})
}

// Band draws y against x as a line inside a pale band y ± half, such as a learning curve with its confidence interval.
func Band(p *plot.Plot, name string, x, y, half []float64, c Code) {
	if !finite(p, name, column{"x", x}, column{"y", y}, column{"half", half}) {
		return
	}
	n := len(x)
	ring := make(plotter.XYs, 2*n) // lower edge forwards, upper edge backwards
	for i := range x {
		ring[i] = plotter.XY{X: x[i], Y: y[i] - half[i]}
		ring[2*n-1-i] = plotter.XY{X: x[i], Y: y[i] + half[i]}
	}
	b := layer{span: spanOf(ring)}
	area, line := plotter.Polygon{XYs: []plotter.XYs{ring}, Color: pale(c)}, plotter.Line{XYs: pairs(x, y), LineStyle: c.line()}
	b.draw = func(c draw.Canvas, p *plot.Plot) {
		if n > 0 {
			area.Plot(c, p)
		}
		line.Plot(c, p)
	}
	b.sample = func(to *draw.Canvas) {
		to.SetColor(pale(c))
		to.Fill(to.Rectangle.Path())
		line.Thumbnail(to)
	}
	series(p, name, b)
}

// Boundary draws y against x as a line with a white edge, visible on every colour of a map.
func Boundary(p *plot.Plot, name string, x, y []float64, c Code) {
	if finite(p, name, column{"x", x}, column{"y", y}) {
		edged(p, name, c, pairs(x, y))
	}
}

func spanOf(xys plotter.XYs) (s span) {
	s.x0, s.x1, s.y0, s.y1 = plotter.XYRange(xys)
	return s
}
