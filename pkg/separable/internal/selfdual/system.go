// Package selfdual decides a homogeneous system of strict linear inequalities
// in floating point: it approaches either a solution or the multipliers that
// rule one out. It proves nothing; its caller checks either in exact
// arithmetic.
//
// The system asks for v > 0 with A v > 0. Gordan's alternative, which holds
// exactly if the system has no solution, is λ ≥ 0, λ ≠ 0 with Aᵀλ ≤ 0.
package selfdual

import (
	"credo/internal/sparse"

	"gonum.org/v1/gonum/floats"
)

// System is A v > 0, v > 0. Its columns are binary, known by the lists of rows
// in which they are 1, then dense, then real-valued. Several variables may share one column with
// either sign, so that a column with both is free: the value of column j is
// x_j = Σ σ_i v_i over its variables, and the rows are
//
//	y_μ (Σ_{j in Rows[μ]} x_j + Σ_e Dense[e][μ] x_{Columns+e} + Σ_k Values[μ][k] x_{Columns+len(Dense)+k}) > 0,
//	Scale x_t − Sign x_j > 0  for every bound,  t = Columns.
//
// Every column must have a variable. All slices are kept, not copied.
type System struct {
	Columns   int         // binary columns; the dense ones are numbered after them
	Rows      [][]int32   // by pattern, the binary columns that are 1, increasing
	Signs     []float64   // y_μ = ±1
	Dense     [][]float64 // dense columns, by column and pattern
	Values    [][]float64 // real-valued columns, by pattern and column; nil for none
	Variables []Variable
	Bounds    []Bound // against the first dense column

	// Equalities are the number of pairs of rows at the beginning of which the
	// second is the negative of the first. A solution then has both 0.
	Equalities int

	// Exact says that all numbers are exact, also those of Bounds.
	Exact bool

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

// Bound is the row Scale x_t − Sign x_Column > 0; Sign may have any size.
type Bound struct {
	Column      int
	Sign, Scale float64
}

// columns is the number of columns of all kinds.
func (s *System) columns() int { return s.real() + s.values() }

// real is the number of columns before the real-valued ones, and values that
// of these.
func (s *System) real() int { return s.Columns + len(s.Dense) }
func (s *System) values() int {
	if s.Values == nil {
		return 0
	}
	return len(s.Values[0])
}

// rows is the number of patterns and bounds.
func (s *System) rows() int { return len(s.Rows) + len(s.Bounds) }

// apply sets dst = A x, with x by column.
func (s *System) apply(dst, x []float64) {
	for mu, row := range s.Rows {
		sum := sparse.Sum(x, row)
		for e, g := range s.Dense {
			sum += g[mu] * x[s.Columns+e]
		}
		if s.Values != nil {
			sum += floats.Dot(s.Values[mu], x[s.real():])
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
		if s.Values != nil {
			floats.AddScaled(dst[s.real():], uy, s.Values[mu])
		}
	}
	u = u[len(s.Rows):]
	for r, b := range s.Bounds {
		dst[s.Columns] += b.Scale * u[r]
		dst[b.Column] -= b.Sign * u[r]
	}
}

// each calls f with every column of row r and the element of A there; of
// binary columns only with those that are not 0.
func (s *System) each(r int, f func(j int, a float64)) {
	if r >= len(s.Rows) {
		b := s.Bounds[r-len(s.Rows)]
		f(s.Columns, b.Scale)
		f(b.Column, -b.Sign)
		return
	}
	for _, j := range s.Rows[r] {
		f(int(j), s.Signs[r])
	}
	for e, g := range s.Dense {
		f(s.Columns+e, s.Signs[r]*g[r])
	}
	if s.Values != nil {
		for k, a := range s.Values[r] {
			f(s.real()+k, s.Signs[r]*a)
		}
	}
}
