package separable

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"credo/pkg/model"
)

// ensemble is a kind of random problem of n weights.
type ensemble struct {
	name   string
	load   float64 // rows a weight at the critical load, about
	input  func(rng *rand.Rand) float64
	ends   func(rng *rand.Rand, sum float64) (low, high float64) // given what the planted weights reach
	strict bool
	// bounds of the weight whose share of all before it is given, and which is planted
	bounds func(share, w float64) (least, most float64)
}

var inf = math.Inf(1)

func zeroOrOne(rng *rand.Rand) float64 { return math.Floor(1.4 * rng.Float64()) }
func gaussian(rng *rand.Rand) float64  { return rng.NormFloat64() }
func unbounded(_, _ float64) (float64, float64) {
	return -inf, inf
}

var ensembles = []ensemble{
	{"an equality for target 1, as with the gate", 2.4, zeroOrOne, func(rng *rand.Rand, _ float64) (float64, float64) {
		if rng.Float64() < 0.2 {
			return 1, 1
		}
		return -inf, 0
	}, false, unbounded},
	{"equalities, as of a linear neuron", 1, zeroOrOne, func(rng *rand.Rand, _ float64) (float64, float64) {
		target := math.Floor(1.2 * rng.Float64())
		return target, target
	}, false, unbounded},
	{"intervals", 1.2, zeroOrOne, func(rng *rand.Rand, _ float64) (float64, float64) {
		low := rng.NormFloat64()
		return low, low + 0.2
	}, false, unbounded},
	{"a margin, real-valued inputs", 2, gaussian, func(rng *rand.Rand, _ float64) (float64, float64) {
		if rng.IntN(2) == 0 {
			return 0.5, inf
		}
		return -inf, -0.5
	}, false, unbounded},
	{"strict", 2, gaussian, func(rng *rand.Rand, _ float64) (float64, float64) {
		if rng.IntN(2) == 0 {
			return 0, inf
		}
		return -inf, 0
	}, true, unbounded},
	{"signs", 1, gaussian, func(rng *rand.Rand, _ float64) (float64, float64) {
		if rng.IntN(2) == 0 {
			return 1, inf
		}
		return -inf, -1
	}, false, func(share, _ float64) (float64, float64) {
		if share < 0.5 {
			return 0, inf
		}
		return -inf, 0
	}},
	{"bounds", 1, gaussian, func(rng *rand.Rand, _ float64) (float64, float64) {
		if rng.IntN(2) == 0 {
			return 1, inf
		}
		return -inf, -1
	}, false, func(_, _ float64) (float64, float64) { return -0.4, 0.5 }},
	{"planted, all tight", 1, zeroOrOne, func(rng *rand.Rand, sum float64) (float64, float64) {
		return [...]float64{sum, sum, -inf}[rng.IntN(3)], sum
	}, false, func(_, w float64) (float64, float64) {
		if w < 0 {
			return -inf, inf
		}
		return 0, inf
	}},
}

func (e ensemble) draw(rng *rand.Rand, n, rows int) Problem {
	p, w := Problem{FreeThreshold: rng.IntN(4) == 0}, make([]float64, n)
	for j := range w {
		w[j] = float64(rng.IntN(9)-4) / 4
		least, most := e.bounds(float64(j)/float64(n), w[j])
		p.Least, p.Most = append(p.Least, least), append(p.Most, most)
	}
	for range rows {
		x, sum := make([]float64, n), 0.0
		for j := range x {
			x[j] = e.input(rng)
			sum += x[j] * w[j]
		}
		low, high := e.ends(rng, sum)
		p.Inputs, p.Low, p.High = append(p.Inputs, x), append(p.Low, low), append(p.High, high)
		p.Strict = append(p.Strict, e.strict)
	}
	return p
}

// Random problems of all kinds around their critical loads are decided.
func TestDecideDecides(t *testing.T) {
	t.Parallel()
	sizes, runs := []int{20, 60}, 10
	if testing.Short() {
		sizes = sizes[:1]
	}
	for i, e := range ensembles {
		var count [3]int
		for _, n := range sizes {
			for k := range runs {
				load := []float64{0.8, 0.95, 1, 1.05, 1.2}[k%5] * e.load
				p := e.draw(model.Stream(uint64(i), uint64(k)), n, int(load*float64(n)))
				got := decided(t, p)
				count[got.Answer]++
				if got.Answer == Undecided {
					t.Errorf("%s, n = %d, run %d: %s", e.name, n, k, got.Reason)
				}
			}
		}
		planted := e.name == "planted, all tight"
		if planted && count[Infeasible] > 0 || !planted && (count[Feasible] == 0 || count[Infeasible] == 0) {
			t.Errorf("%s: %d feasible, %d infeasible", e.name, count[Feasible], count[Infeasible])
		}
	}
}

// Store's tasks of four channels, where √N = 2, are problems with the same answers.
func TestStoreIsACase(t *testing.T) {
	t.Parallel()
	for _, c := range every {
		for k := range uint64(25) {
			rng := model.Stream(31, k)
			task := model.Task{Channels: 4, Patterns: 1 + rng.IntN(10), Coding: 0.5, TargetCoding: 0.5, InhibitoryChannels: 1 + rng.IntN(4)}
			a, err := task.Draw(rng)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := decided(t, asProblem(a, c, 2)).Answer, stored(t, a, c).Answer; got != want {
				t.Errorf("%+v, task %d: %v, Store says %v", c, k, got, want)
			}
		}
	}
}

// asProblem is what Store asks of a neuron, in units of currents times √N: y V ≥
// κ is x·w ≥ √N(κ + θ) or ≤ √N(θ − κ), strict for target 1 and κ = 0.
func asProblem(a *model.Associations, c Constraints, root float64) Problem {
	p := Problem{FreeThreshold: c.FreeThreshold}
	for j := range countE(a) + countI(a) {
		least, most := 0.0, inf
		if c.MaxWeight > 0 {
			most = c.MaxWeight
		}
		if j >= countE(a) {
			least, most = -most, 0
		}
		p.Least, p.Most = append(p.Least, least), append(p.Most, most)
	}
	for mu := range a.Len() {
		x := make([]float64, countE(a)+countI(a))
		for j := range inputs(a, mu) {
			x[j] = 1
		}
		low, high := root*(c.Margin+c.Threshold), inf
		if !a.Target(mu) {
			low, high = -inf, root*(c.Threshold-c.Margin)
		}
		p.Inputs, p.Low, p.High = append(p.Inputs, x), append(p.Low, low), append(p.High, high)
		p.Strict = append(p.Strict, a.Target(mu) && c.Margin == 0)
	}
	return p
}

// Certificates are noticed to be false when a number of theirs, or of the
// problem, is another.
func TestDecideTampering(t *testing.T) {
	e := ensembles[0]
	for k := range uint64(6) {
		p := e.draw(model.Stream(41, k), 15, []int{20, 60}[k%2])
		c := decided(t, p)
		if want := []Answer{Feasible, Infeasible}[k%2]; c.Answer != want {
			t.Fatalf("run %d: %v, want %v", k, c.Answer, want)
		}
		if c.Answer == Feasible {
			mu := slices.Index(p.Low, 1) // an equality
			j := slices.Index(p.Inputs[mu], 1)
			c.Weights[j].Add(c.Weights[j], rational(0x1p-400))
		} else {
			mu := slices.IndexFunc(c.Multipliers, func(l *big.Int) bool { return l.Sign() != 0 })
			c.Multipliers[mu].Mul(c.Multipliers[mu], integersOf(1001)[0])
			for nu := range c.Multipliers {
				if nu != mu {
					c.Multipliers[nu].Mul(c.Multipliers[nu], integersOf(1000)[0])
				}
			}
		}
		if p.Verify(c) == nil {
			t.Errorf("run %d: a changed certificate is accepted", k)
		}
	}
}

// Numbers from one end of the range of floating-point numbers to the other are
// taken exactly.
func TestDecideExtremes(t *testing.T) {
	const tiny = math.SmallestNonzeroFloat64
	for _, test := range []struct {
		p    Problem
		want Answer
	}{
		{Problem{Inputs: [][]float64{{1e300}, {1e-300}}, Low: []float64{1e300, 1e-300}, High: []float64{1e300, 1e-300}}, Undecided},
		{Problem{Inputs: [][]float64{{math.MaxFloat64}}, Low: []float64{tiny}, High: []float64{tiny}}, Feasible},
		{Problem{Inputs: [][]float64{{tiny}}, Low: []float64{math.MaxFloat64}, High: []float64{math.MaxFloat64}}, Feasible},
		{Problem{Inputs: [][]float64{{1}}, Low: []float64{1}, Most: []float64{math.Nextafter(1, 0)}}, Infeasible},
		{Problem{Inputs: [][]float64{{1, -1}, {1, 1}}, Low: []float64{0, 2}, High: []float64{0, 2}, Most: []float64{1, 1}}, Feasible},
		{Problem{Inputs: [][]float64{{1, -1}, {1, 1}}, Low: []float64{tiny, 2}, High: []float64{inf, inf}, Most: []float64{1, 1}}, Infeasible},
		{Problem{Inputs: [][]float64{{1, 1}}, Low: []float64{1e300}, Least: []float64{0, 0}, Most: []float64{1e300, inf}}, Feasible},
		{Problem{Inputs: [][]float64{{0}}, Low: []float64{1}}, Infeasible},
		{Problem{Inputs: [][]float64{{0}}, Low: []float64{0}, Strict: []bool{true}}, Infeasible},
		{Problem{Inputs: [][]float64{{0}}, Low: []float64{0}}, Feasible},
		{Problem{Inputs: [][]float64{{0}}, Low: []float64{5}, FreeThreshold: true}, Feasible},
		{Problem{Inputs: [][]float64{{1}}}, Feasible}, // nothing is asked
		{Problem{Inputs: [][]float64{{1}}, High: []float64{1e300}, Least: []float64{1e301}}, Infeasible},
		{Problem{Inputs: [][]float64{{1, 1}, {1, -1}}, Low: []float64{1, -1e300}, High: []float64{1, 1e300}}, Feasible}, // 1e300 for none
		{Problem{Inputs: [][]float64{{1, 2}}, Low: []float64{-1}, High: []float64{1}, Least: []float64{3, 0}, Most: []float64{3, 0}}, Infeasible},
		{Problem{Inputs: [][]float64{{1, 2}}, Low: []float64{3}, High: []float64{3}, Least: []float64{3, 0}, Most: []float64{3, 0}}, Feasible},
	} {
		got := decided(t, test.p)
		if test.want == Undecided { // of what floating-point numbers make of 1e300 and 1e-300
			test.want = Feasible
		}
		if got.Answer != test.want {
			t.Errorf("%+v: %v because %q, want %v", test.p, got.Answer, got.Reason, test.want)
		}
	}
}

// Whatever the bytes say, Decide agrees with the exact simplex method.
func FuzzDecide(f *testing.F) {
	for k := range uint64(4) {
		f.Add(k, k)
	}
	f.Fuzz(func(t *testing.T, seed, run uint64) {
		p := randomProblem(model.Stream(seed, run))
		want := Infeasible
		if solvable(p) {
			want = Feasible
		}
		if got := decided(t, p); got.Answer != want {
			t.Errorf("%+v: %v because %q, exact simplex says %v", p, got.Answer, got.Reason, want)
		}
	})
}

func ExampleDecide() {
	// Is there w ≥ 0 with w₀ + w₁ = 1 and w₀ = 2 w₁? Both rows are equalities.
	p := Problem{
		Inputs: [][]float64{{1, 1}, {1, -2}},
		Low:    []float64{1, 0}, High: []float64{1, 0},
		Least: []float64{0, 0},
	}
	c, _ := Decide(p)
	fmt.Println(c.Answer, c.Weights, p.Verify(c))

	// With w₀ ≤ 1/2 there is none: twice the first row and the second demand
	// 3 w₀ = 2.
	p.Most = []float64{0.5, math.Inf(1)}
	c, _ = Decide(p)
	fmt.Println(c.Answer, p.Verify(c))

	// Output:
	// feasible [2/3 1/3] <nil>
	// infeasible <nil>
}
