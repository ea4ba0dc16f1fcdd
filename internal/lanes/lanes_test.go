package lanes

import (
	"math"
	"math/rand/v2"
	"testing"
)

// A kernel is one of the loops, on numbers from a pool, and what it writes.
type kernel struct {
	name string
	run  func(p *pool, n int) []float64
}

// pool gives slices of numbers of very different sizes, among them 0 and some that a sum
// would round away, each starting at its own place after a boundary of 64 bytes.
type pool struct{ rng *rand.Rand }

func (p *pool) numbers(n int) []float64 {
	all := make([]float64, n+8)
	x := all[p.rng.IntN(8):][:n:n]
	for i := range x {
		switch p.rng.IntN(8) {
		case 0:
		case 1:
			x[i] = p.rng.NormFloat64() * 1e-17
		case 2:
			x[i] = p.rng.NormFloat64() * 1e9
		default:
			x[i] = p.rng.NormFloat64()
		}
	}
	return x
}

var kernels = []kernel{
	{"Subtract", func(p *pool, n int) []float64 {
		c := p.numbers(Height * Width)
		Subtract(c, p.numbers(n*Width), p.numbers(n*Width), n)
		return c
	}},
	{"Forward", func(p *pool, n int) []float64 {
		c, u := p.numbers(Height*Width), p.numbers(Height*Width)
		for r := range Height {
			u[r*Width+r] = 1 + p.rng.Float64()
		}
		Forward(c, u)
		return c
	}},
	{"Columns", func(p *pool, n int) []float64 {
		y := p.numbers(Width)
		Columns(y, p.numbers(n*Width), p.numbers(n), n)
		return y
	}},
	{"RowSums", func(p *pool, n int) []float64 {
		n %= 20
		sums, step := p.numbers(8*Width), Width*Width*(1+p.rng.IntN(4))
		RowSums(sums, p.numbers(n*step+Width*Width*(n+1)*n/2+Width*Width), p.numbers(n*Width), step, n)
		return sums
	}},
	{"Subsets", func(p *pool, n int) []float64 {
		table := p.numbers(Part << Members)
		Subsets(table, p.numbers(Members*Width))
		return table
	}},
	{"LookUp", func(p *pool, n int) []float64 {
		c, offsets := p.numbers(n*Width), make([]uint16, n*Tables)
		for i := range offsets {
			offsets[i] = uint16(p.rng.IntN(Entries/Tables)) * Offset
		}
		LookUp(c, p.numbers(Entries*Part), offsets)
		return c
	}},
}

// same fails unless the two are the same bits.
func same(t *testing.T, name string, seed uint64, n int, got, want []float64) {
	t.Helper()
	for i := range want {
		if math.Float64bits(got[i]) != math.Float64bits(want[i]) {
			t.Fatalf("%s, seed %d, n = %d: number %d is %v, plain %v", name, seed, n, i, got[i], want[i])
		}
	}
}

// On every vector unit of this machine the loops give the bits of the plain ones, for
// every length and alignment.
func TestUnits(t *testing.T) {
	for _, k := range kernels {
		for n := range 70 {
			for seed := range uint64(4) {
				onUnits(t, k, seed<<32|uint64(n), n)
			}
		}
	}
}

func FuzzUnits(f *testing.F) {
	f.Add(uint64(1), uint16(3), uint8(0))
	f.Fuzz(func(t *testing.T, seed uint64, n uint16, which uint8) {
		onUnits(t, kernels[int(which)%len(kernels)], seed, int(n)%1000)
	})
}

// Against the definitions, by a sum that no loop shares: a tile, a row and a table.
func TestDefinitions(t *testing.T) {
	p := &pool{rand.New(rand.NewPCG(7, 7))}
	const n = 37
	a, b, c := p.numbers(n*Width), p.numbers(n*Width), p.numbers(Height*Width)
	want := make([]float64, len(c))
	for r := range Height {
		for l := range Width {
			want[r*Width+l] = c[r*Width+l]
			for k := range n {
				want[r*Width+l] -= float64(a[k*Width+r] * b[k*Width+l])
			}
		}
	}
	Subtract(c, a, b, n)
	same(t, "Subtract", 7, n, c, want)

	x, y := p.numbers(n), p.numbers(Width)
	want = append([]float64(nil), y...)
	for k := range n {
		for l := range Width {
			want[l] -= float64(x[k] * b[k*Width+l])
		}
	}
	Columns(y, b, x, n)
	same(t, "Columns", 7, n, y, want)

	table, v := make([]float64, Part<<Members), p.numbers(Members*Width)
	want = make([]float64, len(table))
	for entry := range 1 << Members {
		for l := range Part {
			for b := range Members {
				if entry>>b&1 == 1 {
					want[entry*Part+l] += v[b*Width+l]
				}
			}
		}
	}
	Subsets(table, v)
	same(t, "Subsets", 7, Members, table, want)

	u, d := make([]float64, Height*Width), p.numbers(Height*Width)
	for r := range Height {
		for q := r; q < Height; q++ {
			u[r*Width+q] = p.rng.NormFloat64()
		}
		u[r*Width+r] += 10 // so that the solution is tame
	}
	solved := append([]float64(nil), d...)
	Forward(solved, u)
	largest := make([]float64, Width) // by lane
	for i, x := range d {
		largest[i%Width] = max(largest[i%Width], math.Abs(x))
	}
	for r := range Height {
		for l := range Width {
			sum := 0.0
			for q := range r + 1 {
				sum += u[q*Width+r] * solved[q*Width+l]
			}
			if !(math.Abs(sum-d[r*Width+l]) <= 1e-14*largest[l]) {
				t.Errorf("Forward: row %d of Uᵀ X is %v, want %v", r, sum, d[r*Width+l])
			}
		}
	}
}

// What is too short is found before any loop starts.
func TestTooShort(t *testing.T) {
	x := func(n int) []float64 { return make([]float64, n) }
	const tile = Height * Width
	for name, call := range map[string]func(){
		"Subtract c": func() { Subtract(x(tile-1), x(2*Width), x(2*Width), 2) },
		"Subtract a": func() { Subtract(x(tile), x(Width+Height-1), x(2*Width), 2) },
		"Subtract b": func() { Subtract(x(tile), x(2*Width), x(2*Width-1), 2) },
		"Forward c":  func() { Forward(x(tile-1), x(tile)) },
		"Forward u":  func() { Forward(x(tile), x(tile-Width)) },
		"Columns y":  func() { Columns(x(Width-1), x(2*Width), x(2), 2) },
		"Columns u":  func() { Columns(x(Width), x(2*Width-1), x(2), 2) },
		"Columns x":  func() { Columns(x(Width), x(2*Width), x(1), 2) },
		"RowSums u":  func() { RowSums(x(8*Width), x(2*Width*Width-1), x(2*Width), Width*Width, 2) },
		"RowSums x":  func() { RowSums(x(8*Width), x(2*Width*Width), x(2*Width-1), Width*Width, 2) },
		"Subsets":    func() { Subsets(x(Part<<Members-1), x(Members*Width)) },
		"Subsets v":  func() { Subsets(x(Part<<Members), x((Members-1)*Width)) },
		"LookUp c":   func() { LookUp(x(Width+Part-1), x(Entries*Part), make([]uint16, 2*Tables)) },
		"LookUp":     func() { LookUp(x(2*Width), x(Entries*Part-1), make([]uint16, 2*Tables)) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			call()
		}()
	}
}
