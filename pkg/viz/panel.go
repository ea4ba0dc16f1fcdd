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
// on the data, and keep room for the label of a logarithmic axis where the label is not. The head is the tag and the title, and the
// key in rows below. What is too long for its place is broken at spaces.
type panel struct {
	bare        *plot.Plot // without labels and head
	plot        *plot.Plot
	tag         string
	title, x, y []string // lines
	key         key
	head        vg.Length // height
	cell        vg.Rectangle
}

const (
	headLine = vg.Length(14) // height of a line with tag and title
	keyFoot  = vg.Length(4)  // between the key and the data
	least    = vg.Length(10) // of the width and the height of the data
)

// newPanel prepares a plot for a cell of the page; the label of its y axis has lines of at most upright.
func newPanel(p *plot.Plot, cell vg.Rectangle, upright vg.Length, tag string) *panel {
	bare := *p
	f := &panel{bare: &bare, plot: p, tag: tag, cell: cell}
	bare.Title.Text, bare.X.Label.Text, bare.Y.Label.Text, bare.BackgroundColor = "", "", "", nil
	bare.Legend = plot.Legend{TextStyle: p.Legend.TextStyle, YPosition: draw.PosBottom}
	f.data(0) // settles the ranges
	size := cell.Size()
	f.x, f.y = lines(p.X.Label.TextStyle, p.X.Label.Text, size.X), lines(p.Y.Label.TextStyle, p.Y.Label.Text, upright)
	fit(&bare.Y, size.Y-3*headLine, false)
	fit(&bare.X, f.data(0).Size().X, true)
	width := cell.Max.X - f.data(0).Min.X
	f.title = lines(textStyle(labelSize), p.Title.Text, width)
	f.key = newKey(p.Legend, width)
	if len(f.title) > 0 || tag != "" && len(f.key.entries) == 0 {
		f.head = headLine * vg.Length(max(1, len(f.title)))
	}
	if len(f.key.entries) > 0 {
		f.head += f.key.height() + keyFoot
	}
	return f
}

// wants returns the height of the panel if its data shall have that height, or what the names of rows need.
func (f *panel) wants(data vg.Length) vg.Length {
	if ticks, ok := f.plot.Y.Tick.Marker.(plot.ConstantTicks); ok {
		data = max(data, vg.Length(len(ticks)+1)*rowPitch)
	}
	bottom, top := f.margins(f.head)
	return f.head + bottom + top + data
}

// lines breaks a text into lines of at most that width, at spaces outside of mathematics. A longer word is a line.
func lines(style text.Style, s string, width vg.Length) (out []string) {
	formula := false
	word := ""
	end := func() {
		if n := len(out) - 1; word != "" && n >= 0 && style.Width(out[n]+" "+word) <= width {
			out[n] += " " + word
		} else if word != "" {
			out = append(out, word)
		}
		word = ""
	}
	for _, r := range s {
		if formula = formula != (r == '$'); r == ' ' && !formula {
			end()
			continue
		}
		word += string(r)
	}
	end()
	return out
}

// inner returns the canvas of the bare plot below a head.
func (f *panel) inner(head vg.Length) draw.Canvas {
	c := draw.Canvas{Canvas: new(recorder.Canvas), Rectangle: f.cell}
	return draw.Crop(c, thickness(f.plot.Y, f.y), 0, thickness(f.plot.X, f.x), -head)
}

// data returns where the data are below a head.
func (f *panel) data(head vg.Length) draw.Canvas { return f.bare.DataCanvas(f.inner(head)) }

func thickness(a plot.Axis, label []string) vg.Length {
	if len(label) == 0 {
		return 0
	}
	return pitch(a.Label.TextStyle)*vg.Length(len(label)) + a.Label.Padding
}

// pitch is the height of a line.
func pitch(s text.Style) vg.Length { return s.Height("x") }

// margins returns how far the data are from the lower edge of the panel and from its head.
func (f *panel) margins(head vg.Length) (bottom, top vg.Length) {
	inner, data := f.inner(head), f.data(head)
	return data.Min.Y - f.cell.Min.Y, inner.Max.Y - data.Max.Y
}

// draw draws the panel with the given head and margins, those of the most demanding panel in the row.
func (f *panel) draw(to draw.Canvas, head, bottom, top vg.Length) {
	fit(&f.bare.Y, f.cell.Size().Y-head-bottom-top, false)
	b, t := f.margins(head)
	inner := draw.Crop(f.inner(head), 0, 0, bottom-b, t-top)
	inner.Canvas = to.Canvas
	data := f.bare.DataCanvas(inner)
	if d, room := data.Size(), inner.Size(); d.X < least || d.Y < least || d.X > room.X || d.Y > room.Y {
		fail("a panel of %.4g × %.4g points has no room for data", f.cell.Size().X, f.cell.Size().Y)
	}
	fit(&f.bare.X, data.Size().X, true)
	f.bare.Draw(inner)
	centred := func(style text.Style, label []string, at, low, high vg.Length, place func(at, line vg.Length) vg.Point) {
		style.Handler, style.XAlign, style.YAlign = maths, draw.XCenter, draw.YTop
		for i, s := range label {
			half := style.Width(s) / 2
			to.FillText(style, place(max(low+half, min(at, high-half)), pitch(style)*vg.Length(i)), s)
		}
	}
	y := f.plot.Y.Label.TextStyle
	y.Rotation = math.Pi / 2
	centred(f.plot.X.Label.TextStyle, f.x, data.Center().X, f.cell.Min.X, f.cell.Max.X, func(at, line vg.Length) vg.Point {
		return vg.Point{X: at, Y: inner.Min.Y - f.plot.X.Label.Padding - line}
	})
	centred(y, f.y, data.Center().Y, f.cell.Min.Y, f.cell.Max.Y-head, func(at, line vg.Length) vg.Point {
		return vg.Point{X: f.cell.Min.X + line, Y: at}
	})
	left, style := data.Min.X, textStyle(labelSize) // title and key begin at the left edge of the data
	style.YAlign = draw.YTop
	for i, s := range f.title {
		to.FillText(style, vg.Point{X: left, Y: f.cell.Max.Y - headLine*vg.Length(i)}, s)
	}
	style.Font.Weight = xfont.WeightBold
	to.FillText(style, vg.Point{X: f.cell.Min.X, Y: f.cell.Max.Y}, f.tag)
	f.key.draw(to, vg.Point{X: left, Y: f.cell.Max.Y - head + keyFoot + f.key.height()})
}
