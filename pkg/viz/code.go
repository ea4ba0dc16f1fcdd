package viz

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Code is how a series is told from the others: a colour together with dashes and a marker that always go with it. The
// colours are those of Okabe and Ito (2008), "Color Universal Design", which remain distinct for colour-blind readers.
// A Code is itself a color.Color. The zero Code is Theory.
type Code uint8

const (
	Theory        Code = iota // black, solid: what a formula says
	Bound                     // black, dashed: a bound, or a second formula
	Approximation             // black, dotted: an approximate or a third formula
	E                         // vermillion, solid, disc: excitation
	I                         // blue, dashed, square: inhibition
	ACh                       // green, dash-dotted, triangle: acetylcholine
	NE                        // purple, dotted, diamond: noradrenaline
	One                       // orange, solid, disc: patterns whose target is 1
	Zero                      // sky blue, dashed, open square: patterns whose target is 0
	Other                     // grey, long dashes, cross: a control or a further series
)

const (
	lineWidth   = vg.Length(1.5)
	markerSize  = vg.Length(3)
	manyPoints  = 300 // from here on, markers shrink
	rasteriseAt = 500 // from here on, a scatter is an image inside the SVG
)

var codes = [...]struct {
	rgb    uint32
	dashes []vg.Length
	marker draw.GlyphDrawer
}{
	Theory:        {0x000000, nil, draw.CrossGlyph{}},
	Bound:         {0x000000, []vg.Length{6, 4.5}, draw.PlusGlyph{}},
	Approximation: {0x000000, []vg.Length{0.8, 3.2}, draw.RingGlyph{}},
	E:             {0xD55E00, nil, draw.CircleGlyph{}},
	I:             {0x0072B2, []vg.Length{7, 3.5}, draw.BoxGlyph{}},
	ACh:           {0x009E73, []vg.Length{7, 3.5, 1, 3.5}, draw.PyramidGlyph{}},
	NE:            {0xCC79A7, []vg.Length{1.5, 3}, diamond{}},
	One:           {0xE69F00, nil, draw.CircleGlyph{}},
	Zero:          {0x56B4E9, []vg.Length{4, 3.5}, draw.SquareGlyph{}},
	Other:         {0x767676, []vg.Length{11, 4}, draw.CrossGlyph{}},
}

// RGBA returns the colour of the code, opaque.
func (c Code) RGBA() (r, g, b, a uint32) { return hex(codes[c].rgb, 0xff).RGBA() }

// pale returns the colour of the code, mostly transparent.
func pale(c Code) color.Color { return hex(codes[c].rgb, 0x38) }

func hex(rgb uint32, a uint8) color.NRGBA {
	return color.NRGBA{uint8(rgb >> 16), uint8(rgb >> 8), uint8(rgb), a}
}

func (c Code) line() draw.LineStyle {
	return draw.LineStyle{Color: c, Width: lineWidth, Dashes: codes[c].dashes}
}

// glyph returns the marker of the code for a cloud of n points.
func (c Code) glyph(n int) draw.GlyphStyle {
	g := draw.GlyphStyle{Color: c, Radius: markerSize, Shape: codes[c].marker}
	if n >= manyPoints {
		g.Radius = markerSize / 2
	}
	return g
}

// diamond is a filled square that stands on a corner.
type diamond struct{}

func (diamond) DrawGlyph(c *draw.Canvas, s draw.GlyphStyle, pt vg.Point) {
	r := s.Radius * 1.2
	c.FillPolygon(s.Color, []vg.Point{{X: pt.X, Y: pt.Y + r}, {X: pt.X + r, Y: pt.Y}, {X: pt.X, Y: pt.Y - r}, {X: pt.X - r, Y: pt.Y}})
}
