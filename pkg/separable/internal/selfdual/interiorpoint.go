package selfdual

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// InteriorPoint is the simplified homogeneous self-dual method of Xu, Hung and
// Ye (1996) with zero cost and zero right-hand side. It iterates v, λ and
// their slacks s = A v, z = −Aᵀλ, all positive, from all ones, and brings down
// together the residuals of the two equations and the products v z and λ s. Of
// each pair one tends to 0 faster: s stays if A v > 0 is possible, λ if not.
type InteriorPoint struct {
	*System
	vectors // the iterate

	// Values of the last iterate, by column: x and Aᵀλ; by row: A x.
	x, back, forward []float64

	normal *normal

	move, other vectors // the last direction, and room for one to compare

	gv, h, cz, rz []float64 // by variable
	a1, cs, rs    []float64 // by row
	hx, gx, w, dx []float64 // by column
}

// New returns the method at its starting point.
func New(sys *System) *InteriorPoint {
	p := &InteriorPoint{System: sys, vectors: newVectors(sys), move: newVectors(sys), other: newVectors(sys), normal: newNormal(sys)}
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
	p.evaluate()
	return p
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
