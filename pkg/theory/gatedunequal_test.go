package theory_test

import (
	"math"
	"testing"

	"credo/pkg/model"
	"credo/pkg/theory"

	"gonum.org/v1/gonum/stat"
)

// Unequal coding of channels costs gated inhibition nothing, for its weights w_E − w_I have either sign: with coding levels
// f_i between 0.05 and 0.6, evenly drawn, the separation at α = 1.2 is that of equal ones. V = 1 for Y = 1 and V ≤ 0 for
// Y = 0, with the least variance Σ f_i(1−f_i) w_i² of the potential, by coordinate ascent on the dual problem.
func TestGatedSeparationWithUnequalCoding(t *testing.T) {
	const n, p, targets = 200, 240, 48
	var separation []float64
	for run := range uint64(6) {
		rng := model.Stream(72, run)
		variance, levels := make([]float64, n), make([]float64, n)
		for i := range levels {
			levels[i] = 0.05 + 0.55*rng.Float64()
			variance[i] = levels[i] * (1 - levels[i])
		}
		weights, multiplier := make([]float64, n), make([]float64, p)
		patterns, length := make([][]int, p), make([]float64, p)
		for mu := range patterns {
			for i, f := range levels {
				if rng.Float64() < f {
					patterns[mu] = append(patterns[mu], i)
					length[mu] += 1 / variance[i]
				}
			}
		}
		for range 3000 {
			for mu, x := range patterns {
				v, target := 0., 0.
				for _, i := range x {
					v += weights[i]
				}
				if mu < targets {
					target = 1
				}
				next := multiplier[mu] + (target-v)/length[mu]
				if mu >= targets {
					next = min(next, 0)
				}
				for _, i := range x {
					weights[i] += (next - multiplier[mu]) / variance[i]
				}
				multiplier[mu] = next
			}
		}
		q := 0.
		for i, w := range weights {
			q += variance[i] * w * w
		}
		separation = append(separation, 1/math.Sqrt(q))
	}
	want, err := theory.Gated{TargetCoding: float64(targets) / p}.Separation(float64(p) / n)
	if err != nil {
		t.Fatal(err)
	}
	mean, sd := stat.MeanStdDev(separation, nil)
	se := sd / math.Sqrt(float64(len(separation)))
	t.Logf("separation %.3f(%.3f), want %.3f", mean, se, want)
	if math.Abs(mean/want-1) > 0.1 {
		t.Errorf("separation %.3f(%.3f), want %.3f", mean, se, want)
	}
}
