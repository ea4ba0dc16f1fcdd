package selfdual

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// normal solves normal equations by a Cholesky factorisation: those of the
// columns, of matrix Aᵀ d A + 1/h, or those of the rows, of matrix
// A h Aᵀ + 1/d, where there are fewer rows than columns.
type normal struct {
	*System
	byRow   bool
	columns [][]int32 // by binary column, the rows where it is 1
	next    []int     // scratch of addOuters
	size    int
	data    []float64 // upper triangle, row-major
	factor  blas64.Triangular
}

func newNormal(sys *System) *normal {
	n := &normal{System: sys, size: sys.columns(), columns: make([][]int32, sys.Columns)}
	for mu, row := range sys.Rows {
		for _, j := range row {
			n.columns[j] = append(n.columns[j], int32(mu))
		}
	}
	if len(sys.Bounds) == 0 && sys.Equalities == 0 && len(sys.Rows) < n.size {
		n.byRow, n.size = true, len(sys.Rows)
	}
	n.next = make([]int, max(sys.Columns, len(sys.Rows)))
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
	n.addOuters(n.Rows, n.columns, d)
	for e, g := range n.Dense {
		at := n.Columns + e
		for mu, row := range n.Rows {
			dg := d[mu] * g[mu]
			for _, j := range row {
				n.data[int(j)*n.size+at] += dg
			}
			for f := e; f < len(n.Dense); f++ {
				n.data[at*n.size+n.Columns+f] += dg * n.Dense[f][mu]
			}
		}
	}
	if n.Values != nil {
		n.addValuesByColumn(d)
	}
	for r, b := range n.Bounds {
		db := d[len(n.Rows)+r]
		n.data[b.Column*n.size+b.Column] += db * b.Sign * b.Sign
		n.data[b.Column*n.size+n.Columns] -= db * b.Sign * b.Scale
		n.data[n.Columns*n.size+n.Columns] += db * b.Scale * b.Scale
	}
	for j := range n.size {
		n.data[j*n.size+j] += 1 / h[j]
	}
}

// formByRow sets the upper triangle to y A h Aᵀ y + 1/d, without the signs y.
func (n *normal) formByRow(d, h []float64) {
	n.addOuters(n.columns, n.Rows, h)
	for e, g := range n.Dense {
		he := h[n.Columns+e]
		for mu := range n.size {
			floats.AddScaled(n.data[mu*n.size+mu:(mu+1)*n.size], he*g[mu], g[mu:])
		}
	}
	if n.Values != nil {
		n.addValuesByRow(h)
	}
	for mu := range n.size {
		n.data[mu*n.size+mu] += 1 / d[mu]
	}
}

// addOuters sets the upper triangle to Σ_k values[k] b_k b_kᵀ, where b_k is 1
// at the places that lists[k] gives, in increasing order, and 0 elsewhere.
// Transposed gives for each place the lists that have it. It fills the matrix
// row by row, so that what is being written stays in the fastest cache.
func (n *normal) addOuters(lists, transposed [][]int32, values []float64) {
	clear(n.data)
	clear(n.next)
	for i, members := range transposed {
		row := n.data[i*n.size : (i+1)*n.size]
		for _, k := range members {
			value, from := values[k], n.next[k]
			n.next[k]++ // its places before are those of rows done
			for _, j := range lists[k][from:] {
				row[j] += value
			}
		}
	}
}

// solve replaces b, by column or by row, by the solution.
func (n *normal) solve(b []float64) {
	if n.byRow {
		floats.Mul(b, n.Signs)
		defer floats.Mul(b, n.Signs)
	}
	vector := blas64.Vector{N: n.size, Inc: 1, Data: b}
	blas64.Trsv(blas.Trans, n.factor, vector)
	blas64.Trsv(blas.NoTrans, n.factor, vector)
}
