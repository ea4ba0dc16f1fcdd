package theory_test

import (
	"math"
	"testing"

	"credo/internal/gauss"
	"credo/pkg/model"
	"credo/pkg/separable"
	"credo/pkg/theory"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat"
)

// The width from Gaussian integrals at the threshold that is best, as literally as they are written; and where all
// targets are 1, equations alone, it is 0.
func TestGatedWidth(t *testing.T) {
	for _, f := range []float64{0.05, 0.2, 0.5, 0.9} {
		g := theory.Gated{TargetCoding: f}
		b, err := g.Threshold(0)
		if err != nil {
			t.Fatal(err)
		}
		moment := func(of func(z float64) float64) float64 {
			both := func(lo, hi float64) float64 {
				return quad.Fixed(func(z float64) float64 { return gauss.PDF(z) * of(b+z) }, lo, hi, 80, quad.Legendre{}, 0)
			}
			return both(-12, -b) + both(-b, 12)
		}
		// Squared distances of a Gaussian vector from 0 and from the negative half-line.
		mean, variance := 0., 0.
		for _, class := range []struct {
			share    float64
			distance func(v float64) float64
		}{{f, func(v float64) float64 { return v * v }}, {1 - f, func(v float64) float64 { return math.Pow(max(0, v), 2) }}} {
			m := moment(class.distance)
			mean += class.share * m
			variance += class.share * (moment(func(v float64) float64 { return math.Pow(class.distance(v), 2) }) - m*m)
		}
		want := math.Sqrt((variance - 2*mean) / math.Pow(mean, 3))
		if got, err := g.Width(); err != nil || math.Abs(got/want-1) > 1e-9 {
			t.Errorf("f_Y = %v: width %v, %v; integrals give %v", f, got, err, want)
		}
	}
	if s, err := (theory.Gated{0.9999}).Width(); err != nil || s > 0.01 {
		t.Errorf("nearly all targets 1: width %v, %v", s, err)
	}
	if _, err := (theory.Gated{0}).Width(); err == nil {
		t.Error("f_Y = 0 accepted")
	}
}

// Single tasks, decided with proofs: the largest number of patterns of nested tasks with every second target 1. Targets drawn one by one would scatter half as
// much again, 0.89. Inputs are half active: of forty channels a fifth active, one task in a hundred has a pattern without any.
func TestGatedWidthOfTasks(t *testing.T) {
	const n, tasks = 40, 120
	want, err := theory.Gated{TargetCoding: 0.5}.Width()
	if err != nil {
		t.Fatal(err)
	}
	var largest []float64
	for task := range uint64(tasks) {
		rng := model.Stream(77, task)
		var p separable.Problem
		for mu := range 3 * n {
			x := make([]float64, n)
			for i := range x {
				if rng.Float64() < 0.5 {
					x[i] = 1
				}
			}
			low, high := 1., 1.
			if mu%2 == 0 {
				low, high = math.Inf(-1), 0
			}
			p.Inputs, p.Low, p.High = append(p.Inputs, x), append(p.Low, low), append(p.High, high)
		}
		stored, not := n/2, 3*n
		for not-stored > 1 {
			q := (stored + not) / 2
			c, err := separable.Decide(separable.Problem{Inputs: p.Inputs[:q], Low: p.Low[:q], High: p.High[:q]})
			if err != nil || c.Answer == separable.Undecided {
				t.Fatal(err, c.Reason)
			}
			if c.Answer == separable.Feasible {
				stored = q
			} else {
				not = q
			}
		}
		largest = append(largest, (float64(stored)+0.5)/n)
	}
	got := stat.StdDev(largest, nil) * math.Sqrt(n)
	t.Logf("width %.3f, theory %.3f", got, want)
	if math.Abs(got/want-1) > 3/math.Sqrt(2*tasks) { // three standard errors of a standard deviation
		t.Errorf("width %v, theory %v", got, want)
	}
}
