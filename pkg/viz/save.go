package viz

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

const (
	screen = 150 // dots per inch of a PNG in a notebook, and of clouds inside an SVG
	paper  = 300 // dots per inch of a PNG in a file
)

// Save writes the figure that [Show] shows to a file whose extension is the format: .svg, .pdf, or .png with 300 dots per inch. One
// panel measures 14 x 9 cm, several 9 x 8 cm each, 8 x 8 in rows of three. The alternative text alt is in the SVG, and the title of
// the PDF. An error names the file and the reason; no part of a figure remains then.
func Save(file, alt string, panels ...*plot.Plot) error {
	w, h := size(len(panels))
	return SaveSize(file, alt, w, h, panels...)
}

// SaveSize is [Save] for a page of another width and height, such as 8.5*vg.Centimeter, at most 14400 points. Text and lines keep their
// size; a page in which the panels have no room is an error.
func SaveSize(file, alt string, width, height vg.Length, panels ...*plot.Plot) error {
	format := strings.ToLower(strings.TrimPrefix(filepath.Ext(file), "."))
	b, err := render(format, alt, width, height, paper, panels)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if format == "png" {
		b = withDensity(b, paper)
	}
	f, err := os.Create(file)
	if err == nil {
		_, err = f.Write(b)
		if err = errors.Join(err, f.Close()); err != nil {
			os.Remove(file)
		}
	}
	if err != nil {
		return fmt.Errorf("viz: %w", err)
	}
	return nil
}

// withDensity puts the chunk pHYs, dots per metre, behind the header of a PNG: programs then print it at its size.
func withDensity(png []byte, dpi float64) []byte {
	const header = 8 + 25 // the signature and the chunk IHDR
	dots := uint32(math.Round(dpi / 0.0254))
	chunk := binary.BigEndian.AppendUint32([]byte("pHYs"), dots)
	chunk = append(binary.BigEndian.AppendUint32(chunk, dots), 1)
	sum := binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(chunk))
	return slices.Concat(png[:header], []byte{0, 0, 0, 9}, chunk, sum, png[header:])
}

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

// render draws panels side by side and returns the figure as "svg", "png" or "pdf", or its data as "csv". Panels of a row share the height of their data and
// are tagged (a), (b) and so on; keys stand above the data. The panels are not altered, and the bytes depend on the arguments alone.
//
// It returns an error for data that are not finite, a logarithmic axis that would show a number not positive, an axis that cannot be
// divided, a character that the font lacks, a key wider than its panel, a page without room, an unknown format, or no panel.
func render(format, alt string, w, h vg.Length, dpi int, panels []*plot.Plot) (out []byte, err error) {
	defer func() {
		r := recover()
		if f, ok := r.(fault); ok {
			out, err = nil, f.error
		} else if r != nil {
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
	var buf bytes.Buffer
	switch format {
	case "svg":
		c = newSVG(w, h, alt)
	case "pdf":
		c = newPDF(w, h, alt)
	case "csv":
		l := &ledger{w: w, h: h}
		l.read(panels)
		_, err = l.WriteTo(&buf)
		return buf.Bytes(), err
	case "png":
		c = vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(dpi))}
	default:
		return nil, fmt.Errorf("viz: format %q is none of svg, pdf, png and csv", format)
	}
	compose(draw.New(c), panels)
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
			tag = "(" + letter(i) + ")"
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
