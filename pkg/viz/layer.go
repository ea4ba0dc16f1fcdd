package viz

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// layer is a part of a plot: what it draws, the data that it spans, its sample in the key, the room that it needs outside the
// data (nil: none), and what it leaves in the table of the figure's data (nil: nothing).
type layer struct {
	draw func(c draw.Canvas, p *plot.Plot)
	span
	sample func(c *draw.Canvas)
	room   func(p *plot.Plot) []plot.GlyphBox
	name   string
	data   []column
}

// span is the rectangle [x0, x1] × [y0, y1] of data.
type span struct{ x0, x1, y0, y1 float64 }

var nowhere = span{math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)}

func (l layer) Thumbnail(c *draw.Canvas)                   { l.sample(c) }
func (s span) DataRange() (xmin, xmax, ymin, ymax float64) { return s.x0, s.x1, s.y0, s.y1 }

// taker is a canvas that takes the data of series instead of drawings.
type taker interface {
	enter(series string, data []column, p *plot.Plot)
}

// Plot draws the layer, or leaves its data.
func (l layer) Plot(c draw.Canvas, p *plot.Plot) {
	if to, ok := bottom(c).(taker); ok && l.data != nil {
		to.enter(l.name, l.data, p)
		return
	}
	l.draw(c, p)
}

// bottom returns the canvas inside those that plot.Draw wraps round it.
func bottom(c vg.Canvas) vg.Canvas {
	if outer, ok := c.(draw.Canvas); ok {
		return bottom(outer.Canvas)
	}
	return c
}

func (l layer) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	if l.room == nil {
		return nil
	}
	return l.room(p)
}

// series adds a part to a plot, and to its key unless the name is empty.
func series(p *plot.Plot, name string, l layer) {
	l.name = name
	p.Add(l)
	if name != "" {
		p.Legend.Add(name, l)
	}
}

// fault is an error that travels as a panic from the drawing of a plot to encode, which returns it.
type fault struct{ error }

// refuse makes the drawing of a plot fail: the function that saw the data has no error to return.
func refuse(p *plot.Plot, format string, args ...any) {
	p.Add(layer{span: nowhere, draw: func(draw.Canvas, *plot.Plot) { fail(format, args...) }})
}

func fail(format string, args ...any) { panic(fault{fmt.Errorf("viz: "+format, args...)}) }

// column is a named slice of a series.
type column struct {
	name   string
	values []float64
}

// keep copies the data of a series.
func keep(data ...column) []column {
	for i, c := range data {
		data[i].values = slices.Clone(c.values)
	}
	return data
}

// finite says whether the columns, which must have equal lengths, are finite, and the one named "half" nowhere negative; if not,
// the plot will not be drawn.
func finite(p *plot.Plot, series string, columns ...column) bool {
	for _, c := range columns[1:] {
		if len(c.values) != len(columns[0].values) {
			panic(fmt.Sprintf("viz: series %q: %d values of %s for %d of %s",
				series, len(c.values), c.name, len(columns[0].values), columns[0].name))
		}
	}
	for _, c := range columns {
		for i, v := range c.values {
			if infinite(v) {
				refuse(p, "series %q: %s[%d] = %v is not finite", series, c.name, i, v)
				return false
			}
			if c.name == "half" && v < 0 {
				refuse(p, "series %q: half[%d] = %v is negative", series, i, v)
				return false
			}
		}
	}
	return true
}

func infinite(values ...float64) bool {
	return slices.ContainsFunc(values, func(v float64) bool { return v-v != 0 })
}

// pairs copies two slices of equal length into the form that gonum/plot reads.
func pairs(x, y []float64) plotter.XYs {
	xys := make(plotter.XYs, len(x))
	for i := range x {
		xys[i] = plotter.XY{X: x[i], Y: y[i]}
	}
	return xys
}
