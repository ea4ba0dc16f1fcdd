package viz

import (
	"fmt"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// Scatter draws a cloud of markers at (x, y). From 1000 points on, the cloud is an image inside an SVG, which stays small.
func Scatter(p *plot.Plot, name string, x, y []float64, c Code) {
	if !finite(p, name, column{"x", x}, column{"y", y}) {
		return
	}
	s := &cloud{plotter.Scatter{XYs: pairs(x, y), GlyphStyle: c.glyph(len(x))}}
	p.Add(s)
	sample := *s
	sample.Radius = markerSize
	key(p, name, &sample)
}

// Classes draws two clouds: the points whose class is true in the code One, the others in the code Zero. The names tell
// the two in the key, as in "target 1" and "target 0". The two are drawn in the order Zero, One.
func Classes(p *plot.Plot, x, y []float64, class []bool, one, zero string) {
	if len(class) != len(x) {
		panic(fmt.Sprintf("viz: series %q and %q: %d classes for %d of x", one, zero, len(class), len(x)))
	}
	if !finite(p, one+" and "+zero, column{"x", x}, column{"y", y}) {
		return
	}
	for _, s := range []struct {
		is   bool
		name string
		code Code
	}{{false, zero, Zero}, {true, one, One}} {
		var xs, ys []float64
		for i, is := range class {
			if is == s.is {
				xs, ys = append(xs, x[i]), append(ys, y[i])
			}
		}
		Scatter(p, s.name, xs, ys, s.code)
	}
}

// cloud is a scatter that knows when to become an image.
type cloud struct{ plotter.Scatter }

func (s *cloud) Plot(c draw.Canvas, p *plot.Plot) {
	if _, svg := c.Canvas.(*svgCanvas); !svg || len(s.XYs) < rasteriseAt {
		s.Scatter.Plot(c, p)
		return
	}
	const margin = 2 * markerSize // so that markers on the edge are whole
	r := vg.Rectangle{Min: c.Min.Sub(vg.Point{X: margin, Y: margin}), Max: c.Max.Add(vg.Point{X: margin, Y: margin})}
	size := r.Size()
	layer := vgimg.NewWith(vgimg.UseWH(size.X, size.Y), vgimg.UseDPI(dpi), vgimg.UseBackgroundColor(color.Transparent))
	inside := draw.Crop(draw.New(layer), margin, -margin, margin, -margin)
	s.Scatter.Plot(inside, p)
	c.DrawImage(r, layer.Image())
}
