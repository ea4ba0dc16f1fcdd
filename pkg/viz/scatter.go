package viz

import (
	"fmt"
	"image"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// Scatter draws a cloud of markers at (x, y). From 500 points on, the cloud is an image inside an SVG, which stays small.
func Scatter(p *plot.Plot, name string, x, y []float64, c Code) {
	if !finite(p, name, column{"x", x}, column{"y", y}) {
		return
	}
	s := &cloud{plotter.Scatter{XYs: pairs(x, y), GlyphStyle: c.glyph(len(x))}}
	series(p, name, s)
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
	if len(s.XYs) < rasteriseAt || !onSVG(c) {
		s.Scatter.Plot(c, p)
		return
	}
	const margin = 2 * markerSize // so that markers on the edge are whole
	r := vg.Rectangle{Min: c.Min.Sub(vg.Point{X: margin, Y: margin}), Max: c.Max.Add(vg.Point{X: margin, Y: margin})}
	size := r.Size()
	layer := vgimg.NewWith(vgimg.UseWH(size.X, size.Y), vgimg.UseDPI(screen), vgimg.UseBackgroundColor(color.Transparent))
	inside := draw.Crop(draw.New(layer), margin, -margin, margin, -margin)
	s.Scatter.Plot(inside, p)
	c.DrawImage(r, oneColour(layer.Image(), s.Color))
}

// Thumbnail shows the marker at its full size.
func (s *cloud) Thumbnail(c *draw.Canvas) {
	sample := s.Scatter
	sample.Radius = markerSize
	sample.Thumbnail(c)
}

// onSVG looks for the SVG through the canvases that plot.Draw wraps round it.
func onSVG(c vg.Canvas) bool {
	for {
		inner, ok := c.(draw.Canvas)
		if !ok {
			_, svg := c.(*svgCanvas)
			return svg
		}
		c = inner.Canvas
	}
}

// oneColour reduces an image drawn in one colour to sixteen levels of its opacity, an eighth of the bytes.
func oneColour(img image.Image, c color.Color) image.Image {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	palette := make(color.Palette, 16)
	for i := range palette {
		n.A = uint8(17 * i)
		palette[i] = n
	}
	out := image.NewPaletted(img.Bounds(), palette)
	for y := out.Rect.Min.Y; y < out.Rect.Max.Y; y++ {
		for x := out.Rect.Min.X; x < out.Rect.Max.X; x++ {
			_, _, _, a := img.At(x, y).RGBA()
			out.SetColorIndex(x, y, uint8(a>>12))
		}
	}
	return out
}
