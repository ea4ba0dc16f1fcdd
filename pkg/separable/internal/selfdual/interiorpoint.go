package selfdual

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// InteriorPoint is the simplified homogeneous self-dual method of Xu, Hung and
// Ye (1996) with zero cost and zero right-hand side. It iterates v, λ and
// their slacks s = A v, z = −Aᵀλ, all positive, and brings down
// together the residuals of the two equations and the products v z and λ s. Of
// each pair one tends to 0 faster: s stays if A v > 0 is possible, λ if not.
type InteriorPoint struct {
	*System
	vectors // the iterate

	// Values of the last iterate, by column: x and Aᵀλ; by row: A x.
	x, back, forward []float64

	normal *equations

	move, other vectors // the last direction, and room for one to compare

	gv, h, cz, rz []float64 // by variable
	a1, cs, rs    []float64 // by row
	hx, gx, w, dx []float64 // by column
}

// New returns the method at its starting point.
func New(sys *System) *InteriorPoint {
	p := &InteriorPoint{System: sys, vectors: newVectors(sys), move: newVectors(sys), other: newVectors(sys), normal: newEquations(sys)}
	for k, list := range [...][]*[]float64{
		{&p.gv, &p.h, &p.cz, &p.rz}, {&p.forward, &p.a1, &p.cs, &p.rs}, {&p.x, &p.back, &p.hx, &p.gx, &p.w, &p.dx},
	} {
		for _, u := range list {
			*u = make([]float64, [...]int{len(sys.Variables), sys.rows(), sys.columns()}[k])
		}
	}
	for _, u := range p.all() {
		floats.AddConst(1, u)
	}
	alpha := p.startingScale()
	floats.Scale(alpha, p.v)
	floats.Scale(1/alpha, p.z)
	p.evaluate()
	return p
}

// startingScale returns the v to start from, so that A v is of the order of s:
// 3 over the root of the mean number of inputs of a pattern, at most 1; the
// numerator found by trial, where .7 to 1.4 times as much do as well.
func (s *System) startingScale() float64 {
	active := 0
	for _, row := range s.Rows {
		active += len(row)
	}
	return math.Min(1, 3/math.Sqrt(float64(active)/float64(len(s.Rows))))
}

// evaluate brings x, A x and Aᵀλ up to date with the iterate.
func (p *InteriorPoint) evaluate() {
	clear(p.x)
	for i, u := range p.Variables {
		p.x[u.Column] += u.Sign * p.v[i]
	}
	p.apply(p.forward, p.x)
	p.applyTransposed(p.back, p.lambda)
}

// Violation returns how far λ is from a certificate: the largest of
// σ_i (Aᵀλ)_i over the variables, relative to Σ λ.
func (p *InteriorPoint) Violation() float64 {
	worst, sum := 0.0, 0.0
	for _, u := range p.Variables {
		worst = math.Max(worst, u.Sign*p.back[u.Column])
	}
	for _, l := range p.lambda {
		sum += l
	}
	return worst / sum
}

// Shortfall returns how far x is from a solution: the largest of −(A x)_r,
// relative to Σ v.
func (p *InteriorPoint) Shortfall() float64 {
	return math.Max(0, -slices.Min(p.forward)) / floats.Sum(p.v)
}

// Ambiguity returns how far the iterate is from saying of each pair v, z and
// λ, s which of the two is 0: the largest ratio of the smaller to the larger.
func (p *InteriorPoint) Ambiguity() float64 {
	most := 0.0
	for _, pair := range [...][2][]float64{{p.v, p.z}, {p.s, p.lambda}} {
		for i, x := range pair[0] {
			most = math.Max(most, math.Min(x/pair[1][i], pair[1][i]/x))
		}
	}
	return most
}

// Step makes one predictor and one corrector step, the latter corrected for the
// second-order terms again as long as that makes it longer. On the way it
// offers accept what could already decide the system. It returns false if that
// was accepted, if the normal equations can no longer be solved, or if the
// iterate no longer moves.
//
// The predictor aims at the solution itself. Where it fails as an iterate,
// since elements of it are negative, it often serves with these made 0, two
// steps before an iterate would, the more often after some corrections for
// the second-order terms. These cost little beside the factorisation.
func (p *InteriorPoint) Step(accept func(Candidate) bool) bool {
	n := float64(len(p.v) + len(p.s))
	mu := (dot(p.v, p.z) + dot(p.s, p.lambda)) / n
	floats.SubTo(p.rs, p.s, p.forward)
	floats.DivTo(p.a1, p.lambda, p.s)
	floats.DivTo(p.h, p.v, p.z)
	clear(p.hx)
	for i, u := range p.Variables {
		p.rz[i] = p.z[i] + u.Sign*p.back[u.Column]
		p.hx[u.Column] += p.h[i]
	}
	if !p.normal.factorise(p.a1, p.hx) {
		return false
	}
	clear(p.cs)
	clear(p.cz)
	p.solve(0, 1)
	a := p.stepLength()
	p.secondOrder()
	cs, cz := slices.Clone(p.cs), slices.Clone(p.cz)
	for k := 0; ; k++ {
		accepted, wrong := p.propose(accept)
		if accepted {
			return false
		}
		if k == corrections || wrong > hopeless {
			break
		}
		p.solve(0, 1)
		p.secondOrder()
	}
	p.cs, p.cz = cs, cz
	gamma := math.Max(1e-4, (1-a)*(1-a)*math.Max(1-a, 0.02))
	p.solve(gamma*mu, 1-gamma)
	a = p.stepLength()
	for range lengthenings {
		p.secondOrder()
		p.move, p.other = p.other, p.move
		p.solve(gamma*mu, 1-gamma)
		longer := p.stepLength()
		if longer <= a {
			p.move, p.other = p.other, p.move
			break
		}
		a = longer
	}
	if !(a > 1e-8) {
		return false
	}
	for k, move := range p.move.all() {
		floats.AddScaled(p.all()[k], a, move)
	}
	p.evaluate()
	return true
}

// At most so many corrections of the predictor, none if a larger share of the
// inequalities fails, and at most so many of the corrector; found by trial on
// random associations of 300 to 1000 channels near the critical load. They
// change the time, not the answer.
const (
	corrections  = 8
	hopeless     = 1. / 6
	lengthenings = 3
)

// vectors are an iterate, or a change of it: v, z by variable, s, λ by row.
type vectors struct{ v, z, s, lambda []float64 }

func newVectors(sys *System) vectors {
	n, m := len(sys.Variables), sys.rows()
	return vectors{make([]float64, n), make([]float64, n), make([]float64, m), make([]float64, m)}
}

// all are the four.
func (u vectors) all() [4][]float64 { return [4][]float64{u.v, u.z, u.s, u.lambda} }

// secondOrder sets the second-order terms to those of the last direction.
func (p *InteriorPoint) secondOrder() {
	floats.MulTo(p.cs, p.move.lambda, p.move.s)
	floats.MulTo(p.cz, p.move.v, p.move.z)
}

// solve sets the direction to the solution of Newton's equations for the
// target product and the fraction η of the residuals to be removed, with the
// second-order terms c_s and c_z:
//
//	ds = A dx − η r_s,  dz = −σ Aᵀdλ − η r_z,  dx = Σ σ dv over a column,
//	dλ = a₁ − d ds,  dv = h (a₂ − dz),  d = λ/s,  h = v/z,
//	a₁ = (target − c_s)/s − λ,  a₂ = (target − c_z)/v − z.
//
// With g = a₂ + η r_z, H = Σ h and G = Σ σ h g over a column, one equation a
// column remains, or one a row:
//
//	(Aᵀ d A + 1/H) dx = Aᵀ(a₁ + η d r_s) + G/H,
//	(A H Aᵀ + 1/d) dλ = a₁/d + η r_s − A G.
func (p *InteriorPoint) solve(target, eta float64) {
	for r := range p.a1 {
		p.a1[r] = (target-p.cs[r])/p.s[r] - p.lambda[r]
	}
	clear(p.gx)
	for i, u := range p.Variables {
		p.gv[i] = (target-p.cz[i])/p.v[i] - p.z[i] + eta*p.rz[i]
		p.gx[u.Column] += u.Sign * p.h[i] * p.gv[i]
	}
	if p.normal.byRow {
		p.apply(p.move.lambda, p.gx)
		for r := range p.move.lambda {
			p.move.lambda[r] = p.a1[r]*p.s[r]/p.lambda[r] + eta*p.rs[r] - p.move.lambda[r]
		}
		p.normal.solve(p.move.lambda)
		p.applyTransposed(p.w, p.move.lambda)
		for j := range p.dx {
			p.dx[j] = p.gx[j] + p.hx[j]*p.w[j]
		}
	} else {
		for r := range p.move.lambda {
			p.move.lambda[r] = p.a1[r] + eta*p.lambda[r]/p.s[r]*p.rs[r]
		}
		p.applyTransposed(p.dx, p.move.lambda)
		for j := range p.dx {
			p.dx[j] += p.gx[j] / p.hx[j]
		}
		p.normal.solve(p.dx)
		for j := range p.w {
			p.w[j] = (p.dx[j] - p.gx[j]) / p.hx[j]
		}
	}
	for i, u := range p.Variables { // w is Aᵀdλ
		p.move.v[i] = p.h[i] * (p.gv[i] + u.Sign*p.w[u.Column])
		p.move.z[i] = -u.Sign*p.w[u.Column] - eta*p.rz[i]
	}
	p.apply(p.move.s, p.dx)
	for r := range p.move.s {
		p.move.s[r] -= eta * p.rs[r]
	}
	if !p.normal.byRow {
		for r := range p.move.s {
			p.move.lambda[r] = p.a1[r] - p.lambda[r]/p.s[r]*p.move.s[r]
		}
	}
}

// stepLength returns how much of the direction may be taken: 98 percent of the
// step at which the first of the positive quantities reaches 0, at most all.
func (p *InteriorPoint) stepLength() float64 {
	inverse := 0.0
	for k, move := range p.move.all() {
		for i, x := range p.all()[k] {
			inverse = math.Max(inverse, -move[i]/x)
		}
	}
	return math.Min(1, 0.98/inverse)
}

func dot(x, y []float64) float64 {
	sum := 0.0
	for i, xi := range x {
		sum += xi * y[i]
	}
	return sum
}

// Candidate is what could decide the system, as far as floating point can
// tell: a solution x by column with A x > 0, or else multipliers λ by pattern
// with Aᵀλ < 0 for every variable. With equalities no solution is proposed. The
// one that it is not is nil. The
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
	ax = ax[2*p.Equalities:]
	failed := floats.Count(func(f float64) bool { return !(f > 0) }, ax)
	if failed == 0 && p.Equalities == 0 && accept(Candidate{Solution: x}) {
		return true, 0
	}
	wrong = float64(failed) / float64(max(1, len(ax)))

	lambda, back := make([]float64, p.rows()), make([]float64, p.columns())
	for r := range p.Rows {
		lambda[r] = math.Max(0, p.lambda[r]+p.move.lambda[r])
	}
	if p.Balance {
		p.balance(lambda)
	}
	p.applyTransposed(back, lambda)
	var bounded [2][]bool // by sign of the variable; or balanced
	for k := range bounded {
		bounded[k] = make([]bool, len(back))
		bounded[k][len(back)-1] = p.Balance
	}
	for _, b := range p.Bounds {
		bounded[int(1+math.Copysign(1, b.Sign))/2][b.Column] = true
		back[p.Columns] += b.Scale * math.Max(0, back[b.Column]/b.Sign)
	}
	failed = 0
	for _, u := range p.Variables {
		if !bounded[int(u.Sign+1)/2][u.Column] && !(u.Sign*back[u.Column] < 0) {
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
