package viz

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"

	xfont "golang.org/x/image/font"
)

// head is what stands above the data of a panel: its tag and title on one line, and the key in rows below, as many entries
// side by side as fit. A key inside the axes would cover data sooner or later.
type head struct {
	tag, title string
	style      text.Style // of the key
	thumb      vg.Length  // width of a sample of line or marker
	entries    []entry
	height     vg.Length // of all of it
}

type entry struct {
	name    string
	sample  []recorder.Action // draws the sample at from
	from    vg.Point
	x       vg.Length // from the left edge of the data
	row     int
	measure vg.Length
}

const (
	headLine = vg.Length(14) // height of the line with tag and title
	keyLine  = vg.Length(13) // height of a row of the key
	keyGap   = vg.Length(14) // between two entries
	keyFoot  = vg.Length(4)  // between the key and the data
)

// newHead takes title and key from a plot. The key's entries are not exported, so that the key is drawn on a canvas that
// remembers the samples, with a text handler that remembers the names.
func newHead(p *plot.Plot, tag string) head {
	h := head{tag: tag, title: p.Title.Text, style: p.Legend.TextStyle, thumb: p.Legend.ThumbnailWidth}
	var rec recorder.Canvas
	legend := p.Legend
	legend.Left, legend.Top, legend.XOffs, legend.YOffs = true, true, 0, 0
	legend.TextStyle.Handler = catch{legend.TextStyle.Handler, func(name string, at vg.Point) {
		h.entries = append(h.entries, entry{name: name, sample: rec.Actions, from: at})
		rec.Actions = nil
	}}
	legend.Draw(draw.NewCanvas(&rec, 1000, 1000))
	return h
}

// catch is a text handler that reports what it should draw.
type catch struct {
	text.Handler
	report func(string, vg.Point)
}

func (c catch) Draw(_ vg.Canvas, txt string, _ text.Style, at vg.Point) { c.report(txt, at) }

// layout places the entries within a width.
func (h *head) layout(width vg.Length) {
	x, row := vg.Length(0), 0
	for i := range h.entries {
		e := &h.entries[i]
		e.measure = h.thumb + h.style.Width(" "+e.name)
		if e.measure > width {
			panic(fault{fmt.Errorf("viz: the key's entry %q is wider than its panel", e.name)})
		}
		if x > 0 && x+e.measure > width {
			x, row = 0, row+1
		}
		e.x, e.row = x, row
		x += e.measure + keyGap
	}
	if h.title != "" || h.tag != "" && len(h.entries) == 0 {
		h.height = headLine
	}
	if len(h.entries) > 0 {
		h.height += keyLine*vg.Length(row+1) + keyFoot
	}
}

// draw draws the head between bottom and top: title and tag at the top, the key at the bottom; title and key begin at left,
// the left edge of the data.
func (h *head) draw(c draw.Canvas, left, bottom, top vg.Length) {
	if h.tag != "" || h.title != "" {
		style := textStyle(labelSize)
		style.YAlign = draw.YTop
		c.FillText(style, vg.Point{X: left, Y: top}, h.title)
		style.Font.Weight = xfont.WeightBold
		c.FillText(style, vg.Point{X: c.Min.X, Y: top}, h.tag)
	}
	rows := 0
	for _, e := range h.entries {
		rows = max(rows, e.row+1)
	}
	for _, e := range h.entries {
		to := vg.Point{X: left + e.x, Y: bottom + keyFoot + keyLine*vg.Length(rows-1-e.row) + 3}
		space := h.style.Width(" ")
		at := vg.Point{X: to.X + h.thumb + space, Y: to.Y}
		c.Push()
		c.Translate(at.Sub(e.from))
		for _, a := range e.sample {
			a.ApplyTo(c)
		}
		c.Pop()
		c.FillText(h.style, at.Sub(vg.Point{Y: 1}), e.name)
	}
}
