package selfdual

import (
	"math"
	"math/big"
	"slices"
)

// kernel returns integers λ near a multiple of the guess with Σ_k λ_k row(k) = 0
// exactly, or nil if it finds none. Elements of the rows are binary rationals.
// The guesses are in order of size, the largest first; λ_k has to have the sign
// of its guess, or to be 0, where it is not free. Rows that form a basis are solved for, given the
// rounded multipliers of the others. None is found if the prime of the
// elimination divides what it should not, which happens by chance only.
func kernel(row func(k int) []float64, guess []float64, free []bool) []*big.Int {
	const bits = 24 // of the largest rounded multiplier
	if len(guess) == 0 || guess[0] == 0 {
		return nil
	}
	n := newIntegers(row, len(guess))
	if n == nil {
		return nil
	}
	basis := eliminate(n, len(guess))
	lambda := make([]*big.Int, len(guess))
	var others []int
	var multiples []int64
	for k := range lambda {
		lambda[k] = new(big.Int)
		if _, found := slices.BinarySearch(basis.rows, k); found {
			continue
		}
		if m := int64(math.Round(math.Ldexp(guess[k]/math.Abs(guess[0]), bits))); m != 0 {
			others, multiples = append(others, k), append(multiples, m)
		}
	}
	if len(others) == 0 {
		return nil
	}
	right := make([]big.Int, n.columns)
	n.combine(right, multiples, others)
	for c := range right {
		right[c].Neg(&right[c])
	}
	numerators, denominator := basis.lift(n, right)
	if numerators == nil {
		return nil
	}
	for i, k := range others {
		lambda[k].Mul(big.NewInt(multiples[i]), denominator)
	}
	for r, k := range basis.rows {
		lambda[k] = numerators[r]
	}
	for k, l := range lambda {
		if !free[k] && (l.Sign() < 0) != (guess[k] < 0) && l.Sign() != 0 {
			return nil
		}
	}
	return lambda
}
