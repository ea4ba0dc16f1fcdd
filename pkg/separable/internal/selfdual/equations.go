package selfdual

import (
	"slices"

	"gonum.org/v1/gonum/floats"
)

// equations are the normal equations in the form that suits the system: see
// [normal], and [arrow] for few patterns with bounds or
// equalities.
//
// Near the end they may be too ill-conditioned to be factorised as they are. Then
// conjugate gradients solve them, with the factors of a matrix of a slightly
// larger diagonal as the preconditioner.
type equations struct {
	*System
	byRow  bool
	factor interface {
		factorise(d, h []float64) bool
		solve(b []float64)
	}
	raised bool
	d, h   []float64 // as given, if the diagonal is raised
}

func newEquations(sys *System) *equations {
	if len(sys.Bounds)+sys.Equalities > 0 && 2*(len(sys.Rows)-sys.Equalities) < sys.columns() {
		return &equations{System: sys, factor: newArrow(sys)}
	}
	n := newNormal(sys)
	return &equations{System: sys, byRow: n.byRow, factor: n}
}

// factorise prepares solve for the given d, by row, and h, by column. It returns
// false if no diagonal that it tries is large enough.
func (e *equations) factorise(d, h []float64) bool {
	if e.raised = false; e.factor.factorise(d, h) {
		return true
	}
	e.raised, e.d, e.h = true, slices.Clone(d), h
	diagonal := e.diagonal()
	for raise := 1e-14; raise < 1e-5; raise *= 100 {
		d, h := slices.Clone(d), slices.Clone(h)
		raised := h
		if e.byRow {
			raised = d
		}
		for i, q := range diagonal {
			raised[i] = 1 / (1/raised[i] + raise*q)
		}
		if e.factor.factorise(d, h) {
			return true
		}
	}
	return false
}

// diagonal returns that of the matrix.
func (e *equations) diagonal() []float64 {
	if e.byRow {
		q := make([]float64, e.rows())
		for r := range q {
			q[r] = 1 / e.d[r]
			e.each(r, func(j int, a float64) { q[r] += a * a * e.h[j] })
		}
		return q
	}
	q := make([]float64, e.columns())
	for j := range q {
		q[j] = 1 / e.h[j]
	}
	for r, d := range e.d {
		e.each(r, func(j int, a float64) { q[j] += a * a * d })
	}
	return q
}

// times returns the matrix times x.
func (e *equations) times(x []float64) []float64 {
	byRow, byColumn := make([]float64, e.rows()), make([]float64, e.columns())
	if e.byRow {
		e.applyTransposed(byColumn, x)
		floats.Mul(byColumn, e.h)
		e.apply(byRow, byColumn)
		for r, d := range e.d {
			byRow[r] += x[r] / d
		}
		return byRow
	}
	e.apply(byRow, x)
	floats.Mul(byRow, e.d)
	e.applyTransposed(byColumn, byRow)
	for j, h := range e.h {
		byColumn[j] += x[j] / h
	}
	return byColumn
}

// solve replaces b, by column or by row, by the solution.
func (e *equations) solve(b []float64) {
	if !e.raised {
		e.factor.solve(b)
		return
	}
	const (
		steps  = 20
		enough = 1e-24 // square of the reduction of the residual
	)
	x, residual, z := make([]float64, len(b)), slices.Clone(b), slices.Clone(b)
	e.factor.solve(z)
	direction, square := slices.Clone(z), dot(residual, z)
	for first, k := square, 0; k < steps && square > enough*first; k++ {
		image := e.times(direction)
		length := square / dot(direction, image)
		floats.AddScaled(x, length, direction)
		floats.AddScaled(residual, -length, image)
		copy(z, residual)
		e.factor.solve(z)
		next := dot(residual, z)
		floats.AddScaledTo(direction, z, next/square, direction)
		square = next
	}
	copy(b, x)
}
