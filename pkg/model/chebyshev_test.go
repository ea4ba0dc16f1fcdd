package model

import (
	"context"
	"math"
	"slices"
	"testing"
)

// unlike is a rule whose change has all four parts, of its own size.
type unlike struct{ size float64 }

func (u unlike) Change(s *Signals) Change {
	return Change{Active: u.size * (s.Output + 0.3), Silent: -0.7 * u.size, ActiveLoss: 0.2 * u.size, SilentLoss: 0.05 * u.size * (s.Output + 1)}
}

// The vector field is the mean change of every weight, written out for each
// pattern as [Change] defines it, less the decay of all P trials, and 0 where it
// would leave the bounds.
func TestDriftIsTheMeanChange(t *testing.T) {
	a, err := Task{Channels: 9, InhibitoryChannels: 4, Patterns: 7, Coding: 0.4, TargetCoding: 0.4}.Draw(Stream(72, 0))
	if err != nil {
		t.Fatal(err)
	}
	const low, high = 10, 0 // components at their bounds
	w := make([]float64, 13)
	for i := range w {
		w[i] = 0.5 + 0.1*float64(i)
	}
	w[low] = 0
	l := &Learner{
		Neuron:     &Neuron{Excitatory: make([]float64, 9), Inhibitory: make([]float64, 4), Threshold: 0.1},
		Excitatory: []Rule{unlike{-0.8}}, Inhibitory: []Rule{unlike{1.1}, unlike{0.4}},
		ACh: Modulator{Probability: 0.7, Error: 0.2, Disinhibition: 0.5}, Rate: 0.2, Decay: 0.003,
	}
	upper := slices.Repeat([]float64{math.Inf(1)}, 13)
	upper[high] = w[high]
	f, got := field{l, a, upper}, make([]float64, 13)
	f.drift(got, w)
	held := 0
	for i := range w {
		want := -7 * 0.003 / 0.2 * w[i]
		for mu := range a.Len() {
			change, _ := l.Mean(a.Target(mu), current(w[:9], a.Excitatory(mu)), current(w[9:], a.Inhibitory(mu)))
			active := slices.Contains(a.Excitatory(mu), int32(i))
			if i >= 9 {
				_, change = l.Mean(a.Target(mu), current(w[:9], a.Excitatory(mu)), current(w[9:], a.Inhibitory(mu)))
				active = slices.Contains(a.Inhibitory(mu), int32(i-9))
			}
			if active {
				want += (change.Active - change.ActiveLoss*w[i]) / 3
			} else {
				want += (change.Silent - change.SilentLoss*w[i]) / 3
			}
		}
		if i == low && want < 0 || i == high && want > 0 {
			want = 0
			held++
		}
		if math.Abs(got[i]-want) > 1e-13 {
			t.Errorf("component %d: dw/dT = %v, want %v", i, got[i], want)
		}
	}
	if held != 2 {
		t.Errorf("%d components are held at their bounds, want 2", held)
	}
}

// current is Σ_i w_i x_i / √9.
func current(w []float64, active []int32) (sum float64) {
	for _, i := range active {
		sum += w[i] / 3
	}
	return sum
}

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

// The method notices that a system becomes stiff on the way: y_0 = t is the time,
// and y_1 relaxes to cos t at the rate 20 + t, in the end 420, which leaves it
// behind by sin t/420.
func TestChebyshevFollowsTheStiffness(t *testing.T) {
	c := chebyshev{
		f:         func(dy, y []float64) { dy[0], dy[1] = 1, (20+y[0])*(math.Cos(y[0])-y[1]) },
		bound:     func([]float64) {},
		tolerance: 1e-4,
	}
	y := []float64{0, 0}
	if err := c.integrate(t.Context(), y, 400); err != nil {
		t.Fatal(err)
	}
	if want := math.Cos(400) + math.Sin(400)/420; !(math.Abs(y[0]-400) < 1e-9 && math.Abs(y[1]-want) < 1e-3) {
		t.Errorf("y = %v, want 400 and %v", y, want)
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
