package viz

import (
	"image"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

const (
	barGap   = vg.Length(8)
	barWidth = vg.Length(9)
	barTick  = vg.Length(3)
)

// drawBar draws the colour bar at the right of the data, as high as they are, with ticks and a label read from below.
func (m cells) drawBar(c draw.Canvas) {
	bar := vg.Rectangle{Min: vg.Point{X: c.Max.X + barGap, Y: c.Min.Y}, Max: vg.Point{X: c.Max.X + barGap + barWidth, Y: c.Max.Y}}
	img := image.NewPaletted(image.Rect(0, 0, 4, 1024), m.ramp.palette())
	for i := range img.Pix {
		img.Pix[i] = uint8(255 - i/4/4)
	}
	c.DrawImage(bar, img)
	frame := draw.LineStyle{Color: grey, Width: 0.5}
	corner := bar.Max
	c.StrokeLines(frame, []vg.Point{bar.Min, {X: corner.X, Y: bar.Min.Y}, corner, {X: bar.Min.X, Y: corner.Y}, bar.Min})
	style := textStyle(tickSize)
	style.YAlign = draw.YCenter
	for _, t := range (evenTicks{}).Ticks(m.low, m.high) {
		y := bar.Min.Y + (corner.Y-bar.Min.Y)*vg.Length((t.Value-m.low)/(m.high-m.low))
		c.StrokeLine2(frame, corner.X, y, corner.X+barTick, y)
		c.FillText(style, vg.Point{X: corner.X + barTick + 2, Y: y}, t.Label)
	}
	label := textStyle(labelSize)
	label.Rotation, label.XAlign, label.YAlign = math.Pi/2, draw.XCenter, draw.YTop
	c.FillText(label, vg.Point{X: corner.X + barTick + 2 + m.tickWidth() + 4, Y: (bar.Min.Y + corner.Y) / 2}, m.label)
}

func (m cells) tickWidth() vg.Length {
	widest, style := vg.Length(0), textStyle(tickSize)
	for _, t := range (evenTicks{}).Ticks(m.low, m.high) {
		widest = max(widest, style.Width(t.Label))
	}
	return widest
}

// GlyphBoxes keeps room for the bar with its ticks and label.
func (m cells) GlyphBoxes(*plot.Plot) []plot.GlyphBox {
	width := barGap + barWidth + barTick + 2 + m.tickWidth() + 4 + textStyle(labelSize).Height(m.label)
	return []plot.GlyphBox{{X: 1, Y: 0.5, Rectangle: vg.Rectangle{Max: vg.Point{X: width, Y: 1}}}}
}
