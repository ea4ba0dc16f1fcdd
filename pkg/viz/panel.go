package viz

import (
	"math"

	xfont "golang.org/x/image/font"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"
)

// panel is a plot on its way to the page. Its axis labels and its head are drawn here, around the data: gonum/plot would put the key
// on the data, and keep room for the label of a logarithmic axis where the label is not. The head is the tag and the title on one
// line, and the key in rows below.
type panel struct {
	bare *plot.Plot // without labels and head
	plot *plot.Plot
	tag  string
	key  []entry
	head vg.Length   // height
	cell draw.Canvas // that the panel may fill
}

// entry is a sample with its name, x from the left edge of the data.
type entry struct {
	name   string
	sample []recorder.Action // draws the sample at from
	from   vg.Point
	x      vg.Length
	row    int
}

const (
	headLine = vg.Length(14) // height of the line with tag and title
	keyLine  = vg.Length(13) // height of a row of the key
	keyGap   = vg.Length(14) // between two entries
	keyFoot  = vg.Length(4)  // between the key and the data
	least    = vg.Length(10) // of the width and the height of the data
)

func newPanel(p *plot.Plot, cell draw.Canvas, tag string) *panel {
	bare := *p
	f := &panel{bare: &bare, plot: p, tag: tag, key: entries(p.Legend), cell: cell}
	bare.Title.Text, bare.X.Label.Text, bare.Y.Label.Text, bare.BackgroundColor = "", "", "", nil
	bare.Legend = plot.Legend{TextStyle: p.Legend.TextStyle, YPosition: draw.PosBottom}
	width := cell.Max.X - bare.DataCanvas(f.inner(0)).Min.X
	x, row := vg.Length(0), 0
	for i := range f.key {
		e := &f.key[i]
		measure := p.Legend.ThumbnailWidth + p.Legend.TextStyle.Width(" "+e.name)
		if measure > width {
			fail("the key's entry %q is wider than its panel", e.name)
		}
		if x > 0 && x+measure > width {
			x, row = 0, row+1
		}
		e.x, e.row = x, row
		x += measure + keyGap
	}
	if p.Title.Text != "" || tag != "" && len(f.key) == 0 {
		f.head = headLine
	}
	if len(f.key) > 0 {
		f.head += keyLine*vg.Length(row+1) + keyFoot
	}
	return f
}

// entries reads a key. They are not exported, so that the key is drawn on a canvas that remembers the samples, with a text
// handler that remembers the names.
func entries(key plot.Legend) (list []entry) {
	var rec recorder.Canvas
	key.Left, key.Top, key.XOffs, key.YOffs = true, true, 0, 0
	key.TextStyle.Handler = catch{key.TextStyle.Handler, func(name string, at vg.Point) {
		list = append(list, entry{name: name, sample: rec.Actions, from: at})
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

// inner returns the canvas of the bare plot below a head.
func (f *panel) inner(head vg.Length) draw.Canvas {
	return draw.Crop(f.cell, thickness(f.plot.Y), 0, thickness(f.plot.X), -head)
}

func thickness(a plot.Axis) vg.Length {
	if a.Label.Text == "" {
		return 0
	}
	return a.Label.TextStyle.Height(a.Label.Text) + a.Label.Padding
}

// margins returns how far the data are from the lower edge of the panel and from its head.
func (f *panel) margins(head vg.Length) (bottom, top vg.Length) {
	inner := f.inner(head)
	data := f.bare.DataCanvas(inner)
	return data.Min.Y - f.cell.Min.Y, inner.Max.Y - data.Max.Y
}

// draw draws the panel with the given head and margins, those of the most demanding panel in the row.
func (f *panel) draw(head, bottom, top vg.Length) {
	b, t := f.margins(head)
	inner := draw.Crop(f.inner(head), 0, 0, bottom-b, t-top)
	data := f.bare.DataCanvas(inner)
	if d, room := data.Size(), inner.Size(); d.X < least || d.Y < least || d.X > room.X || d.Y > room.Y {
		fail("a panel of %.4g × %.4g points has no room for data", f.cell.Size().X, f.cell.Size().Y)
	}
	f.bare.Draw(inner)
	x, y := f.plot.X.Label.TextStyle, f.plot.Y.Label.TextStyle
	x.Handler, x.XAlign, x.YAlign = maths, draw.XCenter, draw.YBottom
	f.cell.FillText(x, vg.Point{X: data.Center().X, Y: inner.Min.Y - thickness(f.plot.X)}, f.plot.X.Label.Text)
	y.Handler, y.Rotation, y.XAlign, y.YAlign = maths, math.Pi/2, draw.XCenter, draw.YTop
	f.cell.FillText(y, vg.Point{X: f.cell.Min.X, Y: data.Center().Y}, f.plot.Y.Label.Text)
	left, style := data.Min.X, textStyle(labelSize) // title and key begin at the left edge of the data
	style.YAlign = draw.YTop
	f.cell.FillText(style, vg.Point{X: left, Y: f.cell.Max.Y}, f.plot.Title.Text)
	style.Font.Weight = xfont.WeightBold
	f.cell.FillText(style, vg.Point{X: f.cell.Min.X, Y: f.cell.Max.Y}, f.tag)
	names := f.plot.Legend.TextStyle
	for _, e := range f.key {
		below := f.key[len(f.key)-1].row - e.row
		at := vg.Point{X: left + e.x, Y: f.cell.Max.Y - head + keyFoot + keyLine*vg.Length(below) + 3}
		at.X += f.plot.Legend.ThumbnailWidth + names.Width(" ")
		f.cell.Push()
		f.cell.Translate(at.Sub(e.from))
		for _, a := range e.sample {
			a.ApplyTo(f.cell)
		}
		f.cell.Pop()
		f.cell.FillText(names, at.Sub(vg.Point{Y: 1}), e.name)
	}
}
