package viz

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

const dpi = 150 // of a PNG

// Encode draws panels side by side, at most three in a row, and returns the figure as "svg" or "png". The alternative
// text alt says in words what the figure shows. One panel measures 14 x 9 cm, several 9 x 8 cm each (8 x 8 in rows of three);
// panels of a row share the height of their data and are tagged (a), (b) and so on; keys stand above the data. The panels are
// not altered, and the bytes depend on nothing but the arguments.
//
// It returns an error for data that are not finite, a logarithmic axis that would show a number not positive, a character
// that the font lacks, a key wider than its panel, an unknown format, or no panel.
func Encode(format, alt string, panels ...*plot.Plot) (out []byte, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case fault:
			out, err = nil, r.error
		default:
			panic(r)
		}
	}()
	if len(panels) == 0 {
		return nil, fmt.Errorf("viz: no panel to draw")
	}
	for i, p := range panels {
		if p == nil {
			panic(fmt.Sprintf("viz: panel %d of %d is nil", i, len(panels)))
		}
		if err := axisFault(p); err != nil {
			return nil, err
		}
	}
	w, h, columns := size(len(panels))
	switch format {
	case "svg":
		c := newSVG(w, h)
		compose(draw.New(c), columns, panels)
		return c.document(alt), nil
	case "png":
		c := vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(dpi))
		compose(draw.New(c), columns, panels)
		var buf bytes.Buffer
		if err := png.Encode(&buf, c.Image()); err != nil {
			return nil, fmt.Errorf("viz: %w", err)
		}
		return buf.Bytes(), nil
	}
	return nil, fmt.Errorf("viz: format %q is neither svg nor png", format)
}

// Save writes the figure to a file whose extension, .svg or .png, is the format.
func Save(file, alt string, panels ...*plot.Plot) error {
	b, err := Encode(strings.TrimPrefix(filepath.Ext(file), "."), alt, panels...)
	if err != nil {
		return err
	}
	return os.WriteFile(file, b, 0o644)
}

// size returns the measures of a figure of n panels, and how many stand in a row: rows as equal as they can be.
func size(n int) (w, h vg.Length, columns int) {
	rows := (n + 2) / 3
	columns = (n + rows - 1) / rows
	if n == 1 {
		return 14 * vg.Centimeter, 9 * vg.Centimeter, 1
	}
	w = 9 * vg.Centimeter
	if columns == 3 {
		w = 8 * vg.Centimeter
	}
	return w * vg.Length(columns), 8 * vg.Centimeter * vg.Length(rows), columns
}

// compose lays out the panels and draws them.
func compose(c draw.Canvas, columns int, panels []*plot.Plot) {
	c.SetColor(color.White)
	c.Fill(c.Rectangle.Path())
	rows := (len(panels) + columns - 1) / columns
	tiles := draw.Tiles{Cols: columns, Rows: rows, PadX: 14, PadY: 10, PadLeft: 5, PadRight: 8, PadTop: 5, PadBottom: 5}
	for row := range rows {
		first := row * columns
		last := min(first+columns, len(panels))
		cells := make([]draw.Canvas, last-first)
		for i := range cells {
			cells[i] = tiles.At(c, i, row)
		}
		drawRow(cells, panels[first:last], first, len(panels) > 1)
	}
}

// drawRow draws panels whose data begin and end at the same heights.
func drawRow(cells []draw.Canvas, panels []*plot.Plot, first int, tagged bool) {
	frames := make([]frame, len(panels))
	var head, bottom, top vg.Length
	for i, p := range panels {
		tag := ""
		if tagged {
			tag = fmt.Sprintf("(%c)", 'a'+first+i)
		}
		frames[i] = newFrame(p, cells[i], tag)
		head = max(head, frames[i].head.height)
	}
	for i := range frames {
		b, t := frames[i].margins(head)
		bottom, top = max(bottom, b), max(top, t)
	}
	for i := range frames {
		frames[i].draw(head, bottom, top)
	}
}
