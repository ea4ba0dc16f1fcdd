package viz

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
)

// Line draws y against x as a polygonal line.
func Line(p *plot.Plot, name string, x, y []float64, c Code) {
	line(p, name, x, y, c, plotter.NoStep)
}

// Steps draws y against x as stairs: the value y[i] holds from x[i] to x[i+1].
func Steps(p *plot.Plot, name string, x, y []float64, c Code) {
	line(p, name, x, y, c, plotter.PostStep)
}

// Curve draws f over [from, to], at 201 points evenly spaced on the axis, logarithmic or not.
func Curve(p *plot.Plot, name string, from, to float64, f func(float64) float64, c Code) {
	const n = 201
	if !(from < to) {
		panic(fmt.Sprintf("viz: series %q: a curve from %v to %v", name, from, to))
	}
	x, y := make([]float64, n), make([]float64, n)
	_, log := p.X.Scale.(plot.LogScale)
	for i := range x {
		x[i] = between(from, to, float64(i)/(n-1), log)
		y[i] = f(x[i])
	}
	Line(p, name, x, y, c)
}

func line(p *plot.Plot, name string, x, y []float64, c Code, step plotter.StepKind) {
	if !finite(p, name, column{"x", x}, column{"y", y}) {
		return
	}
	l := &plotter.Line{XYs: pairs(x, y), StepStyle: step, LineStyle: c.line()}
	p.Add(l)
	key(p, name, l)
}
