// Package selfdual decides a homogeneous system of strict linear inequalities
// in floating point: it approaches either a solution or the multipliers that
// rule one out. It proves nothing; its caller checks either in exact
// arithmetic.
//
// The system asks for v > 0 with A v > 0. Gordan's alternative, which holds
// exactly if the system has no solution, is λ ≥ 0, λ ≠ 0 with Aᵀλ ≤ 0.
package selfdual

import "credo/internal/sparse"

// System is A v > 0, v > 0. Most of A are binary columns, known by the lists
// of rows in which they are 1. Several variables may share one column with
// either sign, so that a column with both is free: the value of column j is
// x_j = Σ σ_i v_i over its variables, and the rows are
//
//	y_μ (Σ_{j in Rows[μ]} x_j + Σ_e Dense[e][μ] x_{Columns+e}) > 0,
//	Scale x_t − Sign x_j > 0  for every bound,  t = Columns.
//
// Every column must have a variable. All slices are kept, not copied.
type System struct {
	Columns   int         // binary columns; the dense ones are numbered after them
	Rows      [][]int32   // by pattern, the binary columns that are 1, increasing
	Signs     []float64   // y_μ = ±1
	Dense     [][]float64 // dense columns, by column and pattern
	Variables []Variable
	Bounds    []Bound // against the first dense column

	// Balance says that the last dense column is all 1, with variables of both
	// signs. Multipliers with Aᵀλ = 0 there are easily had, by scaling those of
	// one sign y.
	Balance bool
}

// Variable is a non-negative variable that enters its column with a sign.
type Variable struct {
	Column int
	Sign   float64 // ±1
}

// Bound is the row Scale x_t − Sign x_Column > 0.
type Bound struct {
	Column      int
	Sign, Scale float64
}

// columns is the number of binary and dense columns.
func (s *System) columns() int { return s.Columns + len(s.Dense) }

// rows is the number of patterns and bounds.
func (s *System) rows() int { return len(s.Rows) + len(s.Bounds) }

// apply sets dst = A x, with x by column.
func (s *System) apply(dst, x []float64) {
	for mu, row := range s.Rows {
		sum := sparse.Sum(x, row)
		for e, g := range s.Dense {
			sum += g[mu] * x[s.Columns+e]
		}
		dst[mu] = s.Signs[mu] * sum
	}
	dst = dst[len(s.Rows):]
	for r, b := range s.Bounds {
		dst[r] = b.Scale*x[s.Columns] - b.Sign*x[b.Column]
	}
}

// applyTransposed sets dst = Aᵀ u, by column.
func (s *System) applyTransposed(dst, u []float64) {
	clear(dst)
	for mu, row := range s.Rows {
		uy := u[mu] * s.Signs[mu]
		if uy == 0 {
			continue
		}
		for _, j := range row {
			dst[j] += uy
		}
		for e, g := range s.Dense {
			dst[s.Columns+e] += uy * g[mu]
		}
	}
	u = u[len(s.Rows):]
	for r, b := range s.Bounds {
		dst[s.Columns] += b.Scale * u[r]
		dst[b.Column] -= b.Sign * u[r]
	}
}
