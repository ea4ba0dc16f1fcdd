package viz

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
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

// Show displays panels as one figure, laid out as [Save] does: SVG for the screen, PNG for what shows no SVG, the data as CSV, and the
// alternative text alt, all in one output. It returns when the notebook has received it, does nothing outside one, and panics with the
// error of Save if the figure cannot be drawn.
func Show(alt string, panels ...*plot.Plot) {
	if !inNotebook() {
		return
	}
	draw := func(format string) []byte {
		text, err := Encode(format, alt, panels...)
		if err != nil {
			panic(err)
		}
		return text
	}
	b := bundle{"image/svg+xml": string(draw("svg")), "text/csv": string(draw("csv")), "text/plain": alt}
	if images {
		b["image/png"] = draw("png")
	}
	display(b)
}

// bundle is the content of an output by its type.
type bundle = map[string]any

// Save writes the figure that [Show] shows to a file whose extension is the format: .svg, .pdf, .png with 300 dots per inch, or .csv, the
// plotted data to six significant digits, of maps to four. One panel is 10.8 cm wide, two side by side 8.1 cm each, three 6.6 cm, and the height follows: printed as wide as a single column
// (8.5 cm) or a double one (17 cm), no text but indices has less than 7 points. The alternative text alt is in the SVG, and the title of the
// PDF. An error names the file and the reason; no part of a figure remains then.
func Save(file, alt string, panels ...*plot.Plot) error {
	return SaveSize(file, alt, usual(len(panels)), 0, panels...)
}

// SaveSize is [Save] for a page of another width, such as [SingleColumn], and height, at most 14400 points; the height 0 is as the panels
// want it. Text and lines keep their size, 9 points at least, and panels stand below each other where they would be narrower than 5.4 cm. A page
// in which they have no room is an error.
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

// Encode returns the figure that [Show] shows, of the size that it has on the screen, as "svg", "png", "pdf" or "csv". Errors are
// those of [Save].
func Encode(format, alt string, panels ...*plot.Plot) ([]byte, error) {
	return render(format, alt, usual(len(panels)), 0, screen, panels)
}

// render draws panels side by side and returns the figure as "svg", "png" or "pdf", or its data as "csv". Panels of a row share the height of
// their data and are tagged (a), (b) and so on; keys stand above the data. The panels are not altered, and the bytes depend on the arguments
// alone.
//
// It returns an error for data that are not finite, a logarithmic axis that would show a number not positive, an axis that cannot be
// divided, a character that the font lacks, a word of a key wider than its panel, a page without room, an unknown format, or no panel.
func render(format, alt string, w, h vg.Length, dpi int, panels []*plot.Plot) (out []byte, err error) {
	defer caught(&err)
	var c vg.CanvasWriterTo
	var buf bytes.Buffer
	if !slices.Contains([]string{"svg", "pdf", "png", "csv"}, format) {
		fail("format %q is none of svg, pdf, png and csv", format)
	}
	l := prepare(panels, w, h)
	switch format {
	case "svg":
		_, err = l.svg(alt, new(alphabet)).WriteTo(&buf)
		return buf.Bytes(), err
	case "csv":
		data := &ledger{w: l.w, h: l.h}
		data.read(panels)
		_, err = data.WriteTo(&buf)
		return buf.Bytes(), err
	case "pdf":
		c = newPDF(l.w, l.h, alt)
	case "png":
		c = vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(l.w, l.h), vgimg.UseDPI(dpi))}
	}
	l.draw(draw.New(c))
	_, err = c.WriteTo(&buf)
	return buf.Bytes(), err
}

// caught turns the fault of a drawing into an error.
func caught(err *error) {
	switch r := recover().(type) {
	case nil:
	case fault:
		*err = r.error
	default:
		panic(r)
	}
}

// prepare lays out panels after it has looked at the size of the page and at the axes.
func prepare(panels []*plot.Plot, w, h vg.Length) layout {
	const most = 14400 // points: a PDF may not be larger
	if len(panels) == 0 {
		fail("no panel to draw")
	}
	if !(w > 0 && h >= 0 && max(w, h) <= most) {
		fail("a figure of %v × %v points, which must be positive and at most %v", w.Points(), h.Points(), most)
	}
	for i, p := range panels {
		if p == nil {
			panic(fmt.Sprintf("viz: panel %d of %d is nil", i, len(panels)))
		}
		mustHaveRange("the x axis", &p.X)
		mustHaveRange("the y axis", &p.Y)
	}
	return arrange(panels, w, h)
}

// onScreen returns the size of a PNG of a notebook, in pixels of 1/96 inch.
func onScreen(png []byte) (w, h int) {
	dots := func(from int) int { return int(binary.BigEndian.Uint32(png[from:])) } // in the chunk IHDR
	return (dots(16)*96 + screen/2) / screen, (dots(20)*96 + screen/2) / screen
}

// svg draws the panels to a document with these characters, and further ones.
func (l layout) svg(alt string, glyphs *alphabet) *svgCanvas {
	c := newSVG(l.w, l.h, alt)
	c.glyphs = glyphs
	c.panels = l.frames()
	l.draw(draw.New(c))
	c.flush()
	return c
}
