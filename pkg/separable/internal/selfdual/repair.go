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
// themselves, so that every certificate lies on the boundary of its cone. Of an
// equality the first row has the multiplier of both, of either sign. Repair
// returns nil if there are no such multipliers or none is found. Columns that
// it does not count as tight are not looked at.
func (p *InteriorPoint) Repair() []*big.Int {
	rows, columns := p.partition()
	guess, equal := make([]float64, len(rows)), make([]bool, len(rows))
	for k, r := range rows {
		guess[k], equal[k] = p.multiplier(r), r < 2*p.Equalities
	}
	lambda := kernel(p.part(rows, columns), guess, equal)
	if lambda == nil {
		return nil
	}
	return scatter(lambda, rows, p.rows())[:len(p.Rows)]
}

// Tight returns the number of columns in which Repair makes Aᵀλ vanish.
func (p *InteriorPoint) Tight() int {
	_, columns := p.partition()
	return len(columns)
}

// Cancelled returns multipliers of the patterns near λ that do to rounding what
// those of Repair do exactly, all positive where they are not 0, or nil if it
// finds none. It solves normal equations that see those rows and columns alone,
//
//	δ = −Λ² A (Aᵀ Λ² A)⁻¹ Aᵀλ,  Λ = diag(λ),
//
// which is the smallest change relative to λ, and does so once more for what
// rounding left.
func (p *InteriorPoint) Cancelled() []float64 {
	rows, columns := p.partition()
	if p.normal.byRow || p.Equalities > 0 || len(rows) == 0 {
		return nil
	}
	lambda, d, h := make([]float64, p.rows()), make([]float64, p.rows()), make([]float64, p.columns())
	for _, r := range rows {
		lambda[r] = p.lambda[r] / p.lambda[rows[0]]
		d[r] = lambda[r] * lambda[r]
	}
	for j := range h {
		h[j] = 1e-100
	}
	for _, j := range columns {
		h[j] = 1e100
	}
	if !p.normal.factorise(d, h) {
		return nil
	}
	y, forward := make([]float64, p.columns()), make([]float64, p.rows())
	for range 3 {
		p.applyTransposed(y, lambda)
		p.normal.solve(y)
		for j := range y {
			if h[j] < 1 {
				y[j] = 0
			}
		}
		p.apply(forward, y)
		for _, r := range rows {
			if lambda[r] -= d[r] * forward[r]; !(lambda[r] > 0) {
				return nil
			}
		}
	}
	return lambda[:len(p.Rows)]
}

// RepairSolution is Repair for a solution: integers near x, by column, that
// keep to 0 exactly the rows that are tight, among them the equalities, and
// the columns whose variables are.
func (p *InteriorPoint) RepairSolution() []*big.Int {
	var rows, columns []int
	for r := range p.lambda {
		if r < 2*p.Equalities && r%2 == 0 || r >= 2*p.Equalities && p.lambda[r] > p.s[r] {
			rows = append(rows, r)
		}
	}
	tight, free := p.tight()
	for j := range tight {
		if tight[j] && p.x[j] != 0 {
			columns = append(columns, j)
		}
	}
	sortBySize(columns, func(j int) float64 { return p.x[j] })
	byRow := p.part(rows, columns)
	matrix, guess, either := make([][]float64, len(columns)), make([]float64, len(columns)), make([]bool, len(columns))
	for k, j := range columns {
		matrix[k], guess[k], either[k] = make([]float64, len(rows)), p.x[j], free[j]
	}
	for i := range rows {
		for k, a := range byRow(i) {
			matrix[k][i] = a
		}
	}
	return scatter(kernel(func(k int) []float64 { return matrix[k] }, guess, either), columns, p.columns())
}

// partition returns the rows with λ > s and those of equalities, the largest λ
// first, and the columns that are tight. Where the bounds are not exact they
// are not among the rows. Then a column whose bound has a multiplier need not be
// tight, as that makes up for it, and the column of the bounds need not be
// either.
func (p *InteriorPoint) partition() (rows, columns []int) {
	tight, _ := p.tight()
	for r := range p.lambda {
		switch {
		case r < 2*p.Equalities:
			if r%2 == 0 {
				rows = append(rows, r)
			}
		case p.lambda[r] <= p.s[r]:
		case r < len(p.Rows) || p.Exact:
			rows = append(rows, r)
		default:
			tight[p.Bounds[r-len(p.Rows)].Column], tight[p.Columns] = false, false
		}
	}
	sortBySize(rows, p.multiplier)
	for j := range tight {
		if tight[j] {
			columns = append(columns, j)
		}
	}
	return rows, columns
}

// multiplier is λ of the row, or of the equality.
func (p *InteriorPoint) multiplier(r int) float64 {
	if r < 2*p.Equalities {
		return p.lambda[r] - p.lambda[r+1]
	}
	return p.lambda[r]
}

// tight returns the columns with a variable v > z or with variables of both
// signs, and the latter alone.
func (p *InteriorPoint) tight() (tight, free []bool) {
	variables := make([]int, p.columns())
	tight, free = make([]bool, p.columns()), make([]bool, p.columns())
	for i, u := range p.Variables {
		variables[u.Column]++
		free[u.Column] = variables[u.Column] > 1
		tight[u.Column] = tight[u.Column] || free[u.Column] || p.v[i] > p.z[i]
	}
	return tight, free
}

func sortBySize(list []int, size func(int) float64) {
	slices.SortStableFunc(list, func(i, j int) int { return cmp.Compare(math.Abs(size(j)), math.Abs(size(i))) })
}

// part returns a function that gives the elements of A in rows[k] and the
// columns, good until its next call.
func (p *InteriorPoint) part(rows, columns []int) func(k int) []float64 {
	at, values := make([]int, p.columns()), make([]float64, len(columns))
	for j := range at {
		at[j] = -1
	}
	for i, j := range columns {
		at[j] = i
	}
	return func(k int) []float64 {
		clear(values)
		p.each(rows[k], func(j int, a float64) {
			if at[j] >= 0 {
				values[at[j]] = a
			}
		})
		return values
	}
}

// scatter puts the values where the list says, with 0 elsewhere; nil stays nil.
func scatter(values []*big.Int, list []int, n int) []*big.Int {
	if values == nil {
		return nil
	}
	result := make([]*big.Int, n)
	for i := range result {
		result[i] = new(big.Int)
	}
	for k, i := range list {
		result[i] = values[k]
	}
	return result
}
