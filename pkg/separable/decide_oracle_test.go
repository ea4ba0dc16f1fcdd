package separable

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"credo/pkg/model"
)

// solvable decides a problem by the exact simplex method, see [storable]: with
// w and θ times t it maximises e subject to all inequalities, those that are
// strict with e to spare, and e ≤ t ≤ 1.
func solvable(p Problem) bool {
	n := p.weights()
	t, e, columns := 2*n, 2*n+1, 2*n+2
	if p.FreeThreshold {
		columns += 2
	}
	var rows [][]*big.Rat
	var right []*big.Rat
	add := func(b int64, set func(row []*big.Rat)) {
		row := make([]*big.Rat, columns)
		for j := range row {
			row[j] = new(big.Rat)
		}
		set(row)
		rows, right = append(rows, row), append(right, big.NewRat(b, 1))
	}
	// atMost adds sign (Σ_j x_j w_j − θ − end t) + e ≤ 0, e if strict.
	atMost := func(sign float64, x func(j int) float64, threshold bool, end float64, strict bool) {
		if math.IsInf(end, 0) {
			return
		}
		add(0, func(row []*big.Rat) {
			for j := range n {
				row[2*j], row[2*j+1] = rational(sign*x(j)), rational(-sign*x(j))
			}
			row[t] = rational(-sign * end)
			if strict {
				row[e].SetInt64(1)
			}
			if threshold {
				row[e+1], row[e+2] = rational(-sign), rational(sign)
			}
		})
	}
	for mu, row := range p.Inputs {
		x := func(j int) float64 { return row[j] }
		atMost(-1, x, p.FreeThreshold, p.low(mu), p.strict(mu))
		atMost(1, x, p.FreeThreshold, p.high(mu), p.strict(mu))
	}
	for i := range n {
		x := func(j int) float64 { return map[bool]float64{true: 1}[i == j] }
		atMost(-1, x, false, p.least(i), false)
		atMost(1, x, false, p.most(i), false)
	}
	add(0, func(row []*big.Rat) { row[e].SetInt64(1); row[t].SetInt64(-1) })
	add(1, func(row []*big.Rat) { row[t].SetInt64(1) })
	return maximise(rows, right, e).Sign() > 0
}

// randomProblem draws a small problem with equalities, intervals, bounds of
// both signs and equal rows. In half of them the ends are those that weights of
// a few binary digits reach, so that many conditions hold with equality only.
func randomProblem(rng *rand.Rand) Problem {
	n, rows := 1+rng.IntN(5), 1+rng.IntN(8)
	kind, planted := rng.IntN(4), rng.IntN(2) == 0
	value := func() float64 {
		switch kind {
		case 0:
			return float64(rng.IntN(2))
		case 1:
			return float64(rng.IntN(7) - 3)
		case 2:
			return math.Round(1024*rng.NormFloat64()) / 10
		}
		return rng.NormFloat64()
	}
	some := func() float64 { return float64(rng.IntN(9)-4) / 4 }
	p, w := Problem{FreeThreshold: rng.IntN(3) == 0}, make([]float64, n)
	for j := range w {
		w[j] = some()
		least, most := math.Inf(-1), math.Inf(1)
		if rng.IntN(2) == 0 {
			least = min(0, w[j])
		}
		if rng.IntN(3) == 0 {
			most = max(w[j], some())
		}
		if rng.IntN(20) == 0 {
			least, most = w[j], w[j]
		}
		p.Least, p.Most = append(p.Least, least), append(p.Most, most)
	}
	for mu := range rows {
		x, sum := make([]float64, n), 0.0
		for j := range x {
			x[j] = value()
			sum += x[j] * w[j]
		}
		if mu > 0 && rng.IntN(6) == 0 {
			copy(x, p.Inputs[rng.IntN(mu)])
		}
		low, high := some(), some()
		if planted {
			low, high = sum, sum
			if rng.IntN(2) == 0 {
				low += some()
			}
		}
		low, high = min(low, high), max(low, high)
		switch rng.IntN(4) {
		case 0:
			low = math.Inf(-1)
		case 1:
			high = math.Inf(1)
		}
		p.Inputs, p.Low, p.High = append(p.Inputs, x), append(p.Low, low), append(p.High, high)
		p.Strict = append(p.Strict, low < high && rng.IntN(4) == 0)
	}
	return p
}

// decided runs Decide and checks whatever certificate it returns.
func decided(t *testing.T, p Problem) Certificate {
	t.Helper()
	c, err := Decide(p)
	if err != nil {
		t.Fatal(err)
	}
	if c.Answer != Undecided {
		if err := p.Verify(c); err != nil {
			t.Errorf("%+v: %v: %v", p, c.Answer, err)
		}
	}
	if (c.Reason != "") != (c.Answer == Undecided) {
		t.Errorf("%+v: %v because %q", p, c.Answer, c.Reason)
	}
	return c
}

// Thousands of small problems, most of them degenerate, agree with the exact
// simplex method.
func TestDecideAgreesWithExactSimplex(t *testing.T) {
	t.Parallel()
	problems := uint64(4000)
	if testing.Short() {
		problems = 400
	}
	var count [3]int
	for k := range problems {
		p := randomProblem(model.Stream(19, k))
		want := Infeasible
		if solvable(p) {
			want = Feasible
		}
		got := decided(t, p)
		count[got.Answer]++
		if got.Answer == Undecided {
			t.Logf("problem %d: %s", k, got.Reason)
		} else if got.Answer != want {
			t.Errorf("problem %d, %+v: %v, exact simplex says %v", k, p, got.Answer, want)
		}
	}
	t.Logf("%d feasible, %d infeasible, %d undecided", count[Feasible], count[Infeasible], count[Undecided])
}
