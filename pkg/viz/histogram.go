package viz

import (
	"fmt"
	"image/color"
	"math"
	"sort"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Edges returns the n+1 edges of n equal bins over the range of all samples, so that their histograms compare. It is nil if
// there is no finite value, and one unit wide if there is only one. It panics if n is not positive.
func Edges(n int, samples ...[]float64) []float64 {
	if n <= 0 {
		panic(fmt.Sprintf("viz: %d bins", n))
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, sample := range samples {
		for _, v := range sample {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				lo, hi = math.Min(lo, v), math.Max(hi, v)
			}
		}
	}
	if lo > hi {
		return nil
	}
	if lo == hi {
		lo, hi = lo-0.5, hi+0.5
	}
	edges := make([]float64, n+1)
	for i := range edges {
		edges[i] = between(lo, hi, float64(i)/float64(n), false)
	}
	return edges
}

// Histogram draws the fraction of the values in each bin, outlined in the code's line over a pale filling. A bin holds its lower
// edge, the last one both. The fractions add up to 1: a value outside the edges is an error, since it would not be seen.
func Histogram(p *plot.Plot, name string, values, edges []float64, c Code) {
	if !finite(p, name, column{"values", values}) || !finite(p, name, column{"edges", edges}) {
		return
	}
	if !sort.Float64sAreSorted(edges) || len(edges) == 1 || len(edges) == 0 && len(values) > 0 {
		panic(fmt.Sprintf("viz: series %q: %d edges of bins, which must ascend: %v", name, len(edges), edges))
	}
	h := bars{edges: append([]float64(nil), edges...), height: make([]float64, max(0, len(edges)-1)), code: c}
	for i, v := range values {
		if v < edges[0] || v > edges[len(edges)-1] {
			p.Add(fault{fmt.Errorf("viz: series %q: values[%d] = %v is outside the bins, [%v, %v]", name, i, v, edges[0], edges[len(edges)-1])})
			return
		}
		bin := sort.Search(len(edges), func(k int) bool { return edges[k] > v }) - 1
		h.height[min(bin, len(h.height)-1)]++
	}
	for i := range h.height {
		h.height[i] /= max(1, float64(len(values)))
	}
	p.Add(h)
	key(p, name, h)
}

type bars struct {
	edges, height []float64
	code          Code
}

func (h bars) Plot(c draw.Canvas, p *plot.Plot) {
	var stairs plotter.XYs
	for i, v := range h.height {
		stairs = append(stairs, plotter.XY{X: h.edges[i], Y: v}, plotter.XY{X: h.edges[i+1], Y: v})
	}
	if len(stairs) == 0 {
		return
	}
	x, y := p.Transforms(&c)
	base := y(p.Y.Min)
	outline := []vg.Point{{X: x(stairs[0].X), Y: base}}
	for _, s := range stairs {
		outline = append(outline, vg.Point{X: x(s.X), Y: y(s.Y)})
	}
	outline = append(outline, vg.Point{X: x(stairs[len(stairs)-1].X), Y: base})
	c.FillPolygon(pale(h.code), c.ClipPolygonXY(outline))
	c.StrokeLines(h.code.line(), c.ClipLinesXY(outline)...)
}

// DataRange holds zero, on which the bars stand.
func (h bars) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, xmax = math.Inf(1), math.Inf(-1)
	if n := len(h.edges); n > 0 {
		xmin, xmax = h.edges[0], h.edges[n-1]
	}
	for _, v := range h.height {
		ymax = math.Max(ymax, v)
	}
	return xmin, xmax, 0, ymax
}

func (h bars) Thumbnail(c *draw.Canvas) {
	box := []vg.Point{{X: c.Min.X, Y: c.Min.Y}, {X: c.Min.X, Y: c.Max.Y}, {X: c.Max.X, Y: c.Max.Y}, {X: c.Max.X, Y: c.Min.Y}}
	c.FillPolygon(pale(h.code), box)
	c.StrokeLines(h.code.line(), box)
}

// pale returns the colour of the code, mostly transparent.
func pale(c Code) color.Color {
	r, g, b, _ := c.RGBA()
	return color.NRGBA{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: 0x38}
}
