package viz

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// HLine draws a thin horizontal line at y across the panel, labelled at its right end, outside the data: not for a map, which has
// its colour bar there.
func HLine(p *plot.Plot, y float64, label string) {
	reference(p, label, y, rule{level: y, label: label, style: labelStyle(draw.XLeft, draw.YCenter)})
}

// VLine draws a thin vertical line at x, labelled at its upper end, above the data.
func VLine(p *plot.Plot, x float64, label string) {
	reference(p, label, x, rule{level: x, upright: true, label: label, style: labelStyle(draw.XCenter, draw.YBottom)})
}

// Diagonal draws the thin line y = slope x + offset through the panel, such as the line of E/I balance. Its name is in the key.
func Diagonal(p *plot.Plot, name string, slope, offset float64) {
	if finite(p, name, column{"slope and offset", []float64{slope, offset}}) {
		d := diagonal{slope, offset}
		p.Add(d)
		key(p, name, d)
	}
}

// Note writes a text on a pale ground, the middle of its left edge at (x, y). The caller sees to it that nothing lies under it.
func Note(p *plot.Plot, x, y float64, label string) {
	if finite(p, label, column{"x and y", []float64{x, y}}) {
		p.Add(note{x, y, label})
	}
}

var thin = draw.LineStyle{Color: grey, Width: 0.9, Dashes: []vg.Length{3, 3}}

func labelStyle(x text.XAlignment, y text.YAlignment) text.Style {
	s := textStyle(tickSize)
	s.Color, s.XAlign, s.YAlign = grey, x, y
	return s
}

func reference(p *plot.Plot, label string, level float64, r rule) {
	if infinite(level) {
		p.Add(fault{fmt.Errorf("viz: reference line %q: %v is not finite", label, level)})
		return
	}
	p.Add(r)
}

// rule is a line parallel to an axis with a label outside the data.
type rule struct {
	level   float64
	upright bool
	label   string
	style   text.Style
}

const labelGap = vg.Length(5)

func (r rule) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	if r.upright {
		at := x(r.level)
		if c.ContainsX(at) {
			c.StrokeLine2(thin, at, c.Min.Y, at, c.Max.Y)
			c.FillText(r.style, vg.Point{X: at, Y: c.Max.Y + labelGap/2}, r.label)
		}
		return
	}
	at := y(r.level)
	if c.ContainsY(at) {
		c.StrokeLine2(thin, c.Min.X, at, c.Max.X, at)
		c.FillText(r.style, vg.Point{X: c.Max.X + labelGap, Y: at}, r.label)
	}
}

func (r rule) DataRange() (xmin, xmax, ymin, ymax float64) {
	none := math.Inf(1)
	if r.upright {
		return r.level, r.level, none, -none
	}
	return none, -none, r.level, r.level
}

// GlyphBoxes keeps room for the label.
func (r rule) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	if r.label == "" {
		return nil
	}
	box := r.style.Rectangle(r.label)
	if r.upright {
		return []plot.GlyphBox{{X: p.X.Norm(r.level), Y: 1, Rectangle: box.Add(vg.Point{Y: labelGap / 2})}}
	}
	return []plot.GlyphBox{{X: 1, Y: p.Y.Norm(r.level), Rectangle: box.Add(vg.Point{X: labelGap})}}
}

type diagonal struct{ slope, offset float64 }

// Plot draws straight in the data's coordinates: through 101 points, since the axes may be logarithmic.
func (d diagonal) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	_, log := p.X.Scale.(plot.LogScale)
	_, logY := p.Y.Scale.(plot.LogScale)
	var pts []vg.Point
	for i := range 101 {
		at := between(p.X.Min, p.X.Max, float64(i)/100, log)
		if v := d.slope*at + d.offset; v > 0 || !logY {
			pts = append(pts, vg.Point{X: x(at), Y: y(v)})
		}
	}
	c.StrokeLines(thin, c.ClipLinesXY(pts)...)
}

func (d diagonal) Thumbnail(c *draw.Canvas) {
	c.StrokeLine2(thin, c.Min.X, c.Center().Y, c.Max.X, c.Center().Y)
}

type note struct {
	x, y  float64
	label string
}

func (n note) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	style, at := labelStyle(draw.XLeft, draw.YCenter), vg.Point{X: x(n.x), Y: y(n.y)}
	c.SetColor(color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xd0})
	c.Fill(style.Rectangle(n.label).Add(at).Path())
	c.FillText(style, at, n.label)
}

// between returns the point a part of the way from a to b, on a logarithmic scale if log.
func between(a, b, part float64, log bool) float64 {
	if log {
		return a * math.Pow(b/a, part)
	}
	return a + (b-a)*part
}
