package selfdual

import (
	"cmp"
	"math"
	"math/big"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/lapack/lapack64"
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
	matrix, guess := make([][]float64, len(rows)), make([]float64, len(rows))
	for k, r := range rows {
		guess[k] = p.lambda[r]
		matrix[k] = make([]float64, len(columns))
		for _, j := range p.Rows[r] {
			if at, tight := slices.BinarySearch(columns, int(j)); tight {
				matrix[k][at] = p.Signs[r]
			}
		}
		for e, g := range p.Dense {
			if at, tight := slices.BinarySearch(columns, p.Columns+e); tight {
				if math.Abs(g[r]) > 1 || g[r] != math.Trunc(g[r]) {
					return nil
				}
				matrix[k][at] = p.Signs[r] * g[r]
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

// kernel returns integers λ ≥ 0 near a multiple of the guess with
// Σ_k λ_k rows[k] = 0 exactly, or nil if it finds none. The rows hold integers
// of at most 2 in absolute value; all guesses are above 0, the largest first.
// Rows that form a basis are solved for, given the rounded multipliers of the
// others.
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
		if largest := floats.Norm(rest, math.Inf(1)); largest > zero {
			pivot := slices.IndexFunc(rest, func(x float64) bool { return math.Abs(x) == largest })
			basis, pivots, reduced = append(basis, k), append(pivots, pivot), append(reduced, rest)
		}
	}
	return basis, pivots
}

// solveExactly returns the solution of Bᵀ x = b, for small integers B and
// integers b, as numerators over one denominator. It returns nil if B is
// singular or too ill-conditioned, or if an element of x is at most −1/2.
//
// It finds ever more binary digits of x: with the residual r an integer
// vector, the rounded floating-point solution ξ of Bᵀ ξ = 2^e r gives the next
// e digits and the residual 2^e r − Bᵀ ξ, without error. When the digits are
// twice as many as those of the denominator, continued fractions find it.
// Source: Wan, Journal of Symbolic Computation 41, 621 (2006).
func solveExactly(matrix blas64.General, b []float64) (numerators []*big.Int, denominator *big.Int) {
	n := matrix.Rows
	if n == 0 {
		return []*big.Int{}, big.NewInt(1)
	}
	limit := 200.0 // digits: twice Hadamard's bound of log₂ |det B|, and some for b
	for r := range n {
		row := matrix.Data[r*n : (r+1)*n]
		limit += math.Log2(math.Max(1, dot(row, row)))
	}
	factor := blas64.General{Rows: n, Cols: n, Stride: n, Data: slices.Clone(matrix.Data)}
	pivots := make([]int, n)
	if !lapack64.Getrf(factor, pivots) {
		return nil, nil
	}
	for _, e := range [...]int{26, 12, 5} {
		digits, total := make([]big.Int, n), uint(0)
		residual, x := slices.Clone(b), make([]float64, n)
		for shift, next := 0, uint(60); float64(total) < limit; shift = e { // the integer part first
			if !lift(matrix, factor, pivots, residual, x, shift) {
				break
			}
			if shift == 0 && slices.Min(x) < 0 {
				return nil, nil
			}
			for j := range digits {
				digits[j].Add(digits[j].Lsh(&digits[j], uint(shift)), big.NewInt(int64(x[j])))
			}
			total += uint(shift)
			if total >= next || float64(total) >= limit {
				next = 2 * total
				if numerators, denominator := reconstruct(digits, total); numerators != nil {
					return numerators, denominator
				}
			}
		}
	}
	return nil, nil
}

// lift sets x to the rounded solution of Bᵀ x = 2^e r and replaces r by the
// residual, exactly if no element of B is above 2 in absolute value. It returns
// false if numbers grow so large that they would not be exact.
func lift(matrix, factor blas64.General, pivots []int, residual, x []float64, e int) bool {
	const exact = 1 << 52
	floats.Scale(math.Ldexp(1, e), residual)
	copy(x, residual)
	solveTransposed(factor, pivots, x)
	for j := range x {
		x[j] = math.Round(x[j])
	}
	if !(floats.Norm(x, 1) < exact/2 && floats.Norm(residual, math.Inf(1)) < exact/2) {
		return false
	}
	vector := func(data []float64) blas64.Vector { return blas64.Vector{N: len(data), Inc: 1, Data: data} }
	blas64.Gemv(blas.Trans, -1, matrix, vector(x), 1, vector(residual))
	return true
}

// solveTransposed replaces b by the solution of Bᵀ x = b, where B = P L U.
func solveTransposed(factor blas64.General, pivots []int, b []float64) {
	x := blas64.Vector{N: len(b), Inc: 1, Data: b}
	triangle := blas64.Triangular{N: factor.Rows, Stride: factor.Stride, Data: factor.Data}
	triangle.Uplo, triangle.Diag = blas.Upper, blas.NonUnit
	blas64.Trsv(blas.Trans, triangle, x)
	triangle.Uplo, triangle.Diag = blas.Lower, blas.Unit
	blas64.Trsv(blas.Trans, triangle, x)
	for j := len(b) - 1; j >= 0; j-- {
		b[j], b[pivots[j]] = b[pivots[j]], b[j]
	}
}

// reconstruct returns fractions of a common denominator that agree with the
// numbers digits/2^total to the last few digits, if there are any that are so
// simple that this cannot be by chance.
func reconstruct(digits []big.Int, total uint) (numerators []*big.Int, denominator *big.Int) {
	const spare = 20 // digits at the end that need not be right
	unit := new(big.Int).Lsh(big.NewInt(1), total)
	half := new(big.Int).Rsh(unit, 1)
	d := big.NewInt(1)
	scaled, rest := new(big.Int), new(big.Int)
	numerators = make([]*big.Int, len(digits))
	for j := range numerators {
		numerators[j] = new(big.Int)
	}
	for again := true; again; {
		again = false
		for j := range digits {
			scaled.Mul(&digits[j], d)
			rest.Add(scaled, half)
			numerators[j].Div(rest, unit) // rounds to nearest
			rest.Mul(numerators[j], unit)
			rest.Sub(scaled, rest).Abs(rest)
			if rest.BitLen() > d.BitLen()+spare {
				q := fraction(rest, unit, spare+d.BitLen())
				d.Mul(d, q)
				if 2*(d.BitLen()+spare) > int(total) {
					return nil, nil
				}
				again = true
			}
		}
	}
	return numerators, d
}

// fraction returns the first denominator q among the convergents of the
// continued fraction of x/unit with |q x − p unit| < q 2^spare.
func fraction(x, unit *big.Int, spare int) *big.Int {
	r0, r1 := new(big.Int).Set(unit), new(big.Int).Set(x)
	q0, q1 := big.NewInt(0), big.NewInt(1)
	for quotient := new(big.Int); r1.BitLen() > q1.BitLen()+spare; {
		quotient.QuoRem(r0, r1, r0)
		r0, r1 = r1, r0
		q0.Add(q0, quotient.Mul(quotient, q1))
		q0, q1 = q1, q0
	}
	return q1
}
