// Package dyadic takes floating-point numbers as the binary rationals that they
// are.
package dyadic

import (
	"math"
	"math/bits"
)

// Odd returns the odd integer m, and e, with x = m 2^e; x is finite and not 0.
func Odd(x float64) (m int64, e int) {
	fraction, exponent := math.Frexp(x)
	m = int64(math.Ldexp(fraction, 53))
	zeros := bits.TrailingZeros64(uint64(m))
	return m >> zeros, exponent - 53 + zeros
}

// Least returns the least exponent of the numbers that are not 0: all are integers
// times that power of two. It returns false if all are 0.
func Least(x []float64) (exponent int, ok bool) {
	for _, v := range x {
		if v == 0 {
			continue
		}
		if _, e := Odd(v); !ok || e < exponent {
			exponent, ok = e, true
		}
	}
	return exponent, ok
}
