package selfdual

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"
)

// mixed has columns of all kinds, and bounds: two on column 1, one of them with
// another coefficient, and one on a real-valued column.
func mixed(rng *rand.Rand, rows int) *System {
	sys := &System{Columns: 6, Rows: make([][]int32, rows), Dense: make([][]float64, 2)}
	for mu := range sys.Rows {
		for j := range sys.Columns {
			if rng.Float64() < 0.5 {
				sys.Rows[mu] = append(sys.Rows[mu], int32(j))
			}
		}
		sys.Signs = append(sys.Signs, float64(2*rng.IntN(2)-1))
		sys.Values = append(sys.Values, []float64{rng.NormFloat64(), rng.NormFloat64()})
		for e := range sys.Dense {
			sys.Dense[e] = append(sys.Dense[e], rng.NormFloat64())
		}
	}
	sys.Bounds = []Bound{{Column: 0, Sign: 1, Scale: 3}, {Column: 1, Sign: -1, Scale: 2}, {Column: 1, Sign: 0.25, Scale: 0.5}, {Column: 9, Sign: 1, Scale: -1}}
	for j := range sys.columns() {
		sys.Variables = append(sys.Variables, Variable{j, 1}, Variable{j, -1})
	}
	return sys
}

// residual is the largest element of b less the matrix times the solution, and
// the largest of the solution.
func residual(e *equations, d, h, b []float64) (rest, size float64) {
	x := slices.Clone(b)
	e.solve(x)
	e.d, e.h = d, h
	return floats.Distance(b, e.times(x), math.Inf(1)), floats.Norm(x, math.Inf(1))
}

func random(rng *rand.Rand, n int, low, high float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = math.Exp(low + (high-low)*rng.Float64())
	}
	return x
}

// With bounds the equations are solved by column for many patterns and without
// the bounds for few, to the same accuracy.
func TestBounds(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for _, rows := range []int{2, 4, 8, -4, -8} { // −: with two equalities
		sys := mixed(rng, max(rows, -rows))
		if rows < 0 {
			sys.Equalities = 2
			for _, r := range []int{0, 2} {
				sys.Rows[r+1], sys.Values[r+1], sys.Signs[r+1] = sys.Rows[r], sys.Values[r], -sys.Signs[r]
				for _, g := range sys.Dense {
					g[r+1] = g[r]
				}
			}
		}
		e := newEquations(sys)
		if _, few := e.factor.(*arrow); few != (2*(len(sys.Rows)-sys.Equalities) < sys.columns()) {
			t.Fatalf("%d rows: %T", rows, e.factor)
		}
		for range 20 {
			d, h := random(rng, sys.rows(), -9, 9), random(rng, sys.columns(), -9, 9)
			b := random(rng, sys.columns(), -1, 1)
			if !e.factorise(d, h) {
				t.Fatalf("%d rows: not positive definite", rows)
			}
			if rest, _ := residual(e, d, h, b); rest > 1e-6 { // the condition is up to 1e8
				t.Errorf("%d rows: residual %v", rows, rest)
			}
		}
	}
}

// Where the matrix is not positive definite to rounding, conjugate gradients take
// over: equal rows with a huge d, and columns whose variables have run away.
func TestRaisedDiagonal(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	raised := 0
	for _, rows := range []int{20, 5, 20, 5} {
		sys := &System{Columns: 10, Rows: make([][]int32, rows)}
		for mu := range sys.Rows {
			sys.Rows[mu], sys.Signs = []int32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, append(sys.Signs, 1)
		}
		e := newEquations(sys)
		if e.byRow != (rows < 10) {
			t.Fatalf("%d rows: byRow = %v", rows, e.byRow)
		}
		d, h := random(rng, rows, 25, 28), random(rng, 10, 25, 28)
		b := random(rng, 10, -1, 1)
		norm := floats.Sum(d) // of the matrix, about
		if e.byRow {
			b, norm = b[:rows], floats.Sum(h)
		}
		if !e.factorise(d, h) {
			t.Fatalf("%d rows: no diagonal is large enough", rows)
		}
		if e.raised {
			raised++
		}
		if rest, size := residual(e, d, h, b); rest > 1e-14*norm*size {
			t.Errorf("%d rows: raised %v, residual %v, solution up to %v", rows, e.raised, rest, size)
		}
	}
	if raised == 0 {
		t.Error("the diagonal was never raised")
	}
}

// The simplex method solves what can be solved, with t > 0, and proves what cannot.
func TestSimplex(t *testing.T) {
	// x_0 − t > 0 and 2 t − x_0 > 0, then x_0 < t as well
	sys := &System{
		Columns: 1, Rows: [][]int32{{0}, {0}}, Signs: []float64{1, -1}, Dense: [][]float64{{-1, -2}},
		Variables: []Variable{{0, 1}, {0, -1}, {1, 1}},
	}
	every := func(int) bool { return true }
	x, lambda := sys.Simplex(every, 1<<20)
	if lambda != nil || x == nil || x[1].Sign() <= 0 || x[0].Cmp(x[1]) <= 0 {
		t.Fatalf("%v, %v", x, lambda)
	}
	sys.Dense[0][1] = -1 // t > x_0: at equality if that will do
	if x, lambda = sys.Simplex(every, 1<<20); x != nil || lambda[0].Cmp(lambda[1]) != 0 || lambda[0].Sign() <= 0 {
		t.Errorf("%v, %v", x, lambda)
	}
	if x, lambda = sys.Simplex(func(int) bool { return false }, 1<<20); lambda != nil || x[0].Cmp(x[1]) != 0 || x[1].Sign() <= 0 {
		t.Errorf("%v, %v", x, lambda)
	}
	if x, lambda = sys.Simplex(every, 1000); x != nil || lambda != nil {
		t.Error("no work, but an answer")
	}
	// A variable bounded by t: x_0 − 3 t > 0 with x_0 ≤ 2 t.
	sys.Rows, sys.Signs, sys.Dense = sys.Rows[:1], sys.Signs[:1], [][]float64{{-3}}
	sys.Bounds = []Bound{{Column: 0, Sign: 1, Scale: 2}}
	if x, lambda = sys.Simplex(func(r int) bool { return r == 0 }, 1<<20); x != nil || lambda == nil || lambda[0].Sign() <= 0 {
		t.Errorf("%v, %v", x, lambda)
	}
}
