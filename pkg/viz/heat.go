package viz

import (
	"fmt"
	"image"
	"math"
	"slices"
	"sort"

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
	drawMap(p, label, borders(x), borders(y), z, low, high, viridis)
}

// Matrix draws m[row][column] as a map of cells, white at zero, red above it, blue below, with a labelled colour bar. Rows, the
// first at the top, and columns are counted from 0. The scale is ± the largest magnitude, or ± limit if limit is positive.
func Matrix(p *plot.Plot, label string, m [][]float64, limit float64) {
	if len(m) == 0 || len(m[0]) == 0 {
		panic(fmt.Sprintf("viz: matrix %q of %d rows has no cell", label, len(m)))
	}
	if limit <= 0 {
		limit = 0
		for _, v := range slices.Concat(m...) {
			if !infinite(v) {
				limit = max(limit, math.Abs(v))
			}
		}
	}
	around := func(n int) (b []float64) { // 0, 1, ..., n-1
		for i := range n + 1 {
			b = append(b, float64(i)-0.5)
		}
		return b
	}
	p.Y.Scale = plot.InvertedScale{Normalizer: plot.LinearScale{}}
	drawMap(p, label, around(len(m[0])), around(len(m)), m, -limit, limit, signed)
}

// cells is a map of coloured rectangles with its colour bar.
type cells struct {
	label     string
	x, y      []float64 // borders, ascending, one more than columns and rows
	z         [][]float64
	low, high float64
	ramp      ramp
}

func drawMap(p *plot.Plot, label string, x, y []float64, z [][]float64, low, high float64, r ramp) {
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
	p.Add(layer{span: span{x[0], x[len(x)-1], y[0], y[len(y)-1]}, draw: m.draw, room: m.roomForBar})
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
