package selfdual

import (
	"math/big"
	"math/bits"
)

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
