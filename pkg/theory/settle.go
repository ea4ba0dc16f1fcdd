package theory

import (
	"math"
	"slices"
)

// least returns inf F(1, V) over V ≤ 0 and where it is, from samples.
func (f force) least(up []sample) (value, potential float64) {
	best := 0
	for i, s := range up {
		if s.v <= 0 && s.f < up[best].f {
			best = i
		}
	}
	if best > 0 && up[best].v < 0 {
		if e := f.extremum(true, up[best-1].v, up[best+1].v, 1); e.f < up[best].f {
			return e.f, e.v
		}
	}
	return up[best].f, up[best].v
}

// escape returns the depth down to which F(1, V) > 0, from samples of it, and
// whether that holds for all V ≤ 0 or, where F(1, V) ≤ 0 far below threshold,
// down to where that begins.
func escape(up []sample, roots []Root) (depth float64, fromAll bool) {
	last := math.Inf(1) // highest V ≤ 0 with F ≤ 0
	changes := 0
	for i := len(up) - 1; i >= 0; i-- {
		if up[i].v > 0 {
			continue
		}
		if up[i].f <= 0 && math.IsInf(last, 1) {
			last = up[i].v
		}
		if i > 0 && (up[i].f > 0) != (up[i-1].f > 0) {
			changes++
		}
	}
	if math.IsInf(last, 1) {
		return math.Inf(1), true
	}
	if last == 0 {
		return 0, false
	}
	for _, r := range roots {
		if r.Potential < 0 && r.Potential >= last {
			last = r.Potential
		}
	}
	return -last, changes == 1 && up[0].f <= 0
}

// settle finds V0, Loss and V1 from samples of F(0, V) and F(1, V).
func (d *Condition) settle(f force, down, up []sample) {
	d.rest = d.Push // where Y = 0 patterns stand still the mean force balances Push
	f.shift = d.Push
	down = shifted(down, d.Push)
	for _, r := range f.roots(false, down) {
		if r.Stable && r.Potential <= 0 {
			d.V0 = r.Potential
		}
	}
	if math.IsNaN(d.V0) && down[0].f < 0 {
		d.V0, d.rest = math.Inf(-1), down[0].f+d.Push
	}
	f.shift = 0
	if d.Gated {
		for _, t := range f.losses(f.above(), d.rest) {
			d.Loss -= t.Value
		}
	}
	f.shift = d.Loss
	for _, r := range f.roots(true, shifted(up, d.Loss)) {
		if r.Stable && r.Potential > 0 {
			d.V1 = r.Potential
			break
		}
	}
}

// rises tells whether a Y = 1 pattern just below threshold rises although other
// patterns pull at it.
func (d Condition) rises(f force) bool {
	sum := d.Below[1]
	if d.Gated {
		for _, t := range f.losses(0, d.rest) {
			sum += t.Value
		}
	}
	return sum > 0
}

// shifted returns the samples with the shift taken from the force.
func shifted(s []sample, shift float64) []sample {
	s = slices.Clone(s)
	for i := range s {
		s[i].f -= shift
	}
	return s
}
