// Package cholesky solves symmetric positive definite equations whose matrix is a sum of
// outer products, most of them of binary vectors.
package cholesky

import "credo/internal/lanes"

const (
	width  = lanes.Width
	height = lanes.Height
	block  = width * width // numbers of 16 rows of a panel
)

// Matrix is the upper triangle of a symmetric matrix A, then of its factor U, A = Uᵀ U.
//
// It is kept in panels of 16 columns, each row by row down to its diagonal, so that all
// loops read what lies together. The last panel is filled up with the columns of the
// identity. Below the diagonal, in the last 16 rows of a panel, is nothing of use.
type Matrix struct {
	n      int
	panels int
	data   []float64
	vector []float64 // room for a right-hand side
	sums   []float64 // and of lanes.RowSums
}

// New returns the matrix 0 of n rows.
func New(n int) *Matrix {
	m := &Matrix{n: n, panels: (n + width - 1) / width}
	m.data = make([]float64, start(m.panels))
	m.vector = make([]float64, m.panels*width)
	m.sums = make([]float64, height*width)
	return m
}

// start is where panel j is.
func start(j int) int { return block * j * (j + 1) / 2 }

// panel returns panel j.
func (m *Matrix) panel(j int) []float64 { return m.data[start(j):start(j+1)] }

// Clear makes the matrix 0.
func (m *Matrix) Clear() { clear(m.data) }

// Add adds to element i ≤ j.
func (m *Matrix) Add(i, j int, x float64) {
	m.data[start(j/width)+i*width+j%width] += x
}

// AddOuters adds Σ_k scales_k x_k x_kᵀ, in the order of k.
func (m *Matrix) AddOuters(scales []float64, x [][]float64) {
	size := m.panels * width * min(deep, len(x))
	left, right := make([]float64, size), make([]float64, size) // both in panels of the rows x_k
	for ; len(x) > 0; x, scales = x[min(deep, len(x)):], scales[min(deep, len(x)):] {
		n := min(deep, len(x))
		clear(left)
		clear(right)
		for k, xk := range x[:n] {
			for i, xi := range xk {
				at := (i/width*n+k)*width + i%width
				left[at], right[at] = -scales[k]*xi, xi
			}
		}
		for j := range m.panels {
			for i := range j + 1 {
				subtract(m.panel(j)[i*block:], left[i*width*n:], right[j*width*n:], n)
			}
		}
	}
}

// subtract subtracts leftᵀ right, of n rows each, from the 16 rows of a panel.
func subtract(c, left, right []float64, n int) {
	lanes.Subtract(c, left, right, n)
	lanes.Subtract(c[height*width:], left[height:], right, n)
}
