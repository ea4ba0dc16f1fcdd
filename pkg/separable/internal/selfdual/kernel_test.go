package selfdual

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas/blas64"
)

// solveExactly agrees with Cramer's rule: Bᵀ x = b exactly, with a denominator
// that divides det B.
func TestSolveExactly(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{1, 2, 3, 10, 40} {
		for range 10 {
			b := blas64.General{Rows: n, Cols: n, Stride: n, Data: make([]float64, n*n)}
			for i := range b.Data {
				b.Data[i] = float64(rng.IntN(3) - 1)
			}
			// Take x as given, so that no element is negative.
			right, want := make([]float64, n), make([]float64, n)
			for r := range n {
				want[r] = float64(rng.IntN(1000))
				for c := range n {
					right[c] += want[r] * b.Data[r*n+c]
				}
			}
			if det := determinant(b); det.Sign() == 0 {
				continue
			}
			numerators, denominator := solveExactly(b, right)
			if numerators == nil {
				t.Fatalf("n = %d: no solution", n)
			}
			for r := range n {
				if ratio, _ := new(big.Rat).SetFrac(numerators[r], denominator).Float64(); ratio != want[r] {
					t.Errorf("n = %d: x_%d = %v/%v, want %v", n, r, numerators[r], denominator, want[r])
				}
			}
			// And with a right-hand side for which x is not an integer.
			right[0] += 1e6
			numerators, denominator = solveExactly(b, right)
			if numerators == nil {
				continue // an element is negative
			}
			for c := range n {
				sum := new(big.Int)
				for r := range n {
					sum.Add(sum, new(big.Int).Mul(numerators[r], big.NewInt(int64(b.Data[r*n+c]))))
				}
				if want := new(big.Int).Mul(denominator, big.NewInt(int64(right[c]))); sum.Cmp(want) != 0 {
					t.Errorf("n = %d, column %d: %v, want %v", n, c, sum, want)
				}
			}
		}
	}
}

func determinant(b blas64.General) *big.Rat {
	n := b.Rows
	m := make([][]*big.Rat, n)
	for r := range m {
		m[r] = make([]*big.Rat, n)
		for c := range m[r] {
			m[r][c] = new(big.Rat).SetFloat64(b.Data[r*n+c])
		}
	}
	det := big.NewRat(1, 1)
	for c := range n {
		r := c
		for r < n && m[r][c].Sign() == 0 {
			r++
		}
		if r == n {
			return new(big.Rat)
		}
		m[r], m[c] = m[c], m[r]
		det.Mul(det, m[c][c])
		for r := c + 1; r < n; r++ {
			factor := new(big.Rat).Quo(m[r][c], m[c][c])
			for k := c; k < n; k++ {
				m[r][k].Sub(m[r][k], new(big.Rat).Mul(factor, m[c][k]))
			}
		}
	}
	return det
}

func TestSolveExactlyRefuses(t *testing.T) {
	general := func(n int, data ...float64) blas64.General {
		return blas64.General{Rows: n, Cols: n, Stride: n, Data: data}
	}
	if x, _ := solveExactly(general(2, 1, 1, 1, 1), []float64{1, 1}); x != nil {
		t.Error("a singular matrix has a solution")
	}
	if x, _ := solveExactly(general(1, 1), []float64{-3}); x != nil {
		t.Error("a negative solution is returned")
	}
	if x, d := solveExactly(general(1, 3), []float64{1}); x == nil || x[0].Int64() != 1 || d.Int64() != 3 {
		t.Errorf("1/3 = %v/%v", x, d)
	}
}

// The kernel of random integer vectors, given a rounded guess.
func TestKernel(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	for _, size := range [][2]int{{2, 1}, {5, 2}, {30, 12}, {60, 40}} {
		m, n := size[0], size[1]
		rows, guess := make([][]float64, m), make([]float64, m)
		for k := range rows {
			guess[k] = 1
			rows[k] = make([]float64, n)
			for j := range n {
				if k == m-1 { // makes the sum vanish
					for _, row := range rows[:k] {
						rows[k][j] -= row[j]
					}
				} else if rng.Float64() < 0.4 {
					rows[k][j] = float64(2*rng.IntN(2) - 1)
				}
			}
			guess[k] *= 1 + 1e-9*rng.Float64()
		}
		guess[0] = 1 + 1e-9
		lambda := kernel(rows, guess)
		if lambda == nil {
			t.Fatalf("%v: none found", size)
		}
		largest := new(big.Int)
		for _, l := range lambda {
			if l.Cmp(largest) > 0 {
				largest = l
			}
		}
		for k, l := range lambda {
			if ratio, _ := new(big.Rat).SetFrac(l, largest).Float64(); math.Abs(ratio-1) > 1e-4 {
				t.Errorf("%v: multiplier %d is %v of the largest", size, k, ratio)
			}
		}
		for j := range n {
			sum := new(big.Int)
			for k, l := range lambda {
				sum.Add(sum, new(big.Int).Mul(l, big.NewInt(int64(rows[k][j]))))
			}
			if sum.Sign() != 0 {
				t.Errorf("%v: column %d sums to %v", size, j, sum)
			}
		}
	}
	if kernel([][]float64{{1, 0}, {0, 1}}, []float64{1, 1}) != nil {
		t.Error("independent rows have a kernel")
	}
	if kernel([][]float64{{1}, {1}}, []float64{1, 1}) != nil {
		t.Error("a kernel with a negative element is returned")
	}
}

// Both normal equations solve what they say, against the matrix written out.
func TestNormal(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	for _, size := range [][2]int{{4, 7}, {7, 4}} {
		sys := &System{Columns: size[1], Rows: make([][]int32, size[0]), Dense: make([][]float64, 2)}
		for mu := range sys.Rows {
			for j := range sys.Columns {
				if rng.Float64() < 0.5 {
					sys.Rows[mu] = append(sys.Rows[mu], int32(j))
				}
			}
			sys.Signs = append(sys.Signs, float64(2*rng.IntN(2)-1))
			for e := range sys.Dense {
				sys.Dense[e] = append(sys.Dense[e], rng.NormFloat64())
			}
		}
		if size[0] > size[1] {
			sys.Bounds = []Bound{{Column: 1, Sign: -1, Scale: 2}, {Column: 0, Sign: 1, Scale: 3}}
		}
		n := newNormal(sys)
		if n.byRow != (size[0] < size[1]) {
			t.Fatalf("%v: byRow = %v", size, n.byRow)
		}
		d, h := make([]float64, sys.rows()), make([]float64, sys.columns())
		for _, u := range [][]float64{d, h} {
			for i := range u {
				u[i] = 0.5 + rng.Float64()
			}
		}
		if !n.factorise(d, h) {
			t.Fatalf("%v: not positive definite", size)
		}
		b := make([]float64, n.size)
		for i := range b {
			b[i] = rng.NormFloat64()
		}
		x := append([]float64(nil), b...)
		n.solve(x)
		rows, columns := make([]float64, sys.rows()), make([]float64, sys.columns())
		if n.byRow {
			sys.applyTransposed(columns, x)
			for j := range columns {
				columns[j] *= h[j]
			}
			sys.apply(rows, columns)
			for r := range rows {
				b[r] -= rows[r] + x[r]/d[r]
			}
		} else {
			sys.apply(rows, x)
			for r := range rows {
				rows[r] *= d[r]
			}
			sys.applyTransposed(columns, rows)
			for j := range columns {
				b[j] -= columns[j] + x[j]/h[j]
			}
		}
		for i, rest := range b {
			if math.Abs(rest) > 1e-12 {
				t.Errorf("%v: residual %v at %d", size, rest, i)
			}
		}
	}
}

// unbalanced has no solution: the pattern of sign +1 needs θ > 0, each of the
// three of sign −1 x_j + θ < 0. Its multipliers are balanced, Aᵀλ = 0 for θ.
func unbalanced() *System {
	return &System{
		Columns: 3, Rows: [][]int32{{0}, {1}, {0, 2}, {}}, Signs: []float64{-1, -1, -1, 1},
		Dense:     [][]float64{{1, 1, 1, 1}},
		Variables: []Variable{{0, 1}, {1, 1}, {2, 1}, {3, 1}, {3, -1}}, Balance: true,
	}
}

// Multipliers are proposed although a balanced column cannot be below 0 for
// both of its variables, and they are balanced from the first on.
func TestProposedMultipliersAreBalanced(t *testing.T) {
	proposed := 0
	p := New(unbalanced())
	for step := 0; step < 10 && p.Step(func(c Candidate) bool {
		if c.Solution != nil {
			t.Errorf("solution %v", c.Solution)
			return false
		}
		proposed++
		l := c.Multipliers
		if rest := l[0] + l[1] + l[2] - l[3]; !(math.Abs(rest) < 1e-12*l[3]) {
			t.Errorf("%v do not balance", l)
		}
		return false
	}); step++ {
	}
	if proposed == 0 {
		t.Error("no multipliers were proposed")
	}
}

// A column with variables of both signs is tight from the first, as Aᵀλ has to
// vanish there; one with a variable of one sign is once that is above its slack,
// unless the multiplier of a bound makes up for it.
func TestPartition(t *testing.T) {
	p := New(unbalanced())
	if rows, columns := p.partition(); len(rows) != 0 || !slices.Equal(columns, []int{3}) {
		t.Errorf("rows %v, columns %v, want none and 3", rows, columns)
	}
	p.v[1], p.lambda[0], p.lambda[2] = 2, 3, 4
	if rows, columns := p.partition(); !slices.Equal(rows, []int{2, 0}) || !slices.Equal(columns, []int{1, 3}) {
		t.Errorf("rows %v, columns %v, want 2, 0 and 1, 3", rows, columns)
	}
	sys := unbalanced()
	sys.Balance, sys.Variables = false, sys.Variables[:4]
	sys.Bounds = []Bound{{Column: 1, Sign: 1, Scale: 2}, {Column: 2, Sign: 1, Scale: 2}}
	p = New(sys)
	p.v = []float64{2, 2, 2, 2}
	p.lambda[4] = 2 // of the first bound
	if _, columns := p.partition(); !slices.Equal(columns, []int{0, 2}) {
		t.Errorf("columns %v, want 0 and 2", columns)
	}
}
