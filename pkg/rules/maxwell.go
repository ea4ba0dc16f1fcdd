package rules

import "math"

// OverloadGlobal is Overload for a loss that need not be convex: V is taken as
// the global minimum over V of (V − ω)²/2χ − ∫F dV, which jumps where two
// minima are equally deep (Maxwell's rule).
//
// An approximation: patterns do not cross the barrier between minima unless
// noise carries them, so small-rate learning ends in local minima. Against the
// drift of N = 300 neurons class means were right to 0.05 to 0.08 and errors to
// 0.09 for steps of F up to half of its range, and to 0.02 for the reported
// circuit with β = 0. Where the loss is convex it agrees with Overload.
// Derived here.
func (c Circuit) OverloadGlobal(load, decay float64) (Overload, error) {
	return c.overload(load, decay, func(f force) (func(chi float64) [2][]piece, error) {
		dense := [2]table{f.dense(false), f.dense(true)}
		return func(chi float64) [2][]piece {
			return [2][]piece{dense[0].globalPieces(chi), dense[1].globalPieces(chi)}
		}, nil
	})
}

// dense tabulates the force closely.
func (f force) dense(target bool) table {
	const parts = 3
	near := f.reach()
	var t table
	grid := f.grid()
	for i, v := range grid {
		if math.Abs(v) > near {
			continue
		}
		t = append(t, sample{v, f.of(target, v)})
		if i+1 == len(grid) || v == 0 || math.Abs(grid[i+1]) > near {
			continue
		}
		for k := 1; k < parts; k++ {
			u := v + (grid[i+1]-v)*float64(k)/parts
			t = append(t, sample{u, f.of(target, u)})
		}
	}
	return t
}

// globalPieces returns V as a function of ω, from the lower convex hull of
// Ψ(V) = V²/2 − χ∫F dV: V minimises Ψ − ωV.
func (t table) globalPieces(chi float64) []piece {
	psi := make([]float64, len(t))
	integral := 0.
	for k, s := range t {
		if k > 0 {
			integral += (s.f + t[k-1].f) / 2 * (s.v - t[k-1].v)
		}
		psi[k] = s.v*s.v/2 - chi*integral
	}
	chord := func(i, j int) float64 {
		if j == i+1 { // exact however near the two are
			return (t[i].v+t[j].v)/2 - chi*(t[i].f+t[j].f)/2
		}
		return (psi[j] - psi[i]) / (t[j].v - t[i].v)
	}
	var hull []int
	for k := range t {
		for n := len(hull); n >= 2 && chord(hull[n-2], hull[n-1]) >= chord(hull[n-1], k); n = len(hull) {
			hull = hull[:n-1]
		}
		hull = append(hull, k)
	}
	var pieces []piece
	lo := math.Inf(-1)
	add := func(p piece, hi float64) {
		if !(hi > lo) {
			return
		}
		p.lo, p.hi = lo, hi
		lo = hi
		if n := len(pieces); n > 0 && pieces[n-1].continues(p) {
			pieces[n-1].hi = hi
			return
		}
		pieces = append(pieces, p)
	}
	for n := 0; n+1 < len(hull); n++ {
		i, j := hull[n], hull[n+1]
		a, b := t[i], t[j]
		if j > i+1 { // a jump, from a piece that ends here
			p := piece{at: a.v}
			if a.v > 0 {
				p.fires = 1
			}
			add(p, chord(i, j))
			continue
		}
		from, to := a.v-chi*a.f, b.v-chi*b.f
		hi := to
		switch {
		case n+2 == len(hull):
			hi = math.Inf(1)
		case hull[n+2] > j+1:
			hi = chord(j, hull[n+2])
		}
		if !(to > from) {
			continue
		}
		p := piece{slope: (b.v - a.v) / (to - from)}
		if a.v == 0 {
			if a.f-b.f <= 1e-9*(math.Abs(a.f)+math.Abs(b.f)) {
				continue
			}
			p = piece{fires: a.f / (a.f - b.f), firesSlope: 1 / (chi * (a.f - b.f))}
		} else {
			p.at = a.v - p.slope*from
			if a.v > 0 {
				p.fires = 1
			}
		}
		add(p, hi)
	}
	return pieces
}

// continues tells whether q lies on the same line as p.
func (p piece) continues(q piece) bool {
	const tolerance = 1e-7
	return p.firesSlope == 0 && q.firesSlope == 0 && p.fires == q.fires &&
		math.Abs(p.slope-q.slope) <= tolerance && math.Abs(p.at-q.at) <= tolerance
}
