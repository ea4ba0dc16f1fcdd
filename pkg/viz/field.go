package viz

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Field draws the vector field (dx, dy) = f(x, y) as n × n arrows, centred in the cells of [x0, x1] × [y0, y1]. An arrow is
// tangent to the trajectory through its centre; its length grows as the square root of the speed on the page, so that slow drifts
// remain visible, and the longest fills its cell. f must be finite at every arrow, and the axes linear; else there is an error.
func Field(p *plot.Plot, name string, x0, x1, y0, y1 float64, n int, f func(x, y float64) (dx, dy float64), c Code) {
	over := span{x0, x1, y0, y1}
	mustSpan(name, over)
	if n <= 0 {
		panic(fmt.Sprintf("viz: field %q of %d × %d arrows", name, n, n))
	}
	type arrow struct{ x, y, dx, dy float64 }
	var arrows []arrow
	for k := range n * n {
		x, y := between(x0, x1, (float64(k%n)+0.5)/float64(n), false), between(y0, y1, (float64(k/n)+0.5)/float64(n), false)
		dx, dy := f(x, y)
		if infinite(dx, dy) {
			refuse(p, "field %q is (%v, %v) at (%v, %v)", name, dx, dy, x, y)
			return
		}
		arrows = append(arrows, arrow{x, y, dx, dy})
	}
	l := layer{span: over, data: make([]column, 4)}
	for _, a := range arrows {
		for i, v := range []float64{a.x, a.y, a.dx, a.dy} {
			l.data[i].name, l.data[i].values = []string{"x", "y", "dx", "dy"}[i], append(l.data[i].values, v)
		}
	}
	l.draw = func(to draw.Canvas, p *plot.Plot) {
		mustBeLinear(p, name)
		x, y := p.Transforms(&to)
		width, height := (x(x1) - x(x0)).Points(), (y(y1) - y(y0)).Points()
		velocity, fastest := make([]vg.Point, len(arrows)), 0.0 // on the page
		for k, a := range arrows {
			velocity[k] = vg.Point{X: vg.Length(a.dx / (x1 - x0) * width), Y: vg.Length(a.dy / (y1 - y0) * height)}
			fastest = max(fastest, norm(velocity[k]))
		}
		longest := 0.9 * min(math.Abs(width), math.Abs(height)) / float64(n)
		var tails, tips []vg.Point
		for k, a := range arrows {
			if v := velocity[k]; v != (vg.Point{}) {
				half := v.Scale(vg.Length(longest * math.Sqrt(norm(v)/fastest) / 2 / norm(v)))
				at := vg.Point{X: x(a.x), Y: y(a.y)}
				tails, tips = append(tails, at.Sub(half)), append(tips, at.Add(half))
			}
		}
		strokeArrows(to, c, tails, tips)
	}
	l.sample = func(to *draw.Canvas) {
		y := to.Center().Y
		strokeArrows(*to, c, []vg.Point{{X: to.Min.X + 2, Y: y}}, []vg.Point{{X: to.Max.X - 2, Y: y}})
	}
	series(p, name, l)
}

func norm(p vg.Point) float64 { return math.Hypot(p.X.Points(), p.Y.Points()) }

// strokeArrows draws arrows, shafts first; a head is two fifths of its arrow's length, at most 4 points.
func strokeArrows(c draw.Canvas, code Code, tails, tips []vg.Point) {
	for i, tip := range tips {
		c.StrokeLine2(draw.LineStyle{Color: code, Width: 0.9}, tails[i].X, tails[i].Y, tip.X, tip.Y)
	}
	for i, tip := range tips {
		d := tip.Sub(tails[i])
		size, angle := min(4, 0.4*norm(d)), math.Atan2(d.Y.Points(), d.X.Points())
		head := []vg.Point{tip}
		for _, side := range []float64{-1, 1} {
			sin, cos := math.Sincos(angle + math.Pi + side*0.42)
			head = append(head, tip.Add(vg.Point{X: vg.Length(size * cos), Y: vg.Length(size * sin)}))
		}
		c.FillPolygon(code, head)
	}
}
