package viz

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/png"
	"math"
	"unicode/utf8"

	"git.sr.ht/~sbinet/gg"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// page is what the canvases for SVG and PDF share: the size, and what vg calls the context, with its stack.
type page struct {
	w, h  vg.Length
	state pen
	stack []pen
}

// pen draws; its matrix maps the points of vg to those of the page.
type pen struct {
	gg.Matrix
	color  color.Color
	width  float64
	dashes []float64 // lengths of dashes and gaps
	offset float64
}

// newPage returns a page whose y axis points down from the upper left corner; that of vg points up from the lower left one.
func newPage(w, h vg.Length) page {
	return page{w: w, h: h, state: pen{Matrix: gg.Matrix{XX: 1, YY: -1, Y0: h.Points()}, width: 1}}
}

func (c *page) Size() (w, h vg.Length)   { return c.w, c.h }
func (c *page) SetColor(clr color.Color) { c.state.color = clr }
func (c *page) SetLineWidth(w vg.Length) { c.state.width = w.Points() }
func (c *page) Push()                    { c.stack = append(c.stack, c.state) }
func (c *page) Pop()                     { n := len(c.stack) - 1; c.state, c.stack = c.stack[n], c.stack[:n] }
func (c *page) Translate(p vg.Point)     { c.state.Matrix = c.state.Translate(p.X.Points(), p.Y.Points()) }
func (c *page) Scale(x, y float64)       { c.state.Matrix = c.state.Matrix.Scale(x, y) }
func (c *page) Rotate(angle float64)     { c.state.Matrix = c.state.Matrix.Rotate(angle) }

func (c *page) SetLineDash(lengths []vg.Length, offset vg.Length) {
	c.state.dashes, c.state.offset = nil, offset.Points()
	for _, l := range lengths {
		c.state.dashes = append(c.state.dashes, l.Points())
	}
}

// box returns the upper left corner of a rectangle on the page, and its size. Rotated ones are not needed.
func (c *page) box(r vg.Rectangle) (x, y, w, h float64) {
	x0, y0 := c.state.on(r.Min)
	x1, y1 := c.state.on(r.Max)
	return min(x0, x1), min(y0, y1), math.Abs(x1 - x0), math.Abs(y1 - y0)
}

func asPNG(img image.Image) *bytes.Buffer {
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		fail("an image inside a figure: %w", err)
	}
	return &buf
}

func (s pen) on(p vg.Point) (x, y float64) { return s.TransformPoint(p.X.Points(), p.Y.Points()) }
func (s pen) det() float64                 { return s.XX*s.YY - s.YX*s.XY }

// nrgba returns the colour, black for nil as on the other canvases.
func (s pen) nrgba() color.NRGBA {
	return color.NRGBAModel.Convert(cmp.Or(s.color, color.Color(color.Black))).(color.NRGBA)
}

// widening is by how much the map makes a line wider.
func (s pen) widening() float64 { return math.Sqrt(math.Abs(s.det())) }

// pencil draws the parts of a path in points of the page. The methods are those of fpdf.
type pencil interface {
	MoveTo(x, y float64)
	LineTo(x, y float64)
	CurveTo(cx, cy, x, y float64) // quadratic
	CurveBezierCubicTo(cx0, cy0, cx1, cy1, x, y float64)
	ArcTo(x, y, rx, ry, degRotate, degStart, degEnd float64) // anticlockwise, after a line to where it starts
	ClosePath()
}

// follow draws a path. A circle stays one: a map that would make it an ellipse is not needed.
func (s pen) follow(path vg.Path, to pencil) {
	const degree = math.Pi / 180
	for i, e := range path {
		x, y := s.on(e.Pos)
		switch e.Type {
		case vg.MoveComp:
			to.MoveTo(x, y)
		case vg.LineComp:
			to.LineTo(x, y)
		case vg.CurveComp:
			cx, cy := s.on(e.Control[0])
			if len(e.Control) == 1 {
				to.CurveTo(cx, cy, x, y)
			} else {
				dx, dy := s.on(e.Control[1])
				to.CurveBezierCubicTo(cx, cy, dx, dy, x, y)
			}
		case vg.CloseComp:
			to.ClosePath()
		case vg.ArcComp:
			sin, cos := math.Sincos(e.Start)
			x0, y0 := s.on(e.Pos.Add(vg.Point{X: vg.Length(cos), Y: vg.Length(sin)}.Scale(e.Radius)))
			if i == 0 {
				to.MoveTo(x0, y0)
			}
			r, start, turn := e.Radius.Points()*s.widening(), math.Atan2(y-y0, x0-x)/degree, e.Angle/degree
			if s.det() > 0 { // which mirrors, since the page's y axis points down
				turn = -turn
			}
			to.ArcTo(x, y, r, r, 0, start, start+turn/2) // SVG has no full circle
			to.ArcTo(x, y, r, r, 0, start+turn/2, start+turn)
		}
	}
}

// glyph is a character of a font. In SVG and PDF text is outlines, so that a figure looks the same on every machine.
type glyph struct {
	font *opentype.Font
	id   sfnt.GlyphIndex
}

// spell calls do for each visible character of a string; x is where it begins, in the font's own integer units.
func spell(face font.Face, s string, do func(g glyph, x int)) {
	face.Font.Size = vg.Length(face.Face.UnitsPerEm())
	for i, r := range s {
		id, err := face.Face.GlyphIndex(nil, r)
		if err != nil {
			fail("character %q: %w", r, err)
		}
		if r != ' ' {
			end := i + utf8.RuneLen(r)
			do(glyph{face.Face, id}, int(face.Width(s[:end])-face.Width(s[i:end]))) // kerned with what comes before
		}
	}
}

// fromFont maps the units of a font, with the y axis downwards, to the page, for a text that begins at pt.
func (s pen) fromFont(face font.Face, pt vg.Point) gg.Matrix {
	scale := face.Font.Size.Points() / float64(face.Face.UnitsPerEm())
	return s.Translate(pt.X.Points(), pt.Y.Points()).Scale(scale, -scale)
}

// outline returns the outline of a glyph in font units.
func (g glyph) outline() (p vg.Path) {
	var buf sfnt.Buffer
	segments, err := g.font.LoadGlyph(&buf, g.id, fixed.Int26_6(g.font.UnitsPerEm()), nil)
	if err != nil {
		fail("the outline of glyph %d: %w", g.id, err)
	}
	for _, s := range segments {
		var points []vg.Point
		for _, q := range s.Args[:max(1, int(s.Op))] { // to move 1 point, for a line 1, a quadratic curve 2, a cubic one 3
			points = append(points, vg.Point{X: vg.Length(q.X), Y: vg.Length(q.Y)})
		}
		last, kind := len(points)-1, [...]int{vg.MoveComp, vg.LineComp, vg.CurveComp, vg.CurveComp}[s.Op]
		p = append(p, vg.PathComp{Type: kind, Pos: points[last], Control: points[:last]})
	}
	return p
}
