package separable_test

import (
	"math"
	"math/rand/v2"

	"credo/pkg/separable"
)

var inf = math.Inf(1)

// row adds low ≤ x·w − θ ≤ high, or < where strict.
func row(p separable.Problem, x []float64, low, high float64, strict bool) separable.Problem {
	p.Inputs, p.Low, p.High, p.Strict = append(p.Inputs, x), append(p.Low, low), append(p.High, high), append(p.Strict, strict)
	return p
}

// weights returns a problem of n weights without rows, with the same bounds for
// all.
func weights(n int, least, most float64) (p separable.Problem) {
	for range n {
		p.Least, p.Most = append(p.Least, least), append(p.Most, most)
	}
	return p
}

// integers draws n numbers from low to high.
func integers(n, low, high int, rng *rand.Rand) []float64 {
	x := make([]float64, n)
	for j := range x {
		x[j] = float64(low + rng.IntN(high-low+1))
	}
	return x
}

// equalities are those of three rules: targets that are both values, with signs
// of the weights; gating, where only target 1 is a value; and values mixed with
// margins at a free threshold.
func equalities(k int, rng *rand.Rand) instance {
	n := 10 + k
	p := weights(n, -inf, inf)
	for j := range n {
		if k%3 == 0 && j < n/2 {
			p.Least[j] = 0
		} else if k%3 == 0 {
			p.Most[j] = 0
		}
	}
	p.FreeThreshold = k%3 == 2
	for mu := range 3*n + 30 {
		x, target := integers(n, 0, 1, rng), rng.Float64() < 0.4
		switch {
		case target:
			p = row(p, x, 1, 1, false)
		case k%3 == 0:
			p = row(p, x, -1, -1, false)
		case k%3 == 1:
			p = row(p, x, -inf, -0.5, mu%2 == 0)
		default:
			p = row(p, x, -inf, 0, true)
		}
	}
	return instance{Problem: p}
}

// intervals have both ends, some of them strict, around one of two values.
func intervals(k int, rng *rand.Rand) instance {
	n := 10 + k
	p := weights(n, [...]float64{-inf, -inf, -1}[k%3], [...]float64{inf, inf, 2}[k%3])
	for j := range n {
		if k%3 == 1 && j%2 == 0 {
			p.Least[j] = 0
		} else if k%3 == 1 {
			p.Most[j] = 0
		}
	}
	p.FreeThreshold = k%2 == 0
	for range 4*n + 40 {
		centre, width := float64(1-2*rng.IntN(2)), 0.25*float64(1+rng.IntN(4))
		p = row(p, integers(n, 0, 1, rng), centre-width, centre+width, rng.IntN(3) == 0)
	}
	return instance{Problem: p}
}

// realInputs have inputs, ends of rows and bounds of weights with all their
// bits, and a few equalities.
func realInputs(k int, rng *rand.Rand) instance {
	n := 10 + k%30
	p := weights(n, -inf, inf)
	for j := range n {
		switch rng.IntN(4) {
		case 0:
			p.Least[j] = -rng.Float64()
		case 1:
			p.Most[j] = rng.Float64()
		case 2:
			p.Least[j], p.Most[j] = -rng.Float64(), 1+rng.Float64()
		}
	}
	p.FreeThreshold = k%2 == 0
	for range 4*n + 40 {
		x := make([]float64, n)
		for j := range x {
			x[j] = 2*rng.Float64() - 1
		}
		low := 0.1 * rng.Float64()
		switch kind := rng.IntN(10); {
		case kind == 0 && k%3 == 0:
			p = row(p, x, low, low, false)
		case kind == 1:
			p = row(p, x, low, 1+rng.Float64(), true)
		case kind < 6:
			p = row(p, x, -inf, -low, kind%2 == 0)
		default:
			p = row(p, x, low, inf, kind%2 == 0)
		}
	}
	return instance{Problem: p}
}
