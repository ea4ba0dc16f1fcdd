package viz

import (
	"fmt"
	"image"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// Scatter draws a cloud of markers at (x, y). From 500 points on, the cloud is an image inside an SVG, which stays small.
func Scatter(p *plot.Plot, name string, x, y []float64, c Code) {
	if !finite(p, name, column{"x", x}, column{"y", y}) {
		return
	}
	s := plotter.Scatter{XYs: pairs(x, y), GlyphStyle: c.glyph(len(x))}
	l := layer{span: spanOf(s.XYs), room: s.GlyphBoxes, data: keep(column{"x", x}, column{"y", y})}
	l.draw = func(c draw.Canvas, p *plot.Plot) {
		if _, svg := bottom(c).(*svgCanvas); !svg || len(s.XYs) < rasteriseAt {
			s.Plot(c, p)
			return
		}
		const margin = 2 * markerSize // so that markers on the edge are whole
		inside := draw.Crop(c, -margin, margin, -margin, margin)
		size := inside.Size()
		cloud := vgimg.NewWith(vgimg.UseWH(size.X, size.Y), vgimg.UseDPI(screen), vgimg.UseBackgroundColor(color.Transparent))
		s.Plot(draw.Crop(draw.New(cloud), margin, -margin, margin, -margin), p)
		c.DrawImage(inside.Rectangle, oneColour(cloud.Image(), s.Color))
	}
	l.sample = func(to *draw.Canvas) { // the marker at its full size
		sample := s
		sample.Radius = markerSize
		sample.Thumbnail(to)
	}
	series(p, name, l)
}

// Classes draws two clouds: first the points whose class is false, in the code Zero, then the others in the code One.
func Classes(p *plot.Plot, x, y []float64, class []bool, one, zero string) {
	if len(class) != len(x) {
		panic(fmt.Sprintf("viz: series %q and %q: %d classes for %d of x", one, zero, len(class), len(x)))
	}
	if !finite(p, one+" and "+zero, column{"x", x}, column{"y", y}) {
		return
	}
	var xs, ys [2][]float64
	for i, is := range class {
		k := 0
		if is {
			k = 1
		}
		xs[k], ys[k] = append(xs[k], x[i]), append(ys[k], y[i])
	}
	Scatter(p, zero, xs[0], ys[0], Zero)
	Scatter(p, one, xs[1], ys[1], One)
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
	for i := range out.Pix {
		_, _, _, a := img.At(i%out.Stride, i/out.Stride).RGBA()
		out.Pix[i] = uint8(a >> 12)
	}
	return out
}
