package selfdual

import (
	"math"

	"gonum.org/v1/gonum/floats"
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
