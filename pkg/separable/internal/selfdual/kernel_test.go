package selfdual

import (
	"fmt"
	"math"
	"math/big"
	mathrand "math/rand"
	"math/rand/v2"
	"slices"
	"testing"
)

// A kernel of one row more than the rank is Cramer's: the last multiplier and
// the solution of Bᵀ x = −b, for elements from one bit to the whole range of
// floating-point numbers.
func TestKernelIsExact(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	for kind, element := range []func() float64{
		func() float64 { return float64(rng.IntN(3) - 1) },
		func() float64 { return float64(rng.IntN(2e9) - 1e9) },
		rng.NormFloat64,
		func() float64 { return math.Ldexp(rng.NormFloat64(), rng.IntN(300)-1000) },
	} {
		for _, n := range []int{1, 2, 3, 10, 30} {
			rows, guess, free := make([][]float64, n+1), slices.Repeat([]float64{1}, n+1), slices.Repeat([]bool{true}, n+1)
			for k := range rows {
				rows[k] = make([]float64, n)
				for c := range rows[k] {
					rows[k][c] = element()
				}
			}
			lambda := kernel(func(k int) []float64 { return rows[k] }, guess, free)
			if lambda == nil {
				if kind > 0 || n > 3 {
					t.Errorf("kind %d, n = %d: no kernel", kind, n)
				}
				continue
			}
			nonzero := false
			for c := range n {
				sum := new(big.Rat)
				for k, l := range lambda {
					element := new(big.Rat).SetFloat64(rows[k][c])
					sum.Add(sum, element.Mul(element, new(big.Rat).SetInt(l)))
					nonzero = nonzero || l.Sign() != 0
				}
				if sum.Sign() != 0 {
					t.Errorf("kind %d, n = %d, column %d: %v", kind, n, c, sum)
				}
			}
			if !nonzero {
				t.Errorf("kind %d, n = %d: all multipliers are 0", kind, n)
			}
		}
	}
}

// Fractions come back from their residues, with the denominator they share.
func TestReconstruct(t *testing.T) {
	modulus := new(big.Int).Exp(big.NewInt(prime), big.NewInt(12), nil)
	residue := func(p, q int64) *big.Int {
		x := new(big.Int).ModInverse(big.NewInt(q), modulus)
		return x.Mod(x.Mul(x, big.NewInt(p)), modulus)
	}
	got, d := reconstruct([]*big.Int{residue(3, 1), residue(-1e12, 35), residue(5, 49), residue(0, 1)}, modulus)
	if want := fmt.Sprint([]int64{3 * 49, -1.4e12, 5, 0}); fmt.Sprint(got) != want || d.Int64() != 49 { // 1e12/35 = 2e11/7
		t.Errorf("%v/%v, want %v/49", got, d, want)
	}
	random := new(big.Int).Rand(mathrand.New(mathrand.NewSource(1)), modulus)
	if got, _ := reconstruct([]*big.Int{random}, modulus); got != nil {
		t.Errorf("%v is taken to be %v", random, got)
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
		lambda := kernel(func(k int) []float64 { return rows[k] }, guess, make([]bool, m))
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
	of := func(free bool, rows ...[]float64) []*big.Int {
		return kernel(func(k int) []float64 { return rows[k] }, slices.Repeat([]float64{1}, len(rows)), slices.Repeat([]bool{free}, len(rows)))
	}
	if of(true, []float64{1, 0}, []float64{0, 1}) != nil {
		t.Error("independent rows have a kernel")
	}
	if of(false, []float64{1}, []float64{1}) != nil {
		t.Error("a kernel with a negative element is returned")
	}
	if l := of(true, []float64{1}, []float64{3}); l == nil || new(big.Int).Mul(l[1], big.NewInt(-3)).Cmp(l[0]) != 0 {
		t.Errorf("the kernel of 1 and 3 is %v", l)
	}
}

// Both normal equations solve what they say, against the matrix written out.
func TestNormal(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	for k, size := range [][2]int{{4, 7}, {7, 4}, {4, 7}, {7, 4}} {
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
			if k >= 2 {
				sys.Values = append(sys.Values, []float64{rng.NormFloat64(), 0, rng.NormFloat64()})
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
