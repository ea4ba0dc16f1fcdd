package viz

import (
	"bytes"
	"fmt"
	"image"
	"io"
	"math"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	_ "gonum.org/v1/plot/vg/vgpdf" // so that it registers itself before us
)

// The canvas of gonum/plot fails on italics, has no Greek letters, multiplies pale colours twice by their opacity and draws
// joints of lines as spikes. With this one, the Save of a plot writes PDF as well as ours does.
func init() {
	draw.RegisterFormat("pdf", func(w, h vg.Length) vg.CanvasWriterTo { return newPDF(w, h) })
}

// pdfCanvas draws to a PDF of one page. Text is outlines.
type pdfCanvas struct {
	page
	body    bytes.Buffer
	images  []image.Image
	opacity [256]bool // in use
}

func newPDF(w, h vg.Length) *pdfCanvas {
	c := &pdfCanvas{page: newPage(w, h, affine{a: 1, d: 1})}
	c.body.WriteString("1 J 1 j\n") // round ends and joints of lines
	return c
}

func (c *pdfCanvas) Stroke(p vg.Path) {
	if s := c.state; s.width > 0 {
		c.ink()
		fmt.Fprintf(&c.body, "%s w [%s] %s d\n", num(s.width.Points()*s.scale()), s.pattern(), num(s.offset.Points()))
		c.path(p, s.affine)
		c.body.WriteString("S\n")
	}
}

// Fill fills by the non-zero rule.
func (c *pdfCanvas) Fill(p vg.Path) {
	c.ink()
	c.path(p, c.state.affine)
	c.body.WriteString("f\n")
}

func (c *pdfCanvas) FillString(face font.Face, pt vg.Point, s string) {
	c.ink()
	m := c.fromFont(face, pt)
	spell(face, s, func(g glyph, x int) { c.path(g.outline(), m.times(affine{1, 0, 0, 1, float64(x), 0})) })
	c.body.WriteString("f\n")
}

// DrawImage draws the image in the unit square of PDF, the first row at the top.
func (c *pdfCanvas) DrawImage(r vg.Rectangle, img image.Image) {
	w, h := r.Size().X.Points(), r.Size().Y.Points()
	m := c.state.times(affine{w, 0, 0, h, r.Min.X.Points(), r.Min.Y.Points()})
	fmt.Fprintf(&c.body, "q /A255 gs %s %s %s %s %s %s cm /I%d Do Q\n", num(m.a), num(m.b), num(m.c), num(m.d), num(m.e), num(m.f), len(c.images))
	c.opacity[255] = true
	c.images = append(c.images, img)
}

// ink sets the colour and its opacity.
func (c *pdfCanvas) ink() {
	n := c.nrgba()
	c.opacity[n.A] = true
	part := func(v uint8) string { return fmt.Sprintf("%.4g", float64(v)/255) }
	fmt.Fprintf(&c.body, "/A%d gs %[2]s %[3]s %[4]s rg %[2]s %[3]s %[4]s RG\n", n.A, part(n.R), part(n.G), part(n.B))
}

// path writes a path that is drawn with the map m. An arc becomes cubic curves of at most a quarter of a turn, whose error is 3e-4
// of the radius: a curve over the angle a leaves and arrives along tangents of 4/3 tan(a/4) radii.
func (c *pdfCanvas) path(p vg.Path, m affine) {
	var at vg.Point
	to := func(operator string, points ...vg.Point) {
		for _, q := range points {
			at, q = q, m.apply(q)
			fmt.Fprintf(&c.body, "%s %s ", num(q.X.Points()), num(q.Y.Points()))
		}
		c.body.WriteString(operator + "\n")
	}
	for i, e := range p {
		switch e.Type {
		case vg.MoveComp:
			to("m", e.Pos)
		case vg.LineComp:
			to("l", e.Pos)
		case vg.CloseComp:
			to("h")
		case vg.CurveComp:
			q := e.Control
			if len(q) == 1 { // the cubic curve that a quadratic one is
				q = []vg.Point{at.Add(q[0].Sub(at).Scale(2. / 3)), e.Pos.Add(q[0].Sub(e.Pos).Scale(2. / 3))}
			}
			to("c", q[0], q[1], e.Pos)
		case vg.ArcComp:
			n := math.Ceil(math.Abs(e.Angle)/(math.Pi/2) - 1e-9)
			var leave vg.Point
			for k := 0.0; k <= n; k++ {
				sin, cos := math.Sincos(e.Start + k*e.Angle/n)
				r := vg.Point{X: e.Radius * vg.Length(cos), Y: e.Radius * vg.Length(sin)}
				q, tangent := e.Pos.Add(r), vg.Point{X: -r.Y, Y: r.X}.Scale(vg.Length(4./3*math.Tan(e.Angle/n/4)))
				switch {
				case k > 0:
					to("c", leave, q.Sub(tangent), q)
				case i == 0:
					to("m", q)
				default:
					to("l", q)
				}
				leave = q.Add(tangent)
			}
		}
	}
}

// WriteTo writes the document, without a title.
func (c *pdfCanvas) WriteTo(w io.Writer) (int64, error) {
	return bytes.NewReader(c.document("")).WriteTo(w)
}
