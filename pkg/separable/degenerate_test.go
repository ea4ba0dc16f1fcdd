package separable_test

import (
	"math"
	"math/rand/v2"

	"credo/pkg/separable"
)

// degenerate sequences are of five sorts, with small integers for inputs, whose
// solutions touch many more rows than there are weights.
func degenerate(k int, rng *rand.Rand) instance {
	return instance{Problem: [...]func(int, *rand.Rand) separable.Problem{
		equalRows, equalColumns, vertices, ladder, sums,
	}[k%5](k, rng)}
}

// equalRows repeat an earlier row in every second, all with equality at one
// solution until strict ones exclude it; two equal rows may make an equality.
func equalRows(k int, rng *rand.Rand) separable.Problem {
	n := 8 + k/5
	p, solution := weights(n, 0, inf), integers(n, 0, 2, rng)
	p.FreeThreshold = k%2 == 1
	for mu := range 12 * n {
		x := integers(n, -1, 2, rng)
		if mu%2 == 1 {
			x = p.Inputs[rng.IntN(mu)]
		}
		p = touching(p, x, solution, mu > 2*n && rng.IntN(6) == 0, rng)
	}
	return p
}

// touching adds a row of which the solution is at one end.
func touching(p separable.Problem, x, solution []float64, strict bool, rng *rand.Rand) separable.Problem {
	at := 0.0
	for j, w := range solution {
		at += w * x[j]
	}
	if rng.IntN(2) == 0 {
		return row(p, x, at, inf, strict)
	}
	return row(p, x, -inf, at, strict)
}

// equalColumns are shared by two weights, of equal signs or opposite ones.
func equalColumns(k int, rng *rand.Rand) separable.Problem {
	half := 5 + k/5
	p := weights(2*half, 0, 4)
	for j := range half {
		if j%2 == 0 {
			p.Least[j], p.Most[j] = -4, 0
		}
	}
	p.FreeThreshold = k%2 == 1
	for range 12 * half {
		x := integers(half, -1, 1, rng)
		x = append(x, x...)
		if rng.IntN(2) == 0 {
			p = row(p, x, 1, inf, false)
		} else {
			p = row(p, x, -inf, 0, rng.IntN(2) == 0)
		}
	}
	return p
}

// vertices keep one corner of the cube: all rows hold with equality there, until
// strict ones exclude it.
func vertices(k int, rng *rand.Rand) separable.Problem {
	n := 4 + k/5
	p, corner := weights(n, 0, 1), integers(n, 0, 1, rng)
	for mu := range 12 * n {
		p = touching(p, integers(n, -2, 2, rng), corner, mu > 2*n && rng.IntN(4) == 0, rng)
	}
	return p
}

// ladder has each weight above the sum of those before, so that the last is at
// least 2ⁿ⁻¹, then at most that, and then below.
func ladder(k int, _ *rand.Rand) separable.Problem {
	n := 7 + k
	p := weights(n, 0, inf)
	for j := range n {
		x := make([]float64, n)
		for i := range j {
			x[i] = -1
		}
		x[j] = 1
		p = row(p, x, 1, inf, false)
	}
	last := make([]float64, n)
	last[n-1] = 1
	p = row(p, last, -inf, math.Ldexp(1, n-1), false)
	return row(p, last, -inf, math.Ldexp(1, n-1), true)
}

// sums bound in every third row the sum of two earlier ones from above where
// these are bounded from below, with little room or none.
func sums(k int, rng *rand.Rand) separable.Problem {
	n := 6 + k/5
	p := weights(n, 0, inf)
	for mu := range 12 * n {
		if mu%3 < 2 {
			p = row(p, integers(n, -1, 3, rng), float64(rng.IntN(3)), inf, rng.IntN(8) == 0)
			continue
		}
		x, room := make([]float64, n), float64(rng.IntN(3))
		for _, nu := range [...]int{mu - 1, rng.IntN(mu - 1)} {
			for j := range x {
				x[j] += p.Inputs[nu][j]
			}
			room += math.Max(p.Low[nu], -8)
		}
		p = row(p, x, -inf, room+1, false)
	}
	return p
}
