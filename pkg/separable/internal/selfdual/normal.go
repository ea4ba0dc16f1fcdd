package selfdual

import (
	"credo/internal/cholesky"
	"credo/internal/sparse"

	"gonum.org/v1/gonum/floats"
)

// normal solves normal equations by a Cholesky factorisation: those of the
// columns, of matrix Aᵀ d A + 1/h, or those of the rows, of matrix
// A h Aᵀ + 1/d, where there are fewer rows than columns.
type normal struct {
	*System
	byRow  bool
	size   int
	outers *cholesky.Outers // the binary part: of the patterns, or of the columns
	matrix *cholesky.Matrix
}

func newNormal(sys *System) *normal {
	n := &normal{System: sys, size: sys.columns()}
	columns := sparse.Transpose(sys.Columns, len(sys.Rows), func(mu int) []int32 { return sys.Rows[mu] })
	if len(sys.Bounds) == 0 && sys.Equalities == 0 && len(sys.Rows) < n.size {
		n.byRow, n.size = true, len(sys.Rows)
		n.outers = cholesky.NewOuters(n.size, columns, sys.Rows)
	} else {
		n.outers = cholesky.NewOuters(n.size, sys.Rows, columns)
	}
	n.matrix = cholesky.New(n.size)
	return n
}

// factorise prepares solve for the given d, by row, and h, by column. It
// returns false if the matrix is not positive definite to rounding.
func (n *normal) factorise(d, h []float64) bool {
	if n.byRow {
		n.formByRow(d, h)
	} else {
		n.formByColumn(d, h)
	}
	return n.matrix.Factorise()
}

// formByColumn makes the matrix Aᵀ d A + 1/h. The signs y cancel.
func (n *normal) formByColumn(d, h []float64) {
	n.matrix.SetOuters(n.outers, d)
	for e, g := range n.Dense {
		sums := make([]float64, n.size) // of the column of g
		for mu, row := range n.Rows {
			dg := d[mu] * g[mu]
			for _, j := range row {
				sums[j] += dg
			}
			for f := range e + 1 {
				sums[n.Columns+f] += float64(dg * n.Dense[f][mu])
			}
		}
		for j := range n.Columns + e + 1 {
			n.matrix.Add(j, n.Columns+e, sums[j])
		}
	}
	n.addValuesByColumn(d)
	for r, b := range n.Bounds {
		db := d[len(n.Rows)+r]
		n.matrix.Add(b.Column, b.Column, db*b.Sign*b.Sign)
		n.matrix.Add(min(b.Column, n.Columns), max(b.Column, n.Columns), -db*b.Sign*b.Scale)
		n.matrix.Add(n.Columns, n.Columns, db*b.Scale*b.Scale)
	}
	for j := range n.size {
		n.matrix.Add(j, j, 1/h[j])
	}
}

// formByRow makes the matrix y A h Aᵀ y + 1/d, without the signs y.
func (n *normal) formByRow(d, h []float64) {
	n.matrix.SetOuters(n.outers, h)
	n.matrix.AddOuters(h[n.Columns:n.real()], n.Dense)
	n.addValuesByRow(h)
	for mu := range n.size {
		n.matrix.Add(mu, mu, 1/d[mu])
	}
}

// solve replaces b, by column or by row, by the solution.
func (n *normal) solve(b []float64) {
	if n.byRow {
		floats.Mul(b, n.Signs)
		defer floats.Mul(b, n.Signs)
	}
	n.matrix.Solve(b)
}
