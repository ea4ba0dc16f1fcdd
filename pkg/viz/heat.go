package viz

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
	"sort"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Heat draws z[j][i] at (x[i], y[j]) as a map of cells from low (dark) to high (bright), with a labelled colour bar. x and y must
// ascend; cells meet halfway between neighbours. If low equals high, the range of z is taken; a value outside an explicit range is
// an error, and so is a logarithmic axis.
func Heat(p *plot.Plot, label string, x, y []float64, z [][]float64, low, high float64) {
	if !finite(p, label, column{"x", x}) || !finite(p, label, column{"y", y}) {
		return
	}
	if !ascending(x) || !ascending(y) || low > high {
		panic(fmt.Sprintf("viz: heat map %q: x and y must ascend and have two values at least, x = %v, y = %v, and so must [%v, %v]",
			label, x, y, low, high))
	}
	drawMap(p, label, x, y, borders(x), borders(y), z, low, high, viridis)
}

// Matrix draws m[row][column] as a map of cells, white at zero, red above it, blue below, with a labelled colour bar. Rows, the
// first at the top, and columns are counted from 0. The scale is ± the largest magnitude, or ± limit if limit is positive.
func Matrix(p *plot.Plot, label string, m [][]float64, limit float64) {
	if len(m) == 0 || len(m[0]) == 0 {
		panic(fmt.Sprintf("viz: matrix %q of %d rows has no cell", label, len(m)))
	}
	if limit <= 0 {
		if limit = floats.Norm(slices.Concat(m...), math.Inf(1)); infinite(limit) {
			limit = 0 // an error will name the cell
		}
	}
	p.Y.Scale = plot.InvertedScale{Normalizer: plot.LinearScale{}}
	span := func(n int, first float64) []float64 {
		return floats.Span(make([]float64, n+1), first, first+float64(n))
	}
	rows, columns := len(m), len(m[0])
	drawMap(p, label, span(columns, 0), span(rows, 0), span(columns, -0.5), span(rows, -0.5), m, -limit, limit, signed)
}

// cells is a map of coloured rectangles with its colour bar.
type cells struct {
	label     string
	x, y      []float64 // borders, ascending, one more than columns and rows
	z         [][]float64
	low, high float64
	ramp      ramp
}

// drawMap adds a map of cells at (atX, atY) with the borders x and y.
func drawMap(p *plot.Plot, label string, atX, atY, x, y []float64, z [][]float64, low, high float64, r ramp) {
	m := cells{label: label, x: x, y: y, low: low, high: high, ramp: r}
	if len(z) != len(y)-1 {
		panic(fmt.Sprintf("viz: map %q: %d rows for %d of y", label, len(z), len(y)-1))
	}
	if !finite(p, label, column{"limits", []float64{low, high}}) {
		return
	}
	for j, row := range z {
		if len(row) != len(x)-1 {
			panic(fmt.Sprintf("viz: map %q: row %d has %d values for %d of x", label, j, len(row), len(x)-1))
		}
		if !finite(p, label, column{fmt.Sprintf("z[%d]", j), row}) {
			return
		}
		for i, v := range row {
			if low < high && (v < low || v > high) {
				refuse(p, "map %q: z[%d][%d] = %v is outside [%v, %v]", label, j, i, v, low, high)
				return
			}
		}
		m.z = append(m.z, slices.Clone(row))
	}
	if all := slices.Concat(z...); low == high {
		m.low, m.high = slices.Min(all), slices.Max(all)
	}
	if m.low == m.high {
		m.low, m.high = m.low-0.5, m.high+0.5
	}
	l := layer{span: span{x[0], x[len(x)-1], y[0], y[len(y)-1]}, draw: m.draw, room: m.roomForBar, name: label}
	l.data = mapData(atX, atY, x, m.z)
	p.Add(l)
}

// draw draws the map as one image of at least 600 pixels a side, so that no seams appear and no viewer blurs it, and the bar.
func (m cells) draw(c draw.Canvas, p *plot.Plot) {
	const side = 600
	mustBeLinear(p, m.label)
	x, y := p.Transforms(&c)
	a, b := vg.Point{X: x(m.x[0]), Y: y(m.y[0])}, vg.Point{X: x(m.x[len(m.x)-1]), Y: y(m.y[len(m.y)-1])}
	img := image.NewPaletted(image.Rect(0, 0, pixels(len(m.x)-1, side), pixels(len(m.y)-1, side)), m.ramp.palette())
	w, h := img.Rect.Dx(), img.Rect.Dy()
	for py := range h {
		part := (float64(py) + 0.5) / float64(h) // from the top
		if a.Y < b.Y {
			part = 1 - part
		}
		row := m.z[cellAt(m.y, part)]
		for px := range w {
			v := row[cellAt(m.x, (float64(px)+0.5)/float64(w))]
			img.Pix[py*img.Stride+px] = uint8(math.Round(255 * (v - m.low) / (m.high - m.low)))
		}
	}
	c.DrawImage(vg.Rectangle{
		Min: vg.Point{X: min(a.X, b.X), Y: min(a.Y, b.Y)},
		Max: vg.Point{X: max(a.X, b.X), Y: max(a.Y, b.Y)},
	}, img)
	m.drawBar(c)
}

// pixels returns the smallest multiple of n that is not below least.
func pixels(n, least int) int { return (least + n - 1) / n * n }

// cellAt returns the cell that holds the point a part of the way from the first border to the last.
func cellAt(borders []float64, part float64) int {
	at, n := between(borders[0], borders[len(borders)-1], part, false), len(borders)-1
	return min(sort.Search(n, func(i int) bool { return at < borders[i+1] }), n-1)
}

// borders returns the midpoints between neighbours, and ends as far outside as the next midpoint is inside.
func borders(centre []float64) []float64 {
	n := len(centre)
	b := make([]float64, n+1)
	for i := 1; i < n; i++ {
		b[i] = (centre[i-1] + centre[i]) / 2
	}
	b[0], b[n] = 2*centre[0]-b[1], 2*centre[n-1]-b[n-1]
	return b
}

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
	for _, t := range even(mostTicks).Ticks(m.low, m.high) {
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
	for _, t := range even(mostTicks).Ticks(m.low, m.high) {
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
