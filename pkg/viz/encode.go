package viz

import (
	"bytes"
	"fmt"
	"image/color"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

const (
	screen = 150 // dots per inch of a PNG in a notebook, and of clouds inside an SVG
	paper  = 300 // dots per inch of a PNG in a file
)

// size returns the measures of a figure of n panels: one measures 14 × 9 cm, several 9 × 8 cm each, 8 × 8 in rows of three.
func size(n int) (w, h vg.Length) {
	if n <= 1 {
		return 14 * vg.Centimeter, 9 * vg.Centimeter
	}
	rows, columns := shape(n)
	return [...]vg.Length{2: 2 * 9, 3: 3 * 8}[columns] * vg.Centimeter, 8 * vg.Centimeter * vg.Length(rows)
}

// shape returns how n panels stand: at most three in a row, and rows as equal as they can be.
func shape(n int) (rows, columns int) {
	rows = max(1, (n+2)/3)
	return rows, (n + rows - 1) / rows
}

// encode draws a figure of the size that its panels have on the screen.
func encode(format, alt string, panels ...*plot.Plot) ([]byte, error) {
	w, h := size(len(panels))
	return render(format, alt, w, h, screen, panels)
}

// render draws panels side by side and returns the figure as "svg", "png" or "pdf". Panels of a row share the height of their data and
// are tagged (a), (b) and so on; keys stand above the data. The panels are not altered, and the bytes depend on the arguments alone.
//
// It returns an error for data that are not finite, a logarithmic axis that would show a number not positive, an axis that cannot be
// divided, a character that the font lacks, a key wider than its panel, a page without room, an unknown format, or no panel.
func render(format, alt string, w, h vg.Length, dpi int, panels []*plot.Plot) (out []byte, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case fault:
			out, err = nil, r.error
		default:
			panic(r)
		}
	}()
	const most = 14400 // points: a PDF may not be larger
	if len(panels) == 0 {
		fail("no panel to draw")
	}
	if min(w, h) <= 0 || !(max(w, h) <= most) {
		fail("a figure of %v × %v points, which must be positive and at most %v", w.Points(), h.Points(), most)
	}
	for i, p := range panels {
		if p == nil {
			panic(fmt.Sprintf("viz: panel %d of %d is nil", i, len(panels)))
		}
		mustHaveRange("the x axis", &p.X)
		mustHaveRange("the y axis", &p.Y)
	}
	var c vg.CanvasWriterTo
	switch format {
	case "svg":
		c = newSVG(w, h, alt)
	case "pdf":
		c = newPDF(w, h, alt)
	case "png":
		c = vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(dpi))}
	default:
		return nil, fmt.Errorf("viz: format %q is none of svg, png and pdf", format)
	}
	compose(draw.New(c), panels)
	var buf bytes.Buffer
	_, err = c.WriteTo(&buf)
	return buf.Bytes(), err
}

// compose lays out the panels and draws them.
func compose(c draw.Canvas, panels []*plot.Plot) {
	c.SetColor(color.White)
	c.Fill(c.Rectangle.Path())
	rows, columns := shape(len(panels))
	tiles := draw.Tiles{Cols: columns, Rows: rows, PadX: 14, PadY: 10, PadLeft: 5, PadRight: 8, PadTop: 5, PadBottom: 5}
	var list []*panel
	for i, p := range panels {
		tag := ""
		if len(panels) > 1 {
			tag = fmt.Sprintf("(%c)", 'a'+i)
		}
		list = append(list, newPanel(p, tiles.At(c, i%columns, i/columns), tag))
	}
	for list := range slices.Chunk(list, columns) {
		var head, bottom, top vg.Length // of the most demanding panel: the data of a row begin and end at the same heights
		for _, p := range list {
			head = max(head, p.head)
		}
		for _, p := range list {
			b, t := p.margins(head)
			bottom, top = max(bottom, b), max(top, t)
		}
		for _, p := range list {
			p.draw(head, bottom, top)
		}
	}
}
