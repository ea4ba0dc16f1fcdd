package viz

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// frame is one panel on its way to the page: the plot without title, key and axis labels, and the canvas that it may fill. Those
// four are drawn here, around the data: gonum/plot would put the key on the data, and keep room for the label of a logarithmic
// axis where the label is not.
type frame struct {
	bare           *plot.Plot
	head           head
	xLabel, yLabel plot.Axis
	cell           draw.Canvas
}

func newFrame(p *plot.Plot, cell draw.Canvas, tag string) frame {
	bare := *p
	f := frame{bare: &bare, head: newHead(p, tag), xLabel: p.X, yLabel: p.Y, cell: cell}
	bare.Title.Text, bare.X.Label.Text, bare.Y.Label.Text, bare.BackgroundColor = "", "", "", nil
	bare.Legend = plot.Legend{TextStyle: p.Legend.TextStyle, YPosition: draw.PosBottom}
	inner := f.inner(0)
	f.head.layout(cell.Max.X - bare.DataCanvas(inner).Min.X)
	return f
}

// inner returns the canvas of the bare plot below a head.
func (f *frame) inner(head vg.Length) draw.Canvas {
	return draw.Crop(f.cell, thickness(f.yLabel), 0, thickness(f.xLabel), -head)
}

func thickness(a plot.Axis) vg.Length {
	if a.Label.Text == "" {
		return 0
	}
	return a.Label.TextStyle.Height(a.Label.Text) + a.Label.Padding
}

// margins returns how far the data are from the lower edge of the panel and from its head.
func (f *frame) margins(head vg.Length) (bottom, top vg.Length) {
	inner := f.inner(head)
	data := f.bare.DataCanvas(inner)
	return data.Min.Y - f.cell.Min.Y, inner.Max.Y - data.Max.Y
}

// draw draws the panel with the given head and margins, those of the most demanding panel in the row.
func (f *frame) draw(head, bottom, top vg.Length) {
	b, t := f.margins(head)
	inner := draw.Crop(f.inner(head), 0, 0, bottom-b, t-top)
	f.bare.Draw(inner)
	data := f.bare.DataCanvas(inner)
	x := f.xLabel.Label.TextStyle
	x.Handler, x.XAlign, x.YAlign = mathText{}, draw.XCenter, draw.YBottom
	f.cell.FillText(x, vg.Point{X: data.Center().X, Y: inner.Min.Y - thickness(f.xLabel)}, f.xLabel.Label.Text)
	y := f.yLabel.Label.TextStyle
	y.Handler, y.Rotation, y.XAlign, y.YAlign = mathText{}, math.Pi/2, draw.XCenter, draw.YTop
	f.cell.FillText(y, vg.Point{X: f.cell.Min.X, Y: data.Center().Y}, f.yLabel.Label.Text)
	f.head.draw(f.cell, data.Min.X, f.cell.Max.Y-head, f.cell.Max.Y)
}
