package selfdual

import (
	"math/big"
	"math/bits"
)

// prime is the largest below 2²⁸, so that a sum of 128 products of residues
// and one residue fits into 64 bits.
const (
	prime  = 1<<28 - 57
	lazily = 128
)

// elimination is a basis B = L U of the rows of a matrix modulo the prime, with
// columns in an order that makes U upper triangular and invertible; L is lower
// triangular with ones.
type elimination struct {
	rows, columns []int // of the basis; all columns, those of the basis first
	lower, upper  [][]uint32
	inverse       []uint64 // of the diagonal of U
}

// eliminate returns a basis of the first count rows of n, earlier ones first.
func eliminate(n *integers, count int) *elimination {
	e := &elimination{columns: make([]int, n.columns)}
	for c := range e.columns {
		e.columns[c] = c
	}
	rest, lower := make([]uint64, n.columns), make([]uint32, n.columns)
	for k := 0; k < count && len(e.rows) < n.columns; k++ {
		rank := len(e.rows)
		n.modulo(rest, k, e.columns, prime)
		for r := range rank {
			lower[r] = uint32(rest[r] % prime * e.inverse[r] % prime)
			subtract(rest[r+1:], uint64(lower[r]), e.upper[r][r+1:], r)
		}
		reduce(rest)
		pivot := rank
		for pivot < n.columns && rest[pivot] == 0 {
			pivot++
		}
		if pivot == n.columns {
			continue
		}
		upper := make([]uint32, n.columns)
		for c := rank; c < n.columns; c++ {
			upper[c] = uint32(rest[c])
		}
		e.rows, e.inverse = append(e.rows, k), append(e.inverse, invert(rest[pivot]))
		e.lower, e.upper = append(e.lower, append([]uint32(nil), lower[:rank]...)), append(e.upper, upper)
		e.columns[rank], e.columns[pivot] = e.columns[pivot], e.columns[rank]
		for _, u := range e.upper {
			u[rank], u[pivot] = u[pivot], u[rank]
		}
	}
	return e
}

// subtract subtracts factor times u from rest, the r-th of a sequence.
func subtract(rest []uint64, factor uint64, u []uint32, r int) {
	if factor != 0 {
		factor = prime - factor
		rest = rest[:len(u)]
		for c, x := range u {
			rest[c] += factor * uint64(x)
		}
	}
	if r%lazily == lazily-1 {
		reduce(rest)
	}
}

func reduce(rest []uint64) {
	for c := range rest {
		rest[c] %= prime
	}
}

// invert returns 1/x modulo the prime, as x^(prime−2).
func invert(x uint64) uint64 {
	result := uint64(1)
	for k := prime - 2; k > 0; k >>= 1 {
		if k&1 == 1 {
			result = result * x % prime
		}
		x = x * x % prime
	}
	return result
}

// solve replaces b by the solution of Bᵀ x = b modulo the prime.
func (e *elimination) solve(b []uint64) {
	for r := range b { // Uᵀ
		b[r] = b[r] % prime * e.inverse[r] % prime
		subtract(b[r+1:], b[r], e.upper[r][r+1:len(b)], r)
	}
	for r := len(b) - 1; r >= 0; r-- { // Lᵀ
		b[r] %= prime
		subtract(b[:r], b[r], e.lower[r], r)
	}
}

// lift returns the solution of Bᵀ x = b, as numerators over one denominator, or
// nil if it finds none. It uses up b, by column.
//
// It finds ever more digits of x to the base of the prime: the solution ξ of
// Bᵀ ξ = b modulo it is the next digit, and (b − Bᵀ ξ)/prime is an integer
// vector with which it goes on. When the digits are as many as those of the
// numerators and the denominator together, continued fractions find these.
// Source: Dixon, Numerische Mathematik 40, 137 (1982).
func (e *elimination) lift(n *integers, b []big.Int) (numerators []*big.Int, denominator *big.Int) {
	rank := len(e.rows)
	limit := 0 // bits: twice Hadamard's bound of det B, the length of b and some
	for c := range b {
		limit = max(limit, b[c].BitLen())
	}
	limit += 200 + rank*(2*n.bits+bits.Len(uint(rank)))
	x := make([]*big.Int, rank)
	for r := range x {
		x[r] = new(big.Int)
	}
	digit, multiples := make([]uint64, rank), make([]int64, rank)
	modulus, p, rest := big.NewInt(1), big.NewInt(prime), new(big.Int)
	for next := 60; modulus.BitLen() < limit; {
		for r, c := range e.columns[:rank] {
			digit[r] = rest.Mod(&b[c], p).Uint64()
		}
		e.solve(digit)
		for r, d := range digit {
			multiples[r] = -int64(d)
			x[r].Add(x[r], rest.Mul(modulus, rest.SetUint64(d)))
		}
		n.combine(b, multiples, e.rows)
		left := false
		for c := range b {
			b[c].Quo(&b[c], p)
			left = left || b[c].Sign() != 0
		}
		modulus.Mul(modulus, p)
		if modulus.BitLen() >= min(next, limit) || !left {
			next = modulus.BitLen() * 5 / 4
			if numerators, denominator := reconstruct(x, modulus); numerators != nil {
				return numerators, denominator
			}
		}
	}
	return nil, nil
}

// spare is the number of bits by which fractions have to be simpler than the
// digits, so that this cannot be by chance.
const spare = 40

// reconstruct returns fractions of a common denominator that are x modulo the
// modulus, or nil if there are none that are simple enough.
func reconstruct(x []*big.Int, modulus *big.Int) (numerators []*big.Int, denominator *big.Int) {
	numerators, denominator = make([]*big.Int, 0, len(x)), big.NewInt(1)
	half := new(big.Int).Rsh(modulus, 1)
	room := func(numerator *big.Int) bool {
		return numerator.BitLen()+denominator.BitLen()+spare < modulus.BitLen()
	}
	for _, xr := range x {
		y := new(big.Int).Mul(xr, denominator)
		if y.Mod(y, modulus).Cmp(half) > 0 {
			y.Sub(y, modulus)
		}
		if !room(y) {
			q := simplest(y, modulus)
			if q == nil {
				return nil, nil
			}
			denominator.Mul(denominator, q)
			for _, numerator := range numerators {
				numerator.Mul(numerator, q)
			}
			if y.Mod(y.Mul(y, q), modulus).Cmp(half) > 0 {
				y.Sub(y, modulus)
			}
			if !room(y) {
				return nil, nil
			}
		}
		numerators = append(numerators, y)
	}
	for _, numerator := range numerators {
		if !room(numerator) {
			return nil, nil
		}
	}
	return numerators, denominator
}

// simplest returns the denominator q > 0 of the first fraction r/q that is y
// modulo the modulus with |r| q less than it by the spare bits, or nil. In
// Euclid's algorithm such a fraction is followed by a quotient of that size.
func simplest(y, modulus *big.Int) *big.Int {
	r0, r1 := new(big.Int).Set(modulus), new(big.Int).Mod(y, modulus)
	q0, q1 := new(big.Int), big.NewInt(1)
	for quotient := new(big.Int); r1.Sign() != 0; {
		quotient.QuoRem(r0, r1, r0)
		if quotient.BitLen() > spare {
			return q1.Abs(q1)
		}
		r0, r1 = r1, r0
		q0.Sub(q0, quotient.Mul(quotient, q1))
		q0, q1 = q1, q0
	}
	return nil
}
