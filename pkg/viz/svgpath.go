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
	at, start [2]int // the pen, and the start of the subpath
	spaced    bool   // also before a minus sign
}

func (w *pathWriter) MoveTo(x, y float64) {
	w.to("m", x, y)
	w.start = w.at
}

func (w *pathWriter) LineTo(x, y float64)          { w.to("l", x, y) }
func (w *pathWriter) CurveTo(cx, cy, x, y float64) { w.to("q", cx, cy, x, y) }

func (w *pathWriter) CurveBezierCubicTo(cx0, cy0, cx1, cy1, x, y float64) {
	w.to("c", cx0, cy0, cx1, cy1, x, y)
}

func (w *pathWriter) ClosePath() {
	w.WriteByte('z')
	w.at = w.start
}

// ArcTo writes an arc of a circle.
func (w *pathWriter) ArcTo(x, y, r, _, _, start, end float64) {
	at := func(angle float64) (float64, float64) {
		sin, cos := math.Sincos(angle * math.Pi / 180)
		return x + r*cos, y - r*sin
	}
	if x0, y0 := at(start); w.at != [2]int{hundredths(x0), hundredths(y0)} {
		w.LineTo(x0, y0)
	}
	clockwise := 1
	if end > start {
		clockwise = 0
	}
	x1, y1 := at(end)
	w.to(fmt.Sprintf("a%s %[1]s 0 0 %d ", num(r), clockwise), x1, y1)
}

// to writes a command; its arguments are points, of which the last is where it leaves the pen.
func (w *pathWriter) to(command string, points ...float64) {
	w.WriteString(command)
	end := w.at
	for i, v := range points {
		end[i%2] = hundredths(v)
		step := end[i%2] - w.at[i%2]
		if i > 0 && (step >= 0 || w.spaced) {
			w.WriteByte(' ')
		}
		w.WriteString(num(float64(step) / 100))
	}
	w.at = end
}

// turn returns twice the signed area of the polygon through the ends of a path's parts, an arc counting as a circle: its sign says
// which way round the path runs.
func turn(p vg.Path) (sum float64) {
	var ends []vg.Point
	for _, e := range p {
		if e.Type == vg.ArcComp {
			sum += e.Angle * e.Radius.Points() * e.Radius.Points()
		} else if e.Type != vg.CloseComp {
			ends = append(ends, e.Pos)
		}
	}
	for i, a := range ends {
		b := ends[(i+1)%len(ends)]
		sum += float64(a.X*b.Y - a.Y*b.X)
	}
	return sum
}

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
