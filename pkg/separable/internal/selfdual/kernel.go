package selfdual

import (
	"math"
	"math/big"
	"slices"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
)

// kernel returns integers λ ≥ 0 near a multiple of the guess with
// Σ_k λ_k rows[k] = 0 exactly. The rows hold integers of at most 2 in absolute
// value, or at any rate small ones; all guesses are above 0, the largest first.
// It returns nil if it finds none.
//
// Rows that form a basis are solved for exactly, given the rounded multipliers
// of the others.
func kernel(rows [][]float64, guess []float64) []*big.Int {
	const bits = 24 // of the largest rounded multiplier
	basis, pivots := independent(rows)
	lambda := make([]*big.Int, len(rows))
	right := make([]float64, len(pivots)) // integers below 2^(bits+log₂ len(rows))
	nonzero := false
	for k, row := range rows {
		if slices.Contains(basis, k) {
			continue
		}
		l := math.Round(math.Ldexp(guess[k]/guess[0], bits))
		lambda[k] = big.NewInt(int64(l))
		nonzero = nonzero || l > 0
		for c, j := range pivots {
			right[c] -= l * row[j]
		}
	}
	if !nonzero {
		return nil
	}
	matrix := blas64.General{Rows: len(basis), Cols: len(basis), Stride: len(basis), Data: make([]float64, len(basis)*len(basis))}
	for r, k := range basis {
		for c, j := range pivots {
			matrix.Data[r*matrix.Stride+c] = rows[k][j]
		}
	}
	solution, denominator := solveExactly(matrix, right)
	if solution == nil {
		return nil
	}
	for k, l := range lambda {
		if at := slices.Index(basis, k); at >= 0 {
			lambda[k] = solution[at]
		} else {
			l.Mul(l, denominator)
		}
		if lambda[k].Sign() < 0 {
			return nil
		}
	}
	return lambda
}

// independent returns rows that form a basis of all rows, earlier ones first,
// and columns in which they are independent, by elimination.
func independent(rows [][]float64) (basis, pivots []int) {
	const zero = 1e-8 // elements are of order 1, or combinations of small integers
	var reduced [][]float64
	for k, row := range rows {
		if len(pivots) == len(row) {
			break
		}
		rest := slices.Clone(row)
		for r, j := range pivots {
			if rest[j] != 0 {
				floats.AddScaled(rest, -rest[j]/reduced[r][j], reduced[r])
				rest[j] = 0
			}
		}
		pivot, largest := 0, 0.0
		for j, x := range rest {
			if math.Abs(x) > largest {
				pivot, largest = j, math.Abs(x)
			}
		}
		if largest > zero {
			basis, pivots, reduced = append(basis, k), append(pivots, pivot), append(reduced, rest)
		}
	}
	return basis, pivots
}
