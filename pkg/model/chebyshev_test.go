package model

import (
	"context"
	"math"
	"testing"
)

// A linear system with rates from 1 to 1000 has the exact solution
// y_i = exp(−k_i t).
func TestChebyshevIsStableAndAccurateOnAStiffSystem(t *testing.T) {
	rates := []float64{0.01, 0.3, 1, 20, 1000}
	evaluations := 0
	c := chebyshev{
		f: func(dy, y []float64) {
			evaluations++
			for i, k := range rates {
				dy[i] = -k * y[i]
			}
		},
		bound:     func([]float64) {},
		tolerance: 1e-5,
	}
	const duration = 50
	y := []float64{1, 1, 1, 1, 1}
	if err := c.integrate(context.Background(), y, duration); err != nil {
		t.Fatal(err)
	}
	for i, k := range rates {
		if want := math.Exp(-k * duration); math.Abs(y[i]-want) > 2e-4 {
			t.Errorf("rate %v: y = %v, want %v", k, y[i], want)
		}
	}
	// Euler's method is stable up to h = 2/1000 and would need 25,000.
	if evaluations > 5000 {
		t.Errorf("%d evaluations of f", evaluations)
	}
}

// The method is of second order: halving the step divides the local error of
// dy/dt = −y², y = 1/(1 + t), by 8.
func TestChebyshevIsOfSecondOrder(t *testing.T) {
	c := chebyshev{f: func(dy, y []float64) { dy[0] = -y[0] * y[0] }}
	local := func(h float64, stages int) float64 {
		y, f0, next := []float64{1}, []float64{0}, []float64{0}
		c.f(f0, y)
		c.step(next, y, f0, h, stages, [3][]float64{{0}, {0}, {0}})
		return math.Abs(next[0] - 1/(1+h))
	}
	for stages := 2; stages <= 12; stages++ {
		if ratio := local(0.02, stages) / local(0.01, stages); math.Abs(ratio-8) > 0.4 {
			t.Errorf("%d stages: local errors in ratio %.3f, want 8", stages, ratio)
		}
	}
}
