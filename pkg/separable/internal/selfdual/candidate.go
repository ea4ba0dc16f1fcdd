package selfdual

import "math"

// Candidate is what could decide the system, as far as floating point can
// tell: a solution x by column with A x > 0, or else multipliers λ by pattern
// with Aᵀλ < 0 for every variable. The one that it is not is nil. The
// multipliers of bounds are to be taken as small as they can be. If the system
// says Balance, Aᵀλ = 0 holds in its column only to rounding.
type Candidate struct{ Solution, Multipliers []float64 }

// propose offers accept the candidates that the point v + dv, λ + dλ gives,
// with negative elements made 0, and returns whether one was accepted, and if
// not what share of the inequalities the better of the two fails.
func (p *InteriorPoint) propose(accept func(Candidate) bool) (accepted bool, wrong float64) {
	x, ax := make([]float64, p.columns()), make([]float64, p.rows())
	for i, u := range p.Variables {
		x[u.Column] += u.Sign * math.Max(0, p.v[i]+p.move.v[i])
	}
	p.apply(ax, x)
	failed := 0
	for _, f := range ax {
		if !(f > 0) {
			failed++
		}
	}
	if failed == 0 && accept(Candidate{Solution: x}) {
		return true, 0
	}
	wrong = float64(failed) / float64(len(ax))

	lambda, back := make([]float64, p.rows()), make([]float64, p.columns())
	for r := range p.Rows {
		lambda[r] = math.Max(0, p.lambda[r]+p.move.lambda[r])
	}
	if p.Balance {
		p.balance(lambda)
	}
	p.applyTransposed(back, lambda)
	bounded := make([]bool, len(back)) // or balanced
	bounded[len(back)-1] = p.Balance
	for _, b := range p.Bounds {
		bounded[b.Column] = true
		back[p.Columns] += b.Scale * math.Max(0, b.Sign*back[b.Column])
	}
	failed = 0
	for _, u := range p.Variables {
		if !bounded[u.Column] && !(u.Sign*back[u.Column] < 0) {
			failed++
		}
	}
	if failed == 0 && accept(Candidate{Multipliers: lambda[:len(p.Rows)]}) {
		return true, 0
	}
	return false, math.Min(wrong, float64(failed)/float64(len(p.Variables)))
}

// balance scales the multipliers of the smaller sum over one sign up to that
// over the other.
func (p *InteriorPoint) balance(lambda []float64) {
	var sums [2]float64
	for r, y := range p.Signs {
		sums[int(y+1)/2] += lambda[r]
	}
	for r, y := range p.Signs {
		lambda[r] *= max(1, sums[int(1-y)/2]/sums[int(y+1)/2])
	}
}
