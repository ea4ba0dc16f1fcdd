package experiment_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/experiment"
	"credo/pkg/model"
)

func TestInformation(t *testing.T) {
	for _, c := range []struct{ rho, eps, coding, want float64 }{
		// h(0.165) − 0.2 h(0.825) and h(0.2), from a table of h.
		{0.825, 0, 0.2, 0.512}, {1, 0, 0.2, 0.722},
		{0, 1, 0.2, 0.722},     // absent where it should be, and only there: as good
		{0.3, 0.3, 0.2, 0},     // no regard to the target
		{1, 0, 0.5, 1},         // a bit
		{1, 0.5, 0.5, 0.3113},  // Z-channel: h(3/4) − 1/2, 0.8113 from a table
		{0.5, 0.25, 0, 0},      // nothing to be told
		{0.9, 0.1, 0.5, 0.531}, // symmetric channel: 1 − h(0.1), 0.469 from a table
	} {
		m := model.Modulator{Probability: c.rho, Error: c.eps, Disinhibition: 1, Variation: 0.5}
		lesson.Near(t, "I", experiment.Information(m, c.coding), c.want, 5e-4)
		f := c.coding
		lesson.Near(t, "I of the joint probabilities", experiment.MutualInformation([][]float64{
			{f * c.rho, (1 - f) * c.eps}, {f * (1 - c.rho), (1 - f) * (1 - c.eps)}}), experiment.Information(m, f), 1e-14)
	}
	for _, x := range []float64{
		experiment.Information(model.Modulator{}, -0.1), experiment.Information(model.Modulator{}, math.NaN()),
		experiment.Information(model.Modulator{Coupling: 0.1}, 0.2),
		experiment.MutualInformation(nil), experiment.MutualInformation([][]float64{{0, 0}}),
	} {
		if !math.IsNaN(x) {
			t.Errorf("I = %v, want NaN", x)
		}
	}
	refusal.Panics(t, func() { experiment.MutualInformation([][]float64{{1, 2}, {1}}) }, "joint[1]", "1 columns")
	refusal.Panics(t, func() { experiment.MutualInformation([][]float64{{1, -2}}) }, "joint[0][1] = -2")
}

// Information is what counting releases and targets finds, on time and late.
func TestInformationAgainstCounts(t *testing.T) {
	for _, m := range []model.Modulator{{Probability: 0.8, Error: 0.1}, {Probability: 1, Late: 0.5, Delay: 2}} {
		counts := [][]float64{{0, 0}, {0, 0}}
		seen := shown(t, m, 5000)
		for _, s := range seen {
			bit := func(b bool) int {
				if b {
					return 1
				}
				return 0
			}
			counts[bit(s.ACh)][bit(s.Target)]++
		}
		// Bits of 1e5 trials err by about √(var log-ratio/n) < 0.005. The earlier
		// of 20 patterns has a share 6/19 or 5/19 instead of 0.3 of target 1.
		lesson.Near(t, "I", experiment.MutualInformation(counts), experiment.Information(m, 0.3), 0.02)
	}
}

// What a chain passes on cannot grow: a noisier release says less.
func TestInformationFalls(t *testing.T) {
	for _, of := range []func(x float64) model.Modulator{
		func(x float64) model.Modulator { return model.Modulator{Probability: 1 - x/2, Error: x / 2} },
		func(x float64) model.Modulator { return model.Modulator{Probability: 0.9, Error: 0.1, Late: x} },
		func(x float64) model.Modulator { return model.Modulator{Probability: 1 - x} },
	} {
		last := math.Inf(1)
		for k := range 21 {
			i := experiment.Information(of(float64(k)/20), 0.3)
			if !(i < last) {
				t.Errorf("I = %v after %v", i, last)
			}
			last = i
		}
		lesson.Near(t, "I at the end", last, 0, 1e-15)
	}
}
