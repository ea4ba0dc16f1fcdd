package viz

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Field draws the vector field (dx, dy) = f(x, y) as n × n arrows, centred in the cells of [x0, x1] × [y0, y1]. An arrow is
// tangent, on the page, to the trajectory through its centre; its length grows as the square root of the speed on the page, so that slow
// drifts remain visible, and the longest fills its cell. f must be finite at every arrow, and the axes
// linear; else there is an error.
func Field(p *plot.Plot, name string, x0, x1, y0, y1 float64, n int, f func(x, y float64) (dx, dy float64), c Code) {
	over := span{x0, x1, y0, y1}
	mustSpan(name, over)
	if n <= 0 {
		panic(fmt.Sprintf("viz: field %q of %d × %d arrows", name, n, n))
	}
	q := quiver{name: name, span: over, n: n, code: c}
	for j := range n {
		for i := range n {
			a := arrow{x: between(x0, x1, (float64(i)+0.5)/float64(n), false), y: between(y0, y1, (float64(j)+0.5)/float64(n), false)}
			a.dx, a.dy = f(a.x, a.y)
			if infinite(a.dx, a.dy) {
				refuse(p, "field %q is (%v, %v) at (%v, %v)", name, a.dx, a.dy, a.x, a.y)
				return
			}
			q.arrows = append(q.arrows, a)
		}
	}
	series(p, name, q)
}

type arrow struct{ x, y, dx, dy float64 }

type quiver struct {
	name string
	span
	n      int
	arrows []arrow
	code   Code
}

func (q quiver) Plot(c draw.Canvas, p *plot.Plot) {
	mustBeLinear(p, q.name)
	x, y := p.Transforms(&c)
	width, height := x(q.x1)-x(q.x0), y(q.y1)-y(q.y0)
	onPage := func(a arrow) (u, v, speed float64) {
		u = a.dx / (q.x1 - q.x0) * width.Points()
		v = a.dy / (q.y1 - q.y0) * height.Points()
		return u, v, math.Hypot(u, v)
	}
	fastest := 0.0
	for _, a := range q.arrows {
		_, _, s := onPage(a)
		fastest = max(fastest, s)
	}
	longest := 0.9 * math.Min(math.Abs(width.Points()), math.Abs(height.Points())) / float64(q.n)
	var tails, tips []vg.Point
	for _, a := range q.arrows {
		u, v, speed := onPage(a)
		if speed == 0 {
			continue
		}
		length := longest * math.Sqrt(speed/fastest)
		half := vg.Point{X: vg.Length(u / speed * length / 2), Y: vg.Length(v / speed * length / 2)}
		at := vg.Point{X: x(a.x), Y: y(a.y)}
		tails, tips = append(tails, at.Sub(half)), append(tips, at.Add(half))
	}
	q.stroke(c, tails, tips)
}

// stroke draws arrows, shafts first; a head is two fifths of its arrow's length, at most 4 points.
func (q quiver) stroke(c draw.Canvas, tails, tips []vg.Point) {
	for i, tip := range tips {
		c.StrokeLine2(draw.LineStyle{Color: q.code, Width: 0.9}, tails[i].X, tails[i].Y, tip.X, tip.Y)
	}
	for i, tip := range tips {
		d := tip.Sub(tails[i])
		size := math.Min(4, 0.4*math.Hypot(float64(d.X), float64(d.Y)))
		angle := math.Atan2(float64(d.Y), float64(d.X))
		var head vg.Path
		head.Move(tip)
		for _, side := range []float64{-1, 1} {
			sin, cos := math.Sincos(angle + math.Pi + side*0.42)
			head.Line(tip.Add(vg.Point{X: vg.Length(size * cos), Y: vg.Length(size * sin)}))
		}
		head.Close()
		c.Fill(head)
	}
}

func (q quiver) Thumbnail(c *draw.Canvas) {
	y := c.Center().Y
	q.stroke(*c, []vg.Point{{X: c.Min.X + 2, Y: y}}, []vg.Point{{X: c.Max.X - 2, Y: y}})
}
