package viz

import (
	"image/color"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Widths of the columns of a journal, for [SaveSize].
const (
	SingleColumn = 8.5 * vg.Centimeter
	DoubleColumn = 17 * vg.Centimeter
)

const (
	alone     = 10.8 * vg.Centimeter // width of a figure of one panel: in a single column its ticks are of 9 × 8.5/10.8 = 7.1 points
	narrowest = 5.4 * vg.Centimeter  // of panels side by side
	rowPitch  = 1.3 * tickSize       // between the labels of rows

	edge  = vg.Length(5)  // of the page
	space = vg.Length(12) // between panels
)

// usual returns the width of a figure of n panels: two in a row are 8.1 cm wide, three 6.6 cm.
func usual(n int) vg.Length {
	_, columns := shape(n, 3)
	return [...]vg.Length{1: alone, 2: 2 * 8.1 * vg.Centimeter, 3: 3 * 6.6 * vg.Centimeter}[columns]
}

// shape returns how n panels stand: at most so many in a row, and rows as equal as they can be.
func shape(n, most int) (rows, columns int) {
	rows = max(1, (n+most-1)/most)
	return rows, max(1, (n+rows-1)/rows)
}

// layout is where the panels of a figure stand.
type layout struct {
	w, h vg.Length
	rows [][]*panel
}

// arrange lays out panels on a page of a width, side by side if they are not too narrow then, tagged (a), (b) and so on. Its height, if
// it is not given, leaves the data of a panel 2 cm and a third of its width, or more for the labels of rows.
func arrange(panels []*plot.Plot, w, h vg.Length) layout {
	_, columns := shape(len(panels), max(1, min(3, int(w/narrowest))))
	cell := (w - 2*edge - vg.Length(columns-1)*space) / vg.Length(columns)
	body := 2*vg.Centimeter + cell/3
	rows, _ := shape(len(panels), columns)
	given := (h-2*edge+space)/vg.Length(rows) - space
	upright := body + 0.8*vg.Centimeter // room for the label of the y axis
	if h > 0 {
		upright = 0.8 * given
	}
	build := func(height func(row int) vg.Length) (l layout) {
		l.w, l.h = w, 2*edge-space
		for row, list := range slices.Collect(slices.Chunk(panels, columns)) {
			l.h += height(row) + space
			l.rows = append(l.rows, nil)
			for i, p := range list {
				tag := ""
				if len(panels) > 1 {
					tag = "(" + letter(row*columns+i) + ")"
				}
				x := edge + vg.Length(i)*(cell+space)
				at := vg.Rectangle{Min: vg.Point{X: x}, Max: vg.Point{X: x + cell, Y: height(row)}} // its y follows
				l.rows[row] = append(l.rows[row], newPanel(p, at, upright, tag))
			}
		}
		return l
	}
	height := func(int) vg.Length { return given }
	if h == 0 {
		nominal := build(func(int) vg.Length { return body + 50*vg.Centimeter })
		height = func(row int) (most vg.Length) {
			for _, p := range nominal.rows[row] {
				most = max(most, p.wants(body))
			}
			return most
		}
	}
	l := build(height)
	top := l.h - edge
	for row, list := range l.rows {
		for _, p := range list {
			p.cell.Max.Y, p.cell.Min.Y = top, top-height(row)
		}
		top -= height(row) + space
	}
	return l
}

// draw draws the panels. Those of a row share the height of their data.
func (l layout) draw(c draw.Canvas) {
	c.SetColor(color.White)
	c.Fill(c.Rectangle.Path())
	for _, list := range l.rows {
		var head, bottom, top vg.Length // of the most demanding panel: the data of a row begin and end at the same heights
		for _, p := range list {
			head = max(head, p.head)
		}
		for _, p := range list {
			b, t := p.margins(head)
			bottom, top = max(bottom, b), max(top, t)
		}
		for _, p := range list {
			p.draw(c, head, bottom, top)
		}
	}
}

// frames returns the rectangles of the panels with some of the space around them.
func (l layout) frames() (list []vg.Rectangle) {
	const around = edge - 1
	for _, p := range slices.Concat(l.rows...) {
		list = append(list, vg.Rectangle{Min: p.cell.Min.Sub(vg.Point{X: around, Y: around}), Max: p.cell.Max.Add(vg.Point{X: around, Y: around})})
	}
	return list
}
