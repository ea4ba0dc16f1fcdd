package viz

import (
	"fmt"
	"image/color"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// Line draws y against x as a polygonal line.
func Line(p *plot.Plot, name string, x, y []float64, c Code) {
	if finite(p, name, column{"x", x}, column{"y", y}) {
		polygon(p, name, plotter.Line{XYs: pairs(x, y), LineStyle: c.line()}, x, y)
	}
}

// polygon adds a line through (x, y).
func polygon(p *plot.Plot, name string, line plotter.Line, x, y []float64) {
	l := layer{span: spanOf(line.XYs), sample: line.Thumbnail, room: line.GlyphBoxes, data: keep(column{"x", x}, column{"y", y})}
	l.draw = func(c draw.Canvas, p *plot.Plot) { line.Plot(c, p) }
	series(p, name, l)
}

// Steps draws y against x as stairs: the value y[i] holds from x[i] to x[i+1].
func Steps(p *plot.Plot, name string, x, y []float64, c Code) {
	if finite(p, name, column{"x", x}, column{"y", y}) {
		polygon(p, name, plotter.Line{XYs: pairs(x, y), StepStyle: plotter.PostStep, LineStyle: c.line()}, x, y)
	}
}

// Curve draws f over [from, to], at 201 points evenly spaced on the axis, logarithmic or not. It samples f at once, so
// that [LogX] must come before it; a figure whose axis has changed since is an error.
func Curve(p *plot.Plot, name string, from, to float64, f func(float64) float64, c Code) {
	x, y := sampled(p, name, from, to, 201, f)
	Line(p, name, x, y, c)
}

// sampled returns n values of f at points that are evenly spaced on the axis, and has the plot fail if it is another one in the end.
func sampled(p *plot.Plot, name string, from, to float64, n int, f func(float64) float64) (x, y []float64) {
	log := isLog(&p.X)
	if !(from < to) || infinite(from, to) || log && from <= 0 {
		panic(fmt.Sprintf("viz: series %q: a curve from %v to %v", name, from, to))
	}
	x, y = make([]float64, n), make([]float64, n)
	for i := range x {
		x[i] = between(from, to, float64(i)/float64(n-1), log)
		y[i] = f(x[i])
	}
	p.Add(layer{span: nowhere, draw: func(_ draw.Canvas, p *plot.Plot) {
		if isLog(&p.X) != log {
			fail("series %q: LogX must come before Curve", name)
		}
	}})
	return x, y
}

// Jump is [Curve] for an f that jumps at a place: the curve has two parts of 101 points each, up to there and from a billionth of its length
// beyond.
func Jump(p *plot.Plot, name string, from, at, to float64, f func(float64) float64, c Code) {
	var parts []plotter.XYs
	for _, ends := range [][2]float64{{from, at}, {at + 1e-9*(to-from), to}} {
		x, y := sampled(p, name, ends[0], ends[1], 101, f)
		if !finite(p, name, column{"x", x}, column{"y", y}) {
			return
		}
		parts = append(parts, pairs(x, y))
	}
	inParts(p, name, parts, c.line())
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
	b := layer{span: spanOf(ring), data: keep(column{"x", x}, column{"y", y}, column{"ylow", nil}, column{"yhigh", nil})}
	for i := range x {
		b.data[2].values, b.data[3].values = append(b.data[2].values, ring[i].Y), append(b.data[3].values, ring[2*n-1-i].Y)
	}
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

// Level draws the curve f(x, y) = 0 inside the rectangle [x0, x1] × [y0, y1], traced on a grid of 121 × 121 points: a
// nullcline, or a boundary that theory gives implicitly. Where f is not finite, or does not change its sign, nothing is drawn. The
// line has a white edge, so that it is visible on every colour of a map.
func Level(p *plot.Plot, name string, x0, x1, y0, y1 float64, f func(x, y float64) float64, c Code) {
	mustSpan(name, span{x0, x1, y0, y1})
	edged(p, name, c, trace(x0, x1, y0, y1, f)...)
}

// edged draws lines with a white edge.
func edged(p *plot.Plot, name string, c Code, paths ...plotter.XYs) {
	inParts(p, name, paths, draw.LineStyle{Color: color.White, Width: lineWidth + 1.6}, c.line())
}

// inParts draws the parts of a curve in each style, one over the other; the last is that of its sample.
func inParts(p *plot.Plot, name string, paths []plotter.XYs, styles ...draw.LineStyle) {
	l := layer{span: nowhere, sample: (&plotter.Line{LineStyle: styles[len(styles)-1]}).Thumbnail}
	var x, y, part []float64
	for i, path := range paths {
		for _, at := range path {
			x, y, part = append(x, at.X), append(y, at.Y), append(part, float64(i+1))
		}
	}
	if len(x) > 0 {
		l.span = spanOf(slices.Concat(paths...))
	}
	l.data = []column{{"x", x}, {"y", y}}
	if len(paths) > 1 {
		l.data = append(l.data, column{"part", part})
	}
	l.draw = func(to draw.Canvas, p *plot.Plot) {
		for _, style := range styles {
			for _, path := range paths {
				(&plotter.Line{XYs: path, LineStyle: style}).Plot(to, p)
			}
		}
	}
	l.room = func(p *plot.Plot) (boxes []plot.GlyphBox) {
		for _, path := range paths {
			boxes = append(boxes, (&plotter.Line{XYs: path, LineStyle: styles[0]}).GlyphBoxes(p)...)
		}
		return boxes
	}
	series(p, name, l)
}

// trace follows f = 0 by marching squares: in each cell of the grid, the curve joins the edges, from node to node, on which f
// changes its sign. (plotter.Contour crashes on zeros at a node.)
func trace(x0, x1, y0, y1 float64, f func(x, y float64) float64) []plotter.XYs {
	const n = 121
	var z [n * n]float64
	node := func(k int) plotter.XY {
		return plotter.XY{X: between(x0, x1, float64(k%n)/(n-1), false), Y: between(y0, y1, float64(k/n)/(n-1), false)}
	}
	for k := range z {
		at := node(k)
		z[k] = f(at.X, at.Y)
	}
	type edge struct{ from, to int }
	next := map[edge][]edge{} // one or two neighbours on the curve
	var order []edge
	for k := range n * (n - 1) {
		if k%n == n-1 || infinite(z[k], z[k+1], z[k+n], z[k+n+1]) {
			continue
		}
		corners := []int{k, k + 1, k + n + 1, k + n} // round the cell
		var crossed []edge
		for i, a := range corners {
			b := corners[(i+1)%4]
			if (z[a] < 0) != (z[b] < 0) {
				crossed = append(crossed, edge{min(a, b), max(a, b)})
			}
		}
		if len(crossed) == 4 && (z[k]+z[k+1]+z[k+n]+z[k+n+1] < 0) != (z[k] < 0) { // a saddle: a curve cuts off k
			crossed = append(crossed[1:], crossed[0])
		}
		for i := 0; i+1 < len(crossed); i += 2 {
			a, b := crossed[i], crossed[i+1]
			next[a], next[b] = append(next[a], b), append(next[b], a)
			order = append(order, a, b)
		}
	}
	var paths []plotter.XYs
	done := map[edge]bool{}
	isDone := func(e edge) bool { return done[e] }
	for _, neighbours := range []int{1, 2} { // open curves from their ends, then loops from anywhere
		for _, e := range order {
			if done[e] || len(next[e]) != neighbours {
				continue
			}
			var path plotter.XYs
			for !done[e] {
				done[e] = true
				a, b, part := node(e.from), node(e.to), z[e.from]/(z[e.from]-z[e.to])
				path = append(path, plotter.XY{X: between(a.X, b.X, part, false), Y: between(a.Y, b.Y, part, false)})
				if more := slices.DeleteFunc(slices.Clone(next[e]), isDone); len(more) > 0 {
					e = more[0]
				}
			}
			if len(path) > 2 && len(next[e]) == 2 { // a loop closes
				path = append(path, path[0])
			}
			paths = append(paths, path)
		}
	}
	return paths
}
