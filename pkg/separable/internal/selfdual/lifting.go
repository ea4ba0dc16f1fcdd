package selfdual

import (
	"math"
	"math/big"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/lapack/lapack64"
)

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
