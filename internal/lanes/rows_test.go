package lanes

import (
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"

	"credo/internal/sparse"
)

// rows are numbers in rows that start anywhere, with a row of zeros and another after
// them.
func (p *pool) rows(n int) ([]float64, []Row) {
	x := p.numbers((n + 2) * Neurons)
	clear(x[n*Neurons:][:Neurons])
	return x[:n*Neurons], unsafe.Slice((*Row)(unsafe.Pointer(&x[0])), n+2)[:n]
}

// row is one such row, pair two, and list some of n numbers, increasing.
func (p *pool) row() *Row { _, r := p.rows(1); return &r[0] }

func (p *pool) pair() *[2]Row { _, r := p.rows(2); return (*[2]Row)(r) }

func (p *pool) list(n int) (list []int32) {
	often := p.rng.Float64()
	for i := range n {
		if p.rng.Float64() < often {
			list = append(list, int32(i))
		}
	}
	return list
}

// bounds are two rows of bounds, some of them none, and weights some of which are at
// their bounds, beyond them, −0 or no numbers.
func (p *pool) bounds(w []Row) (low, high *Row) {
	low, high = p.row(), p.row()
	*low = Row{}
	for l := range high {
		high[l] = math.Abs(high[l])
		switch p.rng.IntN(4) {
		case 0:
			low[l] = math.Inf(-1)
		case 1:
			high[l] = math.Inf(1)
		}
		odd := [...]float64{low[l], high[l], 0, math.Copysign(0, -1), math.NaN(), math.MaxFloat64, 5e-324}
		for i := range w {
			if k := p.rng.IntN(4 * len(odd)); k < len(odd) {
				w[i][l] = odd[k]
			}
		}
	}
	return low, high
}

func init() {
	kernels = append(kernels,
		kernel{"Gather", func(p *pool, n int) []float64 {
			_, w := p.rows(n)
			sums := p.row()
			Gather(sums, w, p.list(n))
			return sums[:]
		}},
		kernel{"Step", func(p *pool, n int) []float64 {
			x, w := p.rows(n)
			low, high := p.bounds(w)
			if n%3 == 0 {
				high = nil
			}
			Step(w, p.list(n), p.row(), low, high)
			return x
		}},
		kernel{"GatherBoth", func(p *pool, n int) []float64 {
			_, w := p.rows(n)
			_, x := p.rows(n)
			sums := p.pair()
			GatherBoth(sums, w, x, p.list(n))
			return append(sums[0][:], sums[1][:]...)
		}},
		kernel{"StepBoth", func(p *pool, n int) []float64 {
			numbersW, w := p.rows(n)
			numbersX, x := p.rows(n)
			by, low, high := p.pair(), p.pair(), p.pair()
			for k, rows := range [][]Row{w, x} {
				l, h := p.bounds(rows)
				low[k], high[k] = *l, *h
			}
			if n%3 == 2 {
				high = nil
			}
			StepBoth(w, x, p.list(n), by, low, high)
			return append(numbersW, numbersX...)
		}},
		kernel{"SweepHalf", func(p *pool, n int) []float64 {
			x, w := p.rows(n)
			low, high := p.bounds(w)
			if n%3 == 0 {
				high = nil
			}
			SweepHalf(w, n%2, p.row(), low, high)
			return x
		}},
		kernel{"Sweep", func(p *pool, n int) []float64 {
			x, w := p.rows(n)
			low, high := p.bounds(w)
			if n%3 == 1 {
				high = nil
			}
			Sweep(w, p.row(), low, high)
			return x
		}})
}

// A lane of the sums is the sum of one neuron alone, and what is added is clipped as
// one number is.
func TestRowsAreNeurons(t *testing.T) {
	p := &pool{rand.New(rand.NewPCG(3, 3))}
	for n := range 100 {
		w, sums, list := Rows(n), Row{}, p.list(n)
		for i := range w {
			w[i] = *p.row()
		}
		lane := func(l int) (x []float64) {
			for i := range w {
				x = append(x, w[i][l])
			}
			return x
		}
		Gather(&sums, w, list)
		want := Row{}
		for l := range want {
			want[l] = sparse.Sum(lane(l), list)
		}
		same(t, "Gather", 3, n, sums[:], want[:])

		by, low, high := p.row(), Row{}, Row{1, 2, 3, 4, math.Inf(1), math.Inf(1), 0.5, 0}
		stepped, swept, halved := Rows(n), Rows(n), Rows(n)
		copy(halved, w)
		SweepHalf(halved, 1, by, &low, &high)
		copy(stepped, w)
		copy(swept, w)
		Step(stepped, list, by, &low, &high)
		Sweep(swept, by, &low, &high)
		in := map[int32]bool{}
		for _, i := range list {
			in[i] = true
		}
		both, other := [2]Row{}, Rows(n)
		copy(other, stepped)
		GatherBoth(&both, w, other, list)
		same(t, "GatherBoth", 3, n, both[0][:], want[:])
		Gather(&want, other, list)
		same(t, "GatherBoth, second", 3, n, both[1][:], want[:])
		first := Rows(n)
		copy(first, w)
		StepBoth(first, other, list, &[2]Row{*by, {}}, &[2]Row{}, &[2]Row{high, high})
		for i := range w {
			same(t, "StepBoth", 3, n, first[i][:], stepped[i][:])
			same(t, "StepBoth, second", 3, n, other[i][:], stepped[i][:])
		}
		for i := range w {
			moved := Row{}
			for l, x := range w[i] {
				moved[l] = min(max(x+by[l], 0), high[l])
			}
			same(t, "Sweep", 3, n, swept[i][:], moved[:])
			same(t, "SweepHalf", 3, n, halved[i][:], append(append([]float64(nil), w[i][:4]...), moved[4:]...))
			if !in[int32(i)] {
				moved = w[i]
			}
			same(t, "Step", 3, n, stepped[i][:], moved[:])
		}
	}
}

// Rows start at a line of the cache.
func TestRowsAreAligned(t *testing.T) {
	for n := range 300 {
		w := Rows(n)
		if len(w) != n || n > 0 && uintptr(unsafe.Pointer(&w[0]))%64 != 0 {
			t.Fatalf("Rows(%d): %d rows at %p", n, len(w), w)
		}
	}
}

func TestListBeyondRows(t *testing.T) {
	r := new(Row)
	for name, call := range map[string]func(){
		"Gather":      func() { Gather(r, Rows(3), []int32{1, 3}) },
		"Step":        func() { Step(Rows(3), []int32{1, 3}, r, r, r) },
		"Gather none": func() { Gather(r, nil, []int32{0}) },
		"Both":        func() { GatherBoth(&[2]Row{}, Rows(3), Rows(2), []int32{1, 2}) },
		"Step both":   func() { StepBoth(Rows(2), Rows(3), []int32{1}, &[2]Row{}, &[2]Row{}, &[2]Row{}) },
		"no spare":    func() { Gather(r, make([]Row, 3), []int32{1, 2}) },
		"Step below":  func() { Step(Rows(3), []int32{-1, 2}, r, r, r) },
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
