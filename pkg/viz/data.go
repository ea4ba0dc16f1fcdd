package viz

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// The data of a figure are a table in CSV, one row for each plotted point, those beyond the axes too. Numbers are rounded to six significant
// digits, those of the cells of a map to four, and zeros at the end are left out. Its columns, of which empty ones are left out, are
//
//	panel                   a, b, ..., where there are several
//	series                  the name, or the place among the panel's series where there is none; not where all is maps
//	part                    of a curve that has several
//	x, xlow, xhigh          the position, and the interval, bin or strip about it
//	y, ylow, yhigh          likewise
//	z                       the value of a cell of a map, whose series is "map", or of a strip of them, from xlow to xhigh
//	dx, dy                  the direction of an arrow
//
// and the head adds the labels of the axes and of the map, with their units, to the first of x, of y and to z. A position that has a name has it
// in place of its number. A reference line has one of x and y, a diagonal two points; the rows of a map meet halfway between their y. What was
// drawn by gonum/plot alone is not in the table, and of a series that is longer than [MostPoints], but for a map, only every second point is, or
// every third and so on, which the head says.
var columns = []string{"part", "x", "xlow", "xhigh", "y", "ylow", "yhigh", "z", "dx", "dy"}

// MostPoints is how many points of one series the data of a figure hold at most; a map is whole.
const MostPoints = 2000

// ledger is a canvas on which series leave their data instead of drawing.
type ledger struct {
	recorder.Canvas
	w, h    vg.Length
	sliders []string // labels, in frames
	at      []string // their values
	panels  []*plot.Plot
	maps    []string // their labels, by panel
	count   int      // of series in the panel
	fewer   []string // what the head says of series that are not whole
	rows    []row
}

// row is a point: where the sliders stand, its panel and series, and its cells by column.
type row struct {
	at            []string
	panel, series string
	cells         map[string]string
}

func (l *ledger) Size() (w, h vg.Length) { return l.w, l.h }

// read appends the data of panels, with the values of the sliders.
func (l *ledger) read(panels []*plot.Plot, at ...string) {
	l.at, l.panels, l.maps = at, nil, nil
	for _, p := range panels {
		l.count, l.panels, l.maps = 0, append(l.panels, p), append(l.maps, "")
		copied := *p // since drawing sets the ranges
		copied.Draw(draw.NewCanvas(l, l.w, l.h))
	}
}

// enter appends the data of a series.
func (l *ledger) enter(name string, data []column, p *plot.Plot) {
	l.count++
	if name == "" {
		name = strconv.Itoa(l.count)
	}
	n, isMap := len(data[0].values), data[len(data)-1].name == "z"
	if isMap {
		l.maps[len(l.panels)-1], name = plain(name), "map"
	}
	step := 1
	if n > MostPoints && !isMap {
		step = (n + MostPoints - 1) / MostPoints
		if said := fmt.Sprintf("1 in %d of the %d points of %s", step, n, plain(name)); !slices.Contains(l.fewer, said) {
			l.fewer = append(l.fewer, said)
		}
	}
	for i := 0; i < n; i += step {
		cells := map[string]string{}
		for _, c := range data {
			cells[c.name] = asWritten(c.name, c.values[i])
			if axis := map[string]*plot.Axis{"x": &p.X, "y": &p.Y}[c.name]; axis != nil {
				if at := named(axis, c.values[i]); at != "" {
					cells[c.name] = at
				}
			}
		}
		l.rows = append(l.rows, row{l.at, letter(len(l.panels) - 1), plain(name), cells})
	}
}

// named returns the name of a position on an axis of categories, or nothing.
func named(a *plot.Axis, v float64) string {
	ticks, _ := a.Tick.Marker.(plot.ConstantTicks)
	for _, t := range ticks {
		if t.Value == v {
			return plain(t.Label)
		}
	}
	return ""
}

// plain takes the marks of mathematics out of a text.
func plain(s string) string { return strings.ReplaceAll(s, "$", "") }

// letter names a panel.
func letter(i int) string { return string(rune('a' + i)) }

// WriteTo writes the table.
func (l *ledger) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	out := csv.NewWriter(&b)
	used := slices.DeleteFunc(slices.Clone(columns), func(name string) bool {
		return !slices.ContainsFunc(l.rows, func(r row) bool { return r.cells[name] != "" })
	})
	head := slices.Clone(l.sliders)
	several := len(l.panels) > 1
	if several {
		head = append(head, "panel")
	}
	series := slices.ContainsFunc(l.rows, func(r row) bool { return r.cells["z"] == "" })
	if series {
		head = append(head, strings.Join(append([]string{"series"}, l.fewer...), "; "))
	}
	labelled := map[byte]bool{}
	for _, name := range used {
		title := name
		if axis := name[0]; !labelled[axis] {
			title, labelled[axis] = l.title(name), true
		}
		head = append(head, title)
	}
	out.Write(head) // a strings.Builder does not fail
	for _, r := range l.rows {
		line := slices.Clone(r.at)
		if several {
			line = append(line, r.panel)
		}
		if series {
			line = append(line, r.series)
		}
		for _, name := range used {
			line = append(line, r.cells[name])
		}
		out.Write(line)
	}
	out.Flush()
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// title returns the head of the first column of an axis: its name and what the axes of the panels are.
func (l *ledger) title(name string) string {
	var labels []string
	for _, p := range l.panels {
		if axis := map[byte]*plot.Axis{'x': &p.X, 'y': &p.Y}[name[0]]; axis != nil {
			labels = append(labels, plain(axis.Label.Text))
		}
	}
	if name == "z" {
		labels = slices.Clone(l.maps)
	}
	if len(slices.Compact(slices.Clone(labels))) > 1 {
		for i, label := range labels {
			if label != "" {
				labels[i] = fmt.Sprintf("(%s) %s", letter(i), label)
			}
		}
		labels = slices.DeleteFunc(labels, func(label string) bool { return label == "" })
	} else {
		labels = slices.Compact(labels)
	}
	if label := strings.Join(labels, "; "); label != "" {
		return name + ": " + label
	}
	return name
}

// mapDigits is how many significant digits the data of a figure give of the value of a cell: a map has 256 colours.
const mapDigits = 4

// mapData returns the data of a map: one row for each cell; or, if these are at most half as many, one for each strip of neighbours in a row
// of the map that have the same value as written, from its left border to its right one.
func mapData(atX, atY, borders []float64, z [][]float64) []column {
	var x, y, value, low, high, stripY, stripValue []float64
	for j, row := range z {
		for i, v := range row {
			x, y, value = append(x, atX[i]), append(y, atY[j]), append(value, v)
			if i > 0 && asWritten("z", v) == asWritten("z", row[i-1]) {
				high[len(high)-1] = borders[i+1]
				continue
			}
			low, high = append(low, borders[i]), append(high, borders[i+1])
			stripY, stripValue = append(stripY, atY[j]), append(stripValue, v)
		}
	}
	if 2*len(low) > len(x) {
		return []column{{"x", x}, {"y", y}, {"z", value}}
	}
	return []column{{"xlow", low}, {"xhigh", high}, {"y", stripY}, {"z", stripValue}}
}

// asWritten returns a number as the data of a figure give it.
func asWritten(column string, v float64) string {
	digits := 6
	if column == "z" {
		digits = mapDigits
	}
	return strconv.FormatFloat(v+0, 'g', digits, 64)
}
