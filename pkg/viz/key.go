package viz

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// key names the series of a plot, in rows from the left.
type key struct {
	entries []entry
	style   text.Style
	swatch  vg.Length // width of a sample
	rows    int
}

// entry is a sample with its name.
type entry struct {
	name   string
	sample []recorder.Action // draws the sample, its lower right corner at from
	from   vg.Point
	x      vg.Length // from the left
	row    int       // of its first line
	lines  []string
}

const (
	keyLine   = vg.Length(13) // height of a row
	keyGap    = vg.Length(14) // between two entries
	swatchGap = vg.Length(5)  // between a sample and its name
)

// newKey lays out a key of that width. A name that does not fit is broken at spaces.
func newKey(from plot.Legend, width vg.Length) key {
	k := key{entries: entries(from), style: from.TextStyle, swatch: from.ThumbnailWidth}
	x := vg.Length(0)
	for i := range k.entries {
		e := &k.entries[i]
		room := width - k.swatch - swatchGap
		e.lines = lines(k.style, e.name, room)
		measure := vg.Length(0)
		for _, s := range e.lines {
			measure = max(measure, k.style.Width(s))
		}
		if measure > room {
			fail("the key's entry %q is wider than its panel", e.name)
		}
		if x > 0 && x+k.swatch+swatchGap+measure > width {
			x = 0
		}
		if x == 0 {
			e.row, k.rows = k.rows, k.rows+len(e.lines)
		} else {
			e.row = k.rows - 1
		}
		e.x = x
		if x += k.swatch + swatchGap + measure + keyGap; len(e.lines) > 1 {
			x = width
		}
	}
	return k
}

func (k key) height() vg.Length { return keyLine * vg.Length(k.rows) }

// draw draws the key below and to the right of a point.
func (k key) draw(to draw.Canvas, corner vg.Point) {
	for _, e := range k.entries {
		at := corner.Add(vg.Point{X: e.x + k.swatch, Y: 3 - keyLine*vg.Length(e.row+1)})
		to.Push()
		to.Translate(at.Sub(e.from))
		for _, a := range e.sample {
			a.ApplyTo(to)
		}
		to.Pop()
		for i, s := range e.lines {
			to.FillText(k.style, at.Add(vg.Point{X: swatchGap, Y: -1 - keyLine*vg.Length(i)}), s)
		}
	}
}

// entries reads a key. They are not exported, so that the key is drawn on a canvas that remembers the samples, with a text
// handler that remembers the names.
func entries(key plot.Legend) (list []entry) {
	var rec recorder.Canvas
	gap := vg.Point{X: key.TextStyle.Width(" ")} // that gonum/plot leaves
	key.Left, key.Top, key.XOffs, key.YOffs = true, true, 0, 0
	key.TextStyle.Handler = catch{key.TextStyle.Handler, func(name string, at vg.Point) {
		list = append(list, entry{name: name, sample: rec.Actions, from: at.Sub(gap)})
		rec.Actions = nil
	}}
	key.Draw(draw.NewCanvas(&rec, 1000, 1000))
	return list
}

// catch is a text handler that reports what it should draw.
type catch struct {
	text.Handler
	report func(string, vg.Point)
}

func (c catch) Draw(_ vg.Canvas, txt string, _ text.Style, at vg.Point) { c.report(txt, at) }
