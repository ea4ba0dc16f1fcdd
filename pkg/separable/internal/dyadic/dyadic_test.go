package dyadic

import (
	"math"
	"testing"
)

func TestOdd(t *testing.T) {
	for _, test := range []struct {
		x float64
		m int64
		e int
	}{
		{1, 1, 0}, {-6, -3, 1}, {0.75, 3, -2}, {math.SmallestNonzeroFloat64, 1, -1074},
		{math.MaxFloat64, 1<<53 - 1, 971}, {math.Nextafter(1, 2), 1<<52 + 1, -52}, {-0x1.8p-1073, -3, -1074},
	} {
		if m, e := Odd(test.x); m != test.m || e != test.e {
			t.Errorf("%v = %d 2^%d, want %d 2^%d", test.x, m, e, test.m, test.e)
		}
	}
}
