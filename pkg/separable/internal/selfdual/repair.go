package selfdual

import (
	"cmp"
	"math"
	"math/big"
	"slices"
)

// Repair returns integer multipliers of the patterns near λ that keep to 0
// exactly what a certificate needs to be 0: the products Aᵀλ of the columns
// that strict complementarity says are tight, and the multipliers of the
// patterns it says are not needed. That is the only way to a certificate with
// free columns, and where several patterns contradict each other by
// themselves, so that every certificate lies on the boundary of its cone. It
// returns nil if there are no such multipliers that are all non-negative or
// none is found. Columns that it does not count as tight are not looked at.
func (p *InteriorPoint) Repair() []*big.Int {
	rows, columns := p.partition()
	if len(rows) == 0 {
		return nil
	}
	position := make([]int, p.columns()) // in columns, plus 1
	for k, j := range columns {
		position[j] = k + 1
	}
	matrix, guess := make([][]float64, len(rows)), make([]float64, len(rows))
	for k, r := range rows {
		guess[k] = p.lambda[r]
		matrix[k] = make([]float64, len(columns))
		for _, j := range p.Rows[r] {
			if at := position[j]; at > 0 {
				matrix[k][at-1] = p.Signs[r]
			}
		}
		for e, g := range p.Dense {
			if at := position[p.Columns+e]; at > 0 {
				if math.Abs(g[r]) > 1 || g[r] != math.Trunc(g[r]) {
					return nil
				}
				matrix[k][at-1] = p.Signs[r] * g[r]
			}
		}
	}
	lambda := kernel(matrix, guess)
	if lambda == nil {
		return nil
	}
	result := make([]*big.Int, len(p.Rows))
	for r := range result {
		result[r] = new(big.Int)
	}
	for k, r := range rows {
		result[r] = lambda[k]
	}
	return result
}

// partition returns the rows with λ > s, the largest λ first, and the columns
// with a variable v > z or with variables of both signs. A column whose bound
// has a multiplier need not be tight, as that makes up for it, and then the
// column of the bounds need not be either.
func (p *InteriorPoint) partition() (rows, columns []int) {
	for r := range p.Rows {
		if p.lambda[r] > p.s[r] {
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(q, r int) int { return cmp.Compare(p.lambda[r], p.lambda[q]) })
	variables, tight := make([]int, p.columns()), make([]bool, p.columns())
	for i, u := range p.Variables {
		variables[u.Column]++
		if p.v[i] > p.z[i] || variables[u.Column] > 1 {
			tight[u.Column] = true
		}
	}
	for r, b := range p.Bounds {
		if at := len(p.Rows) + r; p.lambda[at] > p.s[at] {
			tight[b.Column], tight[p.Columns] = false, false
		}
	}
	for j := range tight {
		if tight[j] {
			columns = append(columns, j)
		}
	}
	return rows, columns
}
