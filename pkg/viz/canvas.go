package viz

import (
	"image/color"
	"math"
	"strings"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// affine maps (x, y) to (a x + c y + e, b x + d y + f).
type affine struct{ a, b, c, d, e, f float64 }

func (m affine) apply(p vg.Point) vg.Point {
	x, y := p.X.Points(), p.Y.Points()
	return vg.Point{X: vg.Points(m.a*x + m.c*y + m.e), Y: vg.Points(m.b*x + m.d*y + m.f)}
}

func (m affine) times(n affine) affine {
	return affine{
		m.a*n.a + m.c*n.b, m.b*n.a + m.d*n.b,
		m.a*n.c + m.c*n.d, m.b*n.c + m.d*n.d,
		m.a*n.e + m.c*n.f + m.e, m.b*n.e + m.d*n.f + m.f,
	}
}

func (m affine) det() float64 { return m.a*m.d - m.b*m.c }

// scale is by how much the map makes a line wider.
func (m affine) scale() float64 { return math.Sqrt(math.Abs(m.det())) }

// page is what the canvases for SVG and PDF share: the size, and what vg calls the context, with its stack.
type page struct {
	w, h  vg.Length
	state pen
	stack []pen
}

type pen struct {
	affine
	color  color.Color
	width  vg.Length
	dashes []vg.Length
	offset vg.Length
}

// pattern writes the lengths of dashes and gaps.
func (s pen) pattern() string {
	var lengths []string
	for _, d := range s.dashes {
		lengths = append(lengths, num(d.Points()))
	}
	return strings.Join(lengths, " ")
}

// newPage returns a page on which (0, 0), the lower left corner for vg, is where m says.
func newPage(w, h vg.Length, m affine) page {
	return page{w: w, h: h, state: pen{affine: m, color: color.Black, width: 1}}
}

func (c *page) Size() (w, h vg.Length)   { return c.w, c.h }
func (c *page) SetLineWidth(w vg.Length) { c.state.width = w }
func (c *page) Push()                    { c.stack = append(c.stack, c.state) }
func (c *page) Pop()                     { n := len(c.stack) - 1; c.state, c.stack = c.stack[n], c.stack[:n] }
func (c *page) Translate(p vg.Point)     { c.transform(affine{1, 0, 0, 1, p.X.Points(), p.Y.Points()}) }
func (c *page) Scale(x, y float64)       { c.transform(affine{x, 0, 0, y, 0, 0}) }
func (c *page) transform(m affine)       { c.state.affine = c.state.times(m) }

func (c *page) SetLineDash(d []vg.Length, offset vg.Length) {
	c.state.dashes, c.state.offset = d, offset
}

// SetColor takes nil for black, as the other canvases do.
func (c *page) SetColor(clr color.Color) {
	if clr == nil {
		clr = color.Black
	}
	c.state.color = clr
}

func (c *page) Rotate(rad float64) {
	sin, cos := math.Sincos(rad)
	c.transform(affine{cos, sin, -sin, cos, 0, 0})
}

func (c *page) nrgba() color.NRGBA { return color.NRGBAModel.Convert(c.state.color).(color.NRGBA) }

// glyph is a character of a font. In SVG and PDF text is outlines, so that a figure looks the same on every machine.
type glyph struct {
	font *opentype.Font
	id   sfnt.GlyphIndex
}

// spell calls do for each visible character of a string; x is where it begins, in the font's own integer units.
func spell(face font.Face, s string, do func(g glyph, x int)) {
	var buf sfnt.Buffer
	em := face.Face.UnitsPerEm()
	x, previous := 0, sfnt.GlyphIndex(0)
	for i, r := range s {
		id, err := face.Face.GlyphIndex(&buf, r)
		if err != nil {
			fail("character %q: %w", r, err)
		}
		if i > 0 {
			if kern, err := face.Face.Kern(&buf, previous, id, fixed.Int26_6(em), 0); err == nil {
				x += int(kern)
			}
		}
		if r != ' ' {
			do(glyph{face.Face, id}, x)
		}
		advance, err := face.Face.GlyphAdvance(&buf, id, fixed.Int26_6(em), 0)
		if err != nil {
			fail("character %q: %w", r, err)
		}
		x += int(advance)
		previous = id
	}
}

// fromFont maps font units, with the y axis downwards, to the page, for a text that begins at pt.
func (c *page) fromFont(face font.Face, pt vg.Point) affine {
	scale := face.Font.Size.Points() / float64(face.Face.UnitsPerEm())
	return c.state.times(affine{scale, 0, 0, -scale, pt.X.Points(), pt.Y.Points()})
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
		last := len(points) - 1
		p = append(p, vg.PathComp{
			Type: [...]int{vg.MoveComp, vg.LineComp, vg.CurveComp, vg.CurveComp}[s.Op], Pos: points[last], Control: points[:last],
		})
	}
	return p
}
