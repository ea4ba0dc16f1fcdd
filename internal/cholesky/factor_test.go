package cholesky

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// random returns a positive definite matrix of condition about 100, and the same row by row.
func random(n int, rng *rand.Rand) (*Matrix, []float64) {
	m, full := New(n), make([]float64, n*n)
	vectors, scales := make([][]float64, n), make([]float64, n)
	for k := range n {
		x := make([]float64, n)
		for i := range x {
			x[i] = rng.NormFloat64()
		}
		vectors[k], scales[k] = x, 1/float64(n)
		for i := range n {
			for j := range n {
				full[i*n+j] += x[i] * x[j] / float64(n)
			}
		}
	}
	m.AddOuters(scales, vectors)
	for i := range n {
		m.Add(i, i, 0.1)
		full[i*n+i] += 0.1
	}
	return m, full
}

// The factor is that of LAPACK, and the solution solves, at every number of rows that
// differs in how its panels are filled and taken together.
func TestFactorise(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 79, 80, 100, 129, 200, 257} {
		m, full := random(n, rng)
		b := make([]float64, n)
		for i := range b {
			b[i] = rng.NormFloat64()
		}
		x := append([]float64(nil), b...)
		factor, ok := lapack64.Potrf(blas64.Symmetric{N: n, Stride: n, Data: append([]float64(nil), full...), Uplo: blas.Upper})
		if !ok || !m.Factorise() {
			t.Fatalf("n = %d: not positive definite", n)
		}
		for i := range n {
			for j := i; j < n; j++ {
				got, want := m.data[start(j/width)+i*width+j%width], factor.Data[i*n+j]
				if !(math.Abs(got-want) <= 1e-12) {
					t.Fatalf("n = %d: U[%d,%d] = %v, LAPACK's %v", n, i, j, got, want)
				}
			}
		}
		m.Solve(x)
		for i := range n {
			rest := b[i]
			for j := range n {
				rest -= full[i*n+j] * x[j]
			}
			if !(math.Abs(rest) <= 1e-12*float64(n)) {
				t.Fatalf("n = %d: residual %v in row %d", n, rest, i)
			}
		}
	}
}

// The factor is the one of the formula, element by element in the order of k, to the bit:
// it depends neither on the panels nor on the vector unit.
func TestFactorOrder(t *testing.T) {
	for _, n := range []int{5, 16, 70, 150, 211} {
		m, _ := random(n, rand.New(rand.NewPCG(4, 4)))
		at := func(i, j int) *float64 { return &m.data[start(j/width)+i*width+j%width] }
		want := make([]float64, n*n)
		for i := range n {
			for j := i; j < n; j++ {
				sum := *at(i, j)
				for k := range i {
					sum -= float64(want[k*n+i] * want[k*n+j])
				}
				if i == j {
					want[i*n+j] = math.Sqrt(sum)
				} else {
					want[i*n+j] = sum / want[i*n+i]
				}
			}
		}
		if !m.Factorise() {
			t.Fatalf("n = %d: not positive definite", n)
		}
		for i := range n {
			for j := i; j < n; j++ {
				if got := *at(i, j); got != want[i*n+j] {
					t.Fatalf("n = %d: U[%d,%d] = %v, want %v", n, i, j, got, want[i*n+j])
				}
			}
		}
	}
}

// A pivot that is not above 0, or NaN, is noticed wherever it is.
func TestFactoriseRefuses(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	for _, n := range []int{1, 8, 17, 70, 150} {
		for _, bad := range []float64{-1e3, math.NaN(), math.Inf(1)} {
			for _, i := range []int{0, n / 2, n - 1} {
				m, _ := random(n, rng)
				m.Add(i, i, bad)
				if m.Factorise() {
					t.Errorf("n = %d with %v at %d is positive definite", n, bad, i)
				}
			}
		}
	}
	m := New(20)
	if m.Factorise() {
		t.Error("0 is positive definite")
	}
}

// The matrix of outer products is their sum, looked up or added one by one.
func TestSetOuters(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	for _, n := range []int{1, 16, 31, 32, 33, 100} {
		for _, vectors := range []int{1, 5, 19, 20, 21, 45} {
			for _, density := range []float64{0, 0.05, 0.3, 1} {
				lists, transposed, values := make([][]int32, vectors), make([][]int32, n), make([]float64, vectors)
				want := make([]float64, n*n)
				for k := range lists {
					values[k] = rng.Float64()
					for i := range n {
						if rng.Float64() < density {
							lists[k] = append(lists[k], int32(i))
							transposed[i] = append(transposed[i], int32(k))
						}
					}
					for _, i := range lists[k] {
						for _, j := range lists[k] {
							want[int(i)*n+int(j)] += values[k]
						}
					}
				}
				m, o := New(n), NewOuters(n, lists, transposed)
				for range 2 { // the second time over what the first left
					m.SetOuters(o, values)
					for i := range n {
						for j := i; j < n; j++ {
							if got := m.data[start(j/width)+i*width+j%width]; !(math.Abs(got-want[i*n+j]) <= 1e-13*float64(vectors)) {
								t.Fatalf("n = %d, %d vectors of density %v: [%d,%d] = %v, want %v", n, vectors, density, i, j, got, want[i*n+j])
							}
						}
					}
				}
			}
		}
	}
}
