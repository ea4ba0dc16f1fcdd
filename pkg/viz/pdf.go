//go:build !js

package viz

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	imagedraw "image/draw"
	"io"
	"time"
	"unicode/utf16"

	"codeberg.org/go-pdf/fpdf"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	_ "gonum.org/v1/plot/vg/vgpdf" // so that it registers itself before us
)

// The canvas of gonum/plot fails on italics, has no Greek letters, multiplies pale colours twice by their opacity and draws
// joints of lines as spikes. With this one, the Save of a plot writes PDF as well as ours does.
func init() {
	draw.RegisterFormat("pdf", func(w, h vg.Length) vg.CanvasWriterTo { return newPDF(w, h, "") })
}

// pdfCanvas draws to a PDF of one page. Text is outlines.
type pdfCanvas struct {
	page
	doc pdfPencil
}

// newPDF returns a canvas for a document whose title is the alternative text.
func newPDF(w, h vg.Length, alt string) *pdfCanvas {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: w.Points(), Ht: h.Points()}})
	title, _ := binary.Append(nil, binary.BigEndian, utf16.Encode([]rune("\ufeff"+alt))) // integers do not fail
	doc.SetTitle(string(title), false)
	doc.SetCreationDate(time.Unix(0, 0).UTC()) // as everything here: the same figure has the same bytes
	doc.SetModificationDate(time.Unix(0, 0).UTC())
	doc.SetCatalogSort(true)
	doc.SetLineCapStyle("round")
	doc.SetLineJoinStyle("round")
	doc.AddPage()
	return &pdfCanvas{page: newPage(w, h), doc: pdfPencil{doc}}
}

// pdfPencil is fpdf but for quadratic curves, of which it draws others. They become the cubic ones that they are.
type pdfPencil struct{ *fpdf.Fpdf }

func (d pdfPencil) CurveTo(cx, cy, x, y float64) {
	x0, y0 := d.GetXY()
	d.CurveBezierCubicTo(x0+(cx-x0)*2/3, y0+(cy-y0)*2/3, x+(cx-x)*2/3, y+(cy-y)*2/3, x, y)
}

func (c *pdfCanvas) Stroke(p vg.Path) {
	if s := c.state; s.width > 0 {
		c.doc.SetLineWidth(s.width * s.widening())
		c.doc.SetDashPattern(s.dashes, s.offset)
		c.ink()
		s.follow(p, c.doc)
		c.doc.DrawPath("S")
	}
}

// Fill fills by the non-zero rule.
func (c *pdfCanvas) Fill(p vg.Path) {
	c.ink()
	c.state.follow(p, c.doc)
	c.doc.DrawPath("f")
}

func (c *pdfCanvas) FillString(face font.Face, pt vg.Point, s string) {
	c.ink()
	m := c.state.fromFont(face, pt)
	spell(face, s, func(g glyph, x int) { pen{Matrix: m.Translate(float64(x), 0)}.follow(g.outline(), c.doc) })
	c.doc.DrawPath("f")
}

// ink sets the colour and its opacity.
func (c *pdfCanvas) ink() {
	n := c.state.nrgba()
	c.doc.SetDrawColor(int(n.R), int(n.G), int(n.B))
	c.doc.SetFillColor(int(n.R), int(n.G), int(n.B))
	c.doc.SetAlpha(float64(n.A)/255, "Normal")
}

// DrawImage draws an image. Since fpdf orders images by nothing but their widths, one as wide as another before it gets further
// columns, like its last one, that are cut off.
func (c *pdfCanvas) DrawImage(r vg.Rectangle, img image.Image) {
	b := img.Bounds()
	width := b.Dx()
	for c.doc.GetImageInfo(fmt.Sprint(width)) != nil {
		width++
	}
	wider := image.NewNRGBA(image.Rect(0, 0, width, b.Dy()))
	for shift := width - b.Dx(); shift >= 0; shift-- {
		imagedraw.Draw(wider, wider.Rect.Add(image.Pt(shift, 0)), img, b.Min, imagedraw.Src)
	}
	name, options := fmt.Sprint(width), fpdf.ImageOptions{ImageType: "png", AllowNegativePosition: true}
	c.doc.RegisterImageOptionsReader(name, options, asPNG(wider))
	c.doc.SetAlpha(1, "Normal")
	x, y, w, h := c.box(r)
	c.doc.ClipRect(x, y, w, h, false)
	c.doc.ImageOptions(name, x, y, w*float64(width)/float64(b.Dx()), h, false, options, 0, "")
	c.doc.ClipEnd()
}

func (c *pdfCanvas) WriteTo(w io.Writer) (int64, error) {
	var buf bytes.Buffer
	if err := c.doc.Output(&buf); err != nil {
		return 0, err
	}
	return buf.WriteTo(w)
}
