package theory

import (
	"math"
	"slices"
)

// reach is a potential beyond which, on either side, the force has its
// asymptotic form.
func (f force) reach() float64 {
	c := f.circuit
	reach := 10 + 2*(math.Abs(c.Balance.Offset)+math.Abs(c.Threshold))
	if c.Balance.Rate != 0 {
		for _, target := range [2]bool{false, true} {
			for _, v := range [2]float64{0, f.above()} {
				reach += 2 * math.Abs(f.of(target, v)/c.Balance.Rate)
			}
		}
	}
	return reach
}

// grid returns potentials from far below to far above threshold at which the
// force is sampled, increasing. 0 stands for just below threshold and is
// followed by a point just above it.
func (f force) grid() []float64 {
	c := f.circuit
	near := f.reach()
	far := near + 10*(c.ACh.Disinhibition+c.NE.Disinhibition)
	smallest := near
	for _, a := range [2]float64{c.ACh.Disinhibition, c.NE.Disinhibition} {
		if a > 0 {
			smallest = min(smallest, a)
		}
	}
	var depths []float64
	for d := 1e-3 * smallest; d < far; d *= 1.04 {
		depths = append(depths, d)
	}
	depths = append(depths, far)
	for k := range 60 {
		depths = append(depths, near*float64(k+1)/60)
	}
	slices.Sort(depths)
	depths = slices.Compact(depths)
	v := make([]float64, 0, 2*len(depths)+2)
	for _, d := range slices.Backward(depths) {
		v = append(v, -d)
	}
	return append(append(v, 0, f.above()), depths...)
}

// sample is a potential and the force there.
type sample struct{ v, f float64 }

// samples evaluates the force on the grid and at its extrema within it.
func (f force) samples(target bool) []sample {
	grid := f.grid()
	s := make([]sample, 0, len(grid)+16)
	for _, v := range grid {
		s = append(s, sample{v, f.of(target, v)})
	}
	for i := 1; i+1 < len(grid); i++ {
		if grid[i] == 0 || grid[i-1] == 0 {
			continue // no extremum is sought across the jump
		}
		left, mid, right := s[i-1].f, s[i].f, s[i+1].f
		switch {
		case mid > 0 && mid <= left && mid <= right && (mid < left || mid < right):
			s = append(s, f.extremum(target, grid[i-1], grid[i+1], 1))
		case mid < 0 && mid >= left && mid >= right && (mid > left || mid > right):
			s = append(s, f.extremum(target, grid[i-1], grid[i+1], -1))
		}
	}
	slices.SortFunc(s, func(a, b sample) int {
		switch {
		case a.v < b.v:
			return -1
		case a.v > b.v:
			return 1
		}
		return 0
	})
	return s
}

// extremum returns the least value of sign·F between lo and hi, by golden
// section.
func (f force) extremum(target bool, lo, hi, sign float64) sample {
	const ratio = 0.6180339887498949
	a, b := hi-ratio*(hi-lo), lo+ratio*(hi-lo)
	fa, fb := sign*f.of(target, a), sign*f.of(target, b)
	for range 48 {
		if fa < fb {
			hi, b, fb = b, a, fa
			a = hi - ratio*(hi-lo)
			fa = sign * f.of(target, a)
		} else {
			lo, a, fa = a, b, fb
			b = lo + ratio*(hi-lo)
			fb = sign * f.of(target, b)
		}
	}
	if fa < fb {
		return sample{a, sign * fa}
	}
	return sample{b, sign * fb}
}
