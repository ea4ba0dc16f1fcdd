package viz

import (
	"fmt"
	"slices"
	"sort"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Edges returns the n+1 edges of n equal bins over the range of all samples, so that their histograms compare. It is nil if
// there is no finite value, and one unit wide if there is only one. It panics if n is not positive.
func Edges(n int, samples ...[]float64) []float64 {
	if n <= 0 {
		panic(fmt.Sprintf("viz: %d bins", n))
	}
	values := slices.DeleteFunc(slices.Concat(samples...), func(v float64) bool { return infinite(v) })
	if len(values) == 0 {
		return nil
	}
	lo, hi := slices.Min(values), slices.Max(values)
	if lo == hi {
		lo, hi = lo-0.5, hi+0.5
	}
	edges := make([]float64, n+1)
	for i := range edges {
		edges[i] = between(lo, hi, float64(i)/float64(n), false)
	}
	return edges
}

// Histogram draws the fraction of the values in each bin, outlined over a pale filling. A bin holds its lower edge, the last one
// both. The fractions add up to 1: a value outside the edges is an error.
func Histogram(p *plot.Plot, name string, values, edges []float64, code Code) {
	if !finite(p, name, column{"values", values}) || !finite(p, name, column{"edges", edges}) {
		return
	}
	if !ascending(edges) && len(values)+len(edges) > 0 {
		panic(fmt.Sprintf("viz: series %q: %d edges of bins, which must ascend: %v", name, len(edges), edges))
	}
	edges = slices.Clone(edges)
	height := make([]float64, max(0, len(edges)-1))
	for i, v := range values {
		if v < edges[0] || v > edges[len(height)] {
			refuse(p, "series %q: values[%d] = %v is outside the bins, [%v, %v]", name, i, v, edges[0], edges[len(height)])
			return
		}
		bin := sort.Search(len(edges), func(k int) bool { return edges[k] > v }) - 1
		height[min(bin, len(height)-1)]++
	}
	h := layer{span: nowhere}
	h.y0, h.y1 = 0, 0 // on which the bars stand
	for i := range height {
		height[i] /= max(1, float64(len(values)))
		h.x0, h.x1, h.y1 = edges[0], edges[i+1], max(h.y1, height[i])
	}
	if n := len(height); n > 0 {
		h.data = keep(column{"xlow", edges[:n]}, column{"xhigh", edges[1:]}, column{"y", height})
	}
	h.draw = func(c draw.Canvas, p *plot.Plot) {
		if len(height) == 0 {
			return
		}
		x, y := p.Transforms(&c)
		base := y(p.Y.Min)
		outline := []vg.Point{{X: x(edges[0]), Y: base}}
		for i, v := range height {
			outline = append(outline, vg.Point{X: x(edges[i]), Y: y(v)}, vg.Point{X: x(edges[i+1]), Y: y(v)})
		}
		outline = append(outline, vg.Point{X: x(edges[len(height)]), Y: base})
		c.FillPolygon(pale(code), c.ClipPolygonXY(outline))
		c.StrokeLines(code.line(), c.ClipLinesXY(outline)...)
	}
	h.sample = func(c *draw.Canvas) {
		box := []vg.Point{c.Min, {X: c.Min.X, Y: c.Max.Y}, c.Max, {X: c.Max.X, Y: c.Min.Y}}
		c.FillPolygon(pale(code), box)
		c.StrokeLines(code.line(), box)
	}
	series(p, name, h)
}

// ascending says whether the values rise, and are two at least.
func ascending(v []float64) bool {
	return len(v) > 1 && slices.IsSorted(v) && len(slices.Compact(slices.Clone(v))) == len(v)
}
