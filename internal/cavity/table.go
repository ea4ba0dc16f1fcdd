package cavity

import "math"

// Point is a potential and the force there.
type Point struct{ V, F float64 }

// Table is a force at increasing potentials, linear between them and beyond
// them. A jump at threshold is between V = 0 and the next, just above 0.
type Table []Point

// Pieces returns V as a function of ω = V − χF, for a force that nowhere rises.
func (t Table) Pieces(chi float64) []Piece { return t.pieces(1, chi) }

// Inverse returns V as a function of −κF, where F is not the same on a stretch,
// for a force that nowhere rises.
func (t Table) Inverse(kappa float64) []Piece { return t.pieces(0, kappa) }

// pieces returns V as a function of unit·V − χF.
func (t Table) pieces(unit, chi float64) []Piece {
	pieces := make([]Piece, 0, len(t))
	last := len(t) - 2
	for k := range last + 1 {
		a, b := t[k], t[k+1]
		lo, hi := unit*a.V-chi*a.F, unit*b.V-chi*b.F
		if !(hi > lo) {
			continue
		}
		p := Piece{Lo: lo, Hi: hi}
		if a.V == 0 {
			if !jumpsDown(a, b) {
				continue // the next piece begins here
			}
			p.Fires, p.FiresSlope = held(a, b, chi)
		} else {
			p.Slope = (b.V - a.V) / (hi - lo)
			p.At = a.V - p.Slope*lo
			if a.V > 0 {
				p.Fires = 1
			}
		}
		if k == 0 {
			p.Lo = math.Inf(-1)
		}
		if k == last {
			p.Hi = math.Inf(1)
		}
		pieces = append(pieces, p)
	}
	return pieces
}

// jumpsDown tells a jump of F between just below and just above threshold from
// rounding.
func jumpsDown(below, above Point) bool {
	return below.F-above.F > 1e-9*(math.Abs(below.F)+math.Abs(above.F))
}

// held returns the probability that a pattern held at threshold fires, as a
// function of ω: the one that makes its mean force −ω/χ.
func held(below, above Point, chi float64) (fires, slope float64) {
	jump := below.F - above.F
	return below.F / jump, 1 / (chi * jump)
}
