package selfdual

import (
	"math"
	"slices"
)

// Candidate is what could decide the system, as far as floating point can
// tell: a solution x by column with A x > 0, or else multipliers λ by row with
// Aᵀλ < 0 for every variable. The one that it is not is nil. The multipliers
// of bounds are to be taken as small as they can be.
type Candidate struct{ Solution, Multipliers []float64 }

// propose offers accept the candidates that the point v + dv, λ + dλ gives,
// with negative elements made 0, and returns whether one was accepted.
func (p *InteriorPoint) propose(dv, dl []float64, accept func(Candidate) bool) bool {
	x, ax := make([]float64, p.columns()), make([]float64, p.rows())
	for i, u := range p.Variables {
		x[u.Column] += u.Sign * math.Max(0, p.v[i]+dv[i])
	}
	p.apply(ax, x)
	if slices.Min(ax) > 0 && accept(Candidate{Solution: x}) {
		return true
	}
	lambda, back := ax, x
	for r := range lambda {
		lambda[r] = math.Max(0, p.lambda[r]+dl[r])
	}
	bounded := make([]bool, len(back))
	clear(lambda[len(p.Rows):])
	p.applyTransposed(back, lambda)
	for _, b := range p.Bounds {
		bounded[b.Column] = true
		back[p.Columns] += b.Scale * math.Max(0, b.Sign*back[b.Column])
	}
	for _, u := range p.Variables {
		if !bounded[u.Column] && !(u.Sign*back[u.Column] < 0) {
			return false
		}
	}
	return accept(Candidate{Multipliers: lambda[:len(p.Rows)]})
}
