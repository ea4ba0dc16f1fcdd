package viz

import (
	"image"
	"image/color"
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
	for _, t := range evenTicks(m.low, m.high) {
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
	for _, t := range evenTicks(m.low, m.high) {
		widest = max(widest, style.Width(t.Label))
	}
	return widest
}

// roomForBar is that of its ticks and label too.
func (m cells) roomForBar(*plot.Plot) []plot.GlyphBox {
	width := barGap + barWidth + barTick + 2 + m.tickWidth() + 4 + textStyle(labelSize).Height(m.label)
	return []plot.GlyphBox{{X: 1, Y: 0.5, Rectangle: vg.Rectangle{Max: vg.Point{X: width, Y: 1}}}}
}

// ramp is a map from [0, 1] to colours, linear between anchors that are evenly spaced.
type ramp []uint32

var (
	// viridis, by van der Walt and Smith (matplotlib 1.5): perceptually uniform, dark is low, readable in grey and without
	// red-green vision. Nine of its 256 entries.
	viridis = ramp{0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725}
	// signed, the nine-class RdBu of Brewer's ColorBrewer reversed: blue is negative, white is zero, red is positive.
	signed = ramp{0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7, 0xFDDBC7, 0xF4A582, 0xD6604D, 0xB2182B}
)

// at returns the colour at t, the nearest end if t is outside [0, 1].
func (r ramp) at(t float64) color.RGBA {
	s := math.Max(0, math.Min(1, t)) * float64(len(r)-1)
	i := min(int(s), len(r)-2)
	part := s - float64(i)
	channel := func(shift uint) uint8 {
		a, b := float64(r[i]>>shift&0xff), float64(r[i+1]>>shift&0xff)
		return uint8(math.Round(a + (b-a)*part))
	}
	return color.RGBA{channel(16), channel(8), channel(0), 0xff}
}

// palette returns 256 colours of the ramp.
func (r ramp) palette() color.Palette {
	p := make(color.Palette, 256)
	for i := range p {
		p[i] = r.at(float64(i) / 255)
	}
	return p
}
