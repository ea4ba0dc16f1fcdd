package viz

import (
	"bytes"
	"fmt"
	"slices"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

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

// outline calls do for each part of a glyph's outline, with its control points and its end, in font units.
func (g glyph) outline(do func(op sfnt.SegmentOp, points []fixed.Point26_6)) {
	var buf sfnt.Buffer
	segments, err := g.font.LoadGlyph(&buf, g.id, fixed.Int26_6(g.font.UnitsPerEm()), nil)
	if err != nil {
		fail("the outline of glyph %d: %w", g.id, err)
	}
	for _, s := range segments {
		do(s.Op, s.Args[:max(1, int(s.Op))]) // to move 1 point, for a line 1, a quadratic curve 2, a cubic one 3
	}
}

// FillString draws a string as a row of references to glyphs, in a group scaled from font units to points.
func (c *svgCanvas) FillString(face font.Face, pt vg.Point, s string) {
	c.flush()
	m := c.fromFont(face, pt)
	fmt.Fprintf(&c.body, `<g transform="matrix(%.5g %.5g %.5g %.5g %s %s)"`, m.a+0, m.b+0, m.c+0, m.d+0, num(m.e), num(m.f))
	if r, g, b, _ := c.state.color.RGBA(); r|g|b != 0 {
		c.body.WriteString(" " + paint("fill", c.nrgba()))
	}
	c.body.WriteByte('>')
	spell(face, s, func(g glyph, x int) {
		n := slices.Index(c.glyphs, g)
		if n < 0 {
			n = len(c.glyphs)
			c.glyphs = append(c.glyphs, g)
		}
		fmt.Fprintf(&c.body, `<use href="#%s%d"`, idMark, n)
		if x != 0 {
			fmt.Fprintf(&c.body, ` x="%d"`, x)
		}
		c.body.WriteString("/>")
	})
	c.body.WriteString("</g>\n")
}

// definitions writes the outlines of all glyphs, in font units, with relative coordinates.
func (c *svgCanvas) definitions(out *bytes.Buffer) {
	if len(c.glyphs) == 0 {
		return
	}
	out.WriteString("<defs>")
	for n, g := range c.glyphs {
		fmt.Fprintf(out, `<path id="%s%d" d="`, idMark, n)
		var at fixed.Point26_6
		g.outline(func(op sfnt.SegmentOp, points []fixed.Point26_6) {
			out.WriteByte("mlqc"[op])
			for i, p := range points {
				if i > 0 {
					out.WriteByte(' ')
				}
				fmt.Fprintf(out, "%d %d", p.X-at.X, p.Y-at.Y)
			}
			at = points[len(points)-1]
		})
		out.WriteString(`"/>`)
	}
	out.WriteString("</defs>\n")
}
