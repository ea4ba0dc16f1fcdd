package cavity

import "math"

// Global returns V as a function of ω, from the lower convex hull of
// Ψ(V) = V²/2 − χ∫F dV: V minimises Ψ − ωV.
func (t Table) Global(chi float64) []Piece {
	psi := make([]float64, len(t))
	integral := 0.
	for k, s := range t {
		if k > 0 {
			integral += (s.F + t[k-1].F) / 2 * (s.V - t[k-1].V)
		}
		psi[k] = s.V*s.V/2 - chi*integral
	}
	chord := func(i, j int) float64 {
		if j == i+1 { // exact however near the two are
			return (t[i].V+t[j].V)/2 - chi*(t[i].F+t[j].F)/2
		}
		return (psi[j] - psi[i]) / (t[j].V - t[i].V)
	}
	var hull []int
	for k := range t {
		for n := len(hull); n >= 2 && chord(hull[n-2], hull[n-1]) >= chord(hull[n-1], k); n = len(hull) {
			hull = hull[:n-1]
		}
		hull = append(hull, k)
	}
	var pieces []Piece
	lo := math.Inf(-1)
	add := func(p Piece, hi float64) {
		if !(hi > lo) {
			return
		}
		p.Lo, p.Hi = lo, hi
		lo = hi
		if n := len(pieces); n > 0 && pieces[n-1].continues(p) {
			pieces[n-1].Hi = hi
			return
		}
		pieces = append(pieces, p)
	}
	for n := 0; n+1 < len(hull); n++ {
		i, j := hull[n], hull[n+1]
		a, b := t[i], t[j]
		if j > i+1 { // a jump, from a piece that ends here
			p := Piece{At: a.V}
			if a.V > 0 {
				p.Fires = 1
			}
			add(p, chord(i, j))
			continue
		}
		from, to := a.V-chi*a.F, b.V-chi*b.F
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
		p := Piece{Slope: (b.V - a.V) / (to - from)}
		switch {
		case a.V == 0 && !jumpsDown(a, b):
			continue
		case a.V == 0:
			p.Slope = 0
			p.Fires, p.FiresSlope = held(a, b, chi)
		default:
			p.At = a.V - p.Slope*from
			if a.V > 0 {
				p.Fires = 1
			}
		}
		add(p, hi)
	}
	return pieces
}

// continues tells whether q lies on the same line as p.
func (p Piece) continues(q Piece) bool {
	const tolerance = 1e-7
	return p.FiresSlope == 0 && q.FiresSlope == 0 && p.Fires == q.Fires &&
		math.Abs(p.Slope-q.Slope) <= tolerance && math.Abs(p.At-q.At) <= tolerance
}
