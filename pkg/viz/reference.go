package viz

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

var thin = draw.LineStyle{Color: grey, Width: 0.9, Dashes: []vg.Length{3, 3}}

const labelGap = vg.Length(5) // between the data and the label of a line

// HLine draws a thin horizontal line at y across the panel, labelled at its right end, outside the data: not for a map, which has
// its colour bar there.
func HLine(p *plot.Plot, y float64, label string) { rule(p, label, y, false) }

// VLine draws a thin vertical line at x, labelled at its upper end, above the data.
func VLine(p *plot.Plot, x float64, label string) { rule(p, label, x, true) }

// rule draws a line parallel to an axis, with its label beyond the line's end.
func rule(p *plot.Plot, label string, level float64, upright bool) {
	if infinite(level) {
		refuse(p, "reference line %q: %v is not finite", label, level)
		return
	}
	l := layer{span: nowhere, name: label, data: []column{{"y", []float64{level}}}}
	var style text.Style
	var gap vg.Point // between the line and its label
	if upright {
		l.data[0].name, l.x0, l.x1, style, gap.Y = "x", level, level, labelStyle(draw.XCenter, draw.YBottom), labelGap/2
	} else {
		l.y0, l.y1, style, gap.X = level, level, labelStyle(draw.XLeft, draw.YCenter), labelGap
	}
	end := func(p *plot.Plot) (x, y float64) { // of the panel's width and height
		if upright {
			return p.X.Norm(level), 1
		}
		return 1, p.Y.Norm(level)
	}
	l.draw = func(c draw.Canvas, p *plot.Plot) {
		x, y := end(p)
		to := vg.Point{X: c.X(x), Y: c.Y(y)}
		from := vg.Point{X: c.Min.X, Y: to.Y}
		if upright {
			from = vg.Point{X: to.X, Y: c.Min.Y}
		}
		if c.Contains(to) {
			c.StrokeLine2(thin, from.X, from.Y, to.X, to.Y)
			c.FillText(style, to.Add(gap), label)
		}
	}
	if label != "" {
		l.room = func(p *plot.Plot) []plot.GlyphBox {
			x, y := end(p)
			return []plot.GlyphBox{{X: x, Y: y, Rectangle: style.Rectangle(label).Add(gap)}}
		}
	}
	p.Add(l)
}

// Diagonal draws the thin line y = slope x + offset through the panel, such as the line of E/I balance. Its name is in the key.
func Diagonal(p *plot.Plot, name string, slope, offset float64) {
	if !finite(p, name, column{"slope and offset", []float64{slope, offset}}) {
		return
	}
	d := layer{span: nowhere, data: []column{{"x", []float64{0, 1}}, {"y", []float64{offset, slope + offset}}}}
	d.draw = func(c draw.Canvas, p *plot.Plot) { // through 101 points, since the axes may be logarithmic
		x, y := p.Transforms(&c)
		var line []vg.Point
		for i := range 101 {
			at := between(p.X.Min, p.X.Max, float64(i)/100, isLog(&p.X))
			if v := slope*at + offset; v > 0 || !isLog(&p.Y) {
				line = append(line, vg.Point{X: x(at), Y: y(v)})
			}
		}
		c.StrokeLines(thin, c.ClipLinesXY(line)...)
	}
	d.sample = func(c *draw.Canvas) { c.StrokeLine2(thin, c.Min.X, c.Center().Y, c.Max.X, c.Center().Y) }
	series(p, name, d)
}

// Shade fills the panel from x0 to x1 with a pale grey, over its whole height: where a theory does not apply, for example. Call it
// before what is drawn there. It does not widen the axis; bounds that are not finite, or do not ascend, are an error.
func Shade(p *plot.Plot, name string, x0, x1 float64) {
	if !(x0 < x1) || infinite(x0, x1) {
		refuse(p, "shade %q: from %v to %v", name, x0, x1)
		return
	}
	fill := color.Color(color.NRGBA{0xe4, 0xe4, 0xe4, 0xff})
	l := layer{span: nowhere, data: []column{{"xlow", []float64{x0}}, {"xhigh", []float64{x1}}}}
	l.draw = func(c draw.Canvas, p *plot.Plot) {
		left, right := max(0, p.X.Norm(x0)), min(1, p.X.Norm(x1))
		if left >= right {
			return
		}
		box := vg.Rectangle{Min: vg.Point{X: c.X(left), Y: c.Min.Y}, Max: vg.Point{X: c.X(right), Y: c.Max.Y}}
		c.SetColor(fill)
		c.Fill(box.Path())
	}
	l.sample = func(c *draw.Canvas) {
		c.SetColor(fill)
		c.Fill(c.Rectangle.Path())
	}
	series(p, name, l)
}

// Note writes a text on a pale ground, the middle of its left edge at (x, y), or further left, and on several lines, if it has no room there. The caller sees to it that nothing lies under it.
func Note(p *plot.Plot, x, y float64, label string) {
	if !finite(p, label, column{"x and y", []float64{x, y}}) {
		return
	}
	p.Add(layer{span: nowhere, draw: func(c draw.Canvas, p *plot.Plot) {
		style, at := labelStyle(draw.XLeft, draw.YCenter), vg.Point{X: c.X(p.X.Norm(x)), Y: c.Y(p.Y.Norm(y))}
		text := lines(style, label, c.Size().X)
		for i, s := range text {
			at := at.Add(vg.Point{Y: pitch(style) * vg.Length(float64(len(text)-1)/2-float64(i))})
			at.X = max(c.Min.X, min(at.X, c.Max.X-style.Width(s)))
			c.SetColor(color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xd0})
			c.Fill(style.Rectangle(s).Add(at).Path())
			c.FillText(style, at, s)
		}
	}})
}

func labelStyle(x text.XAlignment, y text.YAlignment) text.Style {
	s := textStyle(tickSize)
	s.Color, s.XAlign, s.YAlign = grey, x, y
	return s
}
