package viz

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Shade fills the panel from x0 to x1 with a pale grey, over its whole height: where a theory does not apply, for example. Call it
// before what is drawn there. It does not widen the axis; bounds that are not finite, or do not ascend, are an error.
func Shade(p *plot.Plot, name string, x0, x1 float64) {
	if !(x0 < x1) || infinite(x0, x1) {
		refuse(p, "shade %q: from %v to %v", name, x0, x1)
		return
	}
	fill := color.Color(color.NRGBA{0xe4, 0xe4, 0xe4, 0xff})
	l := layer{span: nowhere}
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
