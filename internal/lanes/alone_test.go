package lanes

import (
	"math"
	"math/rand/v2"
	"testing"

	"credo/internal/sparse"
)

// weights are numbers, some at a bound of the move, beyond it, −0 or no numbers.
func (p *pool) weights(n int) ([]float64, Move) {
	_, rows := p.rows(n)
	low, high := p.bounds(rows)
	w := p.numbers(n)
	for i := range w {
		if p.rng.IntN(2) == 0 {
			w[i] = rows[i][0]
		}
	}
	return w, Move{p.rng.NormFloat64(), low[0], high[0]}
}

func init() {
	kernels = append(kernels,
		kernel{"Sum", func(p *pool, n int) []float64 { return []float64{Sum(p.numbers(n), p.list(n))} }},
		kernel{"Sums", func(p *pool, n int) []float64 {
			w, x := Sums(p.numbers(n), p.numbers(n), p.list(n))
			return []float64{w, x}
		}},
		kernel{"Shift", func(p *pool, n int) []float64 {
			w, m := p.weights(n)
			Shift(w, p.list(n), m)
			return w
		}},
		kernel{"ShiftBoth", func(p *pool, n int) []float64 {
			w, m := p.weights(n)
			x, other := p.weights(n)
			ShiftBoth(w, x, p.list(n), m, other)
			return append(w, x...)
		}},
		kernel{"ShiftAll", func(p *pool, n int) []float64 {
			w, m := p.weights(n)
			ShiftAll(w, &m)
			return w
		}})
}

// The loops of one neuron are what their comments say.
func TestAlone(t *testing.T) {
	p := &pool{rand.New(rand.NewPCG(5, 5))}
	for n := range 150 {
		w, x, list := p.numbers(n), p.numbers(n), p.list(n)
		sumW, sumX := Sums(w, x, list)
		same(t, "Sums", 5, n, []float64{sumW, sumX, Sum(w, list)}, []float64{sparse.Sum(w, list), sparse.Sum(x, list), sumW})

		m := [2]Move{{p.rng.NormFloat64(), 0, math.Inf(1)}, {p.rng.NormFloat64(), 0, 0.5}}
		want := [2][]float64{append([]float64(nil), w...), append([]float64(nil), x...)}
		for k := range want {
			for _, i := range list {
				want[k][i] = min(max(want[k][i]+m[k].By, 0), m[k].High)
			}
		}
		one := append([]float64(nil), w...)
		Shift(one, list, m[0])
		ShiftBoth(w, x, list, m[0], m[1])
		same(t, "Shift", 5, n, one, want[0])
		same(t, "ShiftBoth", 5, n, w, want[0])
		same(t, "ShiftBoth, second", 5, n, x, want[1])
		for i := range x {
			want[1][i] = min(max(want[1][i]+m[1].By, 0), 0.5)
		}
		ShiftAll(x, &m[1])
		same(t, "ShiftAll", 5, n, x, want[1])
	}
}

func TestListBeyondEntries(t *testing.T) {
	x := make([]float64, 3)
	for name, call := range map[string]func(){
		"Sum":       func() { Sum(x, []int32{1, 3}) },
		"Sums":      func() { Sums(x, x[:2], []int32{1}) },
		"Shift":     func() { Shift(x, []int32{-1, 2}, Move{}) },
		"ShiftBoth": func() { ShiftBoth(x, x[:2], []int32{1}, Move{}, Move{}) },
		"none":      func() { Sum(nil, []int32{0}) },
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
