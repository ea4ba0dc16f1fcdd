package viz

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot/vg"
)

// pathWriter writes path data in hundredths of a point, relative to where the pen is: half the length of absolute coordinates.
// Positions are rounded before they are subtracted, so that errors do not add up.
type pathWriter struct {
	*bytes.Buffer
	x, y, x0, y0 int // the pen, and the start of the subpath
}

// to writes a command whose arguments end at the last of the points.
func (w *pathWriter) to(command byte, m affine, points ...vg.Point) {
	w.WriteByte(command)
	var x, y int
	for i, p := range points {
		q := m.apply(p)
		x, y = hundredths(q.X.Points()), hundredths(q.Y.Points())
		w.coordinate(x-w.x, i == 0)
		w.coordinate(y-w.y, false)
	}
	w.x, w.y = x, y
	if command == 'm' {
		w.x0, w.y0 = x, y
	}
}

// coordinate writes a number, after a space unless it begins the arguments or with a minus sign.
func (w *pathWriter) coordinate(v int, first bool) {
	if !first && v >= 0 {
		w.WriteByte(' ')
	}
	w.WriteString(strconv.FormatFloat(float64(v)/100, 'f', -1, 64))
}

// path writes a path that is drawn with the transformation m.
func (w *pathWriter) path(p vg.Path, m affine) {
	for i, e := range p {
		switch e.Type {
		case vg.MoveComp:
			w.to('m', m, e.Pos)
		case vg.LineComp:
			w.to('l', m, e.Pos)
		case vg.CurveComp:
			w.to(" qc"[len(e.Control)], m, append(e.Control[:len(e.Control):len(e.Control)], e.Pos)...)
		case vg.CloseComp:
			w.WriteByte('z')
			w.x, w.y = w.x0, w.y0
		case vg.ArcComp:
			w.arc(e, m, i == 0)
		}
	}
}

// arc writes an arc in halves, since SVG has no full circle, after a line to its start unless it begins the path.
func (w *pathWriter) arc(e vg.PathComp, m affine, first bool) {
	at := func(part float64) vg.Point {
		sin, cos := math.Sincos(e.Start + part*e.Angle)
		return e.Pos.Add(vg.Point{X: e.Radius * vg.Length(cos), Y: e.Radius * vg.Length(sin)})
	}
	switch q := m.apply(at(0)); {
	case first:
		w.to('m', m, at(0))
	case hundredths(q.X.Points()) != w.x || hundredths(q.Y.Points()) != w.y:
		w.to('l', m, at(0))
	}
	sweep := 0
	if (e.Angle > 0) == (m.det() > 0) {
		sweep = 1
	}
	r := num(e.Radius.Points() * m.scale())
	for _, part := range []float64{0.5, 1} {
		q := m.apply(at(part))
		x, y := hundredths(q.X.Points()), hundredths(q.Y.Points())
		fmt.Fprintf(w, "a%s %s 0 0 %d ", r, r, sweep)
		w.coordinate(x-w.x, true)
		w.coordinate(y-w.y, false)
		w.x, w.y = x, y
	}
}

// turn returns twice the signed area of the polygon through the ends of a path's parts, an arc counting as a circle: its sign says
// which way round the path runs.
func turn(p vg.Path) float64 {
	var sum float64
	var first, last vg.Point
	for i, e := range p {
		if e.Type == vg.ArcComp {
			sum += e.Angle * e.Radius.Points() * e.Radius.Points()
			continue
		}
		if i == 0 {
			first = e.Pos
		} else if e.Type != vg.CloseComp {
			sum += cross(last, e.Pos)
		}
		if e.Type != vg.CloseComp {
			last = e.Pos
		}
	}
	return sum + cross(last, first)
}

func cross(a, b vg.Point) float64 { return float64(a.X*b.Y - a.Y*b.X) }

func hundredths(v float64) int { return int(math.Round(v * 100)) }

// paint returns the attributes of a colour, with its opacity unless that is 1.
func paint(kind string, n color.NRGBA) string {
	s := fmt.Sprintf(`%s="#%02x%02x%02x"`, kind, n.R, n.G, n.B)
	if n.A != 0xff {
		s += fmt.Sprintf(` %s-opacity="%s"`, kind, num(float64(n.A)/255))
	}
	return s
}

// num writes a length in points to a hundredth.
func num(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100+0, 'f', -1, 64)
}
