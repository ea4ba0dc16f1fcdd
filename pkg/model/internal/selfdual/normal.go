package selfdual

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// normal solves normal equations by a Cholesky factorisation: those of the
// columns, of matrix Aᵀ d A + 1/h, or those of the rows, of matrix
// A h Aᵀ + 1/d, where there are fewer rows than columns.
type normal struct {
	*System
	byRow  bool      // the matrix is that of the rows
	binary [][]int32 // by column, its rows; only if byRow
	size   int
	data   []float64 // upper triangle, row-major
	factor blas64.Triangular
}

func newNormal(sys *System) *normal {
	n := &normal{System: sys, size: sys.columns()}
	if len(sys.Bounds) == 0 && len(sys.Rows) < n.size {
		n.byRow, n.size = true, len(sys.Rows)
		n.binary = make([][]int32, sys.Columns)
		for mu, row := range sys.Rows {
			for _, j := range row {
				n.binary[j] = append(n.binary[j], int32(mu))
			}
		}
	}
	n.data = make([]float64, n.size*n.size)
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
	matrix := blas64.Symmetric{N: n.size, Stride: n.size, Data: n.data, Uplo: blas.Upper}
	var ok bool
	n.factor, ok = lapack64.Potrf(matrix)
	return ok
}

// formByColumn sets the upper triangle to Aᵀ d A + 1/h. The signs y cancel.
func (n *normal) formByColumn(d, h []float64) {
	clear(n.data)
	for mu, row := range n.Rows {
		addOuter(n.data, n.size, row, d[mu])
		for e, g := range n.Dense {
			dg := d[mu] * g[mu]
			at := n.Columns + e
			for _, j := range row {
				n.data[int(j)*n.size+at] += dg
			}
			for f := e; f < len(n.Dense); f++ {
				n.data[at*n.size+n.Columns+f] += dg * n.Dense[f][mu]
			}
		}
	}
	for r, b := range n.Bounds {
		db := d[len(n.Rows)+r]
		n.data[b.Column*n.size+b.Column] += db
		n.data[b.Column*n.size+n.Columns] -= db * b.Sign * b.Scale
		n.data[n.Columns*n.size+n.Columns] += db * b.Scale * b.Scale
	}
	for j := range n.size {
		n.data[j*n.size+j] += 1 / h[j]
	}
}

// formByRow sets the upper triangle to y A h Aᵀ y + 1/d, without the signs y.
func (n *normal) formByRow(d, h []float64) {
	clear(n.data)
	for j, column := range n.binary {
		addOuter(n.data, n.size, column, h[j])
	}
	for e, g := range n.Dense {
		he := h[n.Columns+e]
		for mu := range n.size {
			axpy(he*g[mu], g[mu:], n.data[mu*n.size+mu:(mu+1)*n.size])
		}
	}
	for mu := range n.size {
		n.data[mu*n.size+mu] += 1 / d[mu]
	}
}

// addOuter adds value to every element of the upper triangle whose row and
// column are both listed. The list is increasing.
func addOuter(data []float64, size int, list []int32, value float64) {
	for k, i := range list {
		row := data[int(i)*size : (int(i)+1)*size]
		for _, j := range list[k:] {
			row[j] += value
		}
	}
}

// solve replaces b, by column or by row, by the solution.
func (n *normal) solve(b []float64) {
	if n.byRow {
		for mu, y := range n.Signs {
			b[mu] *= y
		}
		defer func() {
			for mu, y := range n.Signs {
				b[mu] *= y
			}
		}()
	}
	vector := blas64.Vector{N: n.size, Inc: 1, Data: b}
	blas64.Trsv(blas.Trans, n.factor, vector)
	blas64.Trsv(blas.NoTrans, n.factor, vector)
}
