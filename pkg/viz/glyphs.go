package viz

import (
	"bytes"
	"fmt"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// idMark stands in the body of a document for the prefix of its ids, which is known only when the body is.
const idMark = "\x00"

// glyphTable holds the characters that a document uses, in the order of their first use.
type glyphTable struct {
	index map[glyph]int
	order []glyph
}

type glyph struct {
	font *opentype.Font
	id   sfnt.GlyphIndex
}

func (t *glyphTable) number(g glyph) int {
	if n, ok := t.index[g]; ok {
		return n
	}
	if t.index == nil {
		t.index = map[glyph]int{}
	}
	t.index[g] = len(t.order)
	t.order = append(t.order, g)
	return len(t.order) - 1
}

// FillString draws a string as a row of references to glyphs, in a group scaled from font units to points.
func (c *svgCanvas) FillString(face font.Face, pt vg.Point, s string) {
	c.flush()
	var buf sfnt.Buffer
	em := fixed.Int26_6(face.Face.UnitsPerEm())
	scale := face.Font.Size.Points() / float64(em)
	m := c.state.times(affine{scale, 0, 0, -scale, pt.X.Points(), pt.Y.Points()}) // outlines have y down
	fmt.Fprintf(&c.body, `<g transform="matrix(%.5g %.5g %.5g %.5g %s %s)"`, m.a+0, m.b+0, m.c+0, m.d+0, num(m.e), num(m.f))
	if r, g, b, _ := c.state.color.RGBA(); r|g|b != 0 {
		c.body.WriteString(" " + paint("fill", c.state.color))
	}
	c.body.WriteByte('>')
	x, previous := 0, sfnt.GlyphIndex(0)
	for i, r := range s {
		id, err := face.Face.GlyphIndex(&buf, r)
		if err != nil {
			panic(fault{fmt.Errorf("viz: character %q: %w", r, err)})
		}
		if i > 0 {
			if kern, err := face.Face.Kern(&buf, previous, id, em, 0); err == nil {
				x += int(kern)
			}
		}
		if r != ' ' {
			fmt.Fprintf(&c.body, `<use href="#%s%d"`, idMark, c.glyphs.number(glyph{face.Face, id}))
			if x != 0 {
				fmt.Fprintf(&c.body, ` x="%d"`, x)
			}
			c.body.WriteString("/>")
		}
		advance, err := face.Face.GlyphAdvance(&buf, id, em, 0)
		if err != nil {
			panic(fault{fmt.Errorf("viz: character %q: %w", r, err)})
		}
		x += int(advance)
		previous = id
	}
	c.body.WriteString("</g>\n")
}

// definitions writes the outlines of all glyphs, in font units, with relative coordinates.
func (t *glyphTable) definitions(out *bytes.Buffer) {
	if len(t.order) == 0 {
		return
	}
	out.WriteString("<defs>")
	var buf sfnt.Buffer
	for n, g := range t.order {
		segments, err := g.font.LoadGlyph(&buf, g.id, fixed.Int26_6(g.font.UnitsPerEm()), nil)
		if err != nil {
			panic(fault{fmt.Errorf("viz: the outline of glyph %d: %w", g.id, err)})
		}
		fmt.Fprintf(out, `<path id="%s%d" d="`, idMark, n)
		var at fixed.Point26_6
		for _, s := range segments {
			ends := map[sfnt.SegmentOp]int{sfnt.SegmentOpMoveTo: 1, sfnt.SegmentOpLineTo: 1, sfnt.SegmentOpQuadTo: 2, sfnt.SegmentOpCubeTo: 3}[s.Op]
			out.WriteByte("mlqc"[s.Op])
			for i, p := range s.Args[:ends] {
				if i > 0 {
					out.WriteByte(' ')
				}
				fmt.Fprintf(out, "%d %d", p.X-at.X, p.Y-at.Y)
			}
			at = s.Args[ends-1]
		}
		out.WriteString(`"/>`)
	}
	out.WriteString("</defs>\n")
}
