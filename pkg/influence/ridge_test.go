package influence_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/influence"

	"gonum.org/v1/gonum/integrate/quad"
)

// The closed form against the integral over the Marchenko-Pastur law.
func TestRidgeIsAnIntegral(t *testing.T) {
	for _, load := range []float64{0.05, 0.5, 1, 2, 5} {
		for _, decay := range []float64{0.01, 0.1, 1, 10} {
			mean := func(h func(w float64) float64) float64 {
				low, high := (1-math.Sqrt(load))*(1-math.Sqrt(load)), (1+math.Sqrt(load))*(1+math.Sqrt(load))
				// w = middle + half cos t takes the edges' square roots away.
				middle, half := (low+high)/2, (high-low)/2
				return quad.Fixed(func(t float64) float64 {
					w := middle + half*math.Cos(t)
					return h(w) * half * half * math.Sin(t) * math.Sin(t) / (2 * math.Pi * load * w)
				}, 0, math.Pi, 4000, nil, 0) // the part 1 − 1/α at w = 0 hears nothing
			}
			own := mean(func(w float64) float64 { return w / (w + decay) })
			second := mean(func(w float64) float64 { return w * w / (w + decay) / (w + decay) })
			h, err := influence.Ridge{Load: load, Decay: decay}.Hearing()
			if err != nil {
				t.Fatal(err)
			}
			lesson.Near(t, "own", h.Own, own, 1e-6)
			lesson.Near(t, "noise", h.Noise, second-own*own, 1e-6)
		}
	}
}

// Without decay it is the projector's, and with much the overlaps themselves.
func TestRidgeLimit(t *testing.T) {
	for _, load := range []float64{0.3, 2, 4} {
		h, err := influence.Ridge{Load: load, Decay: 1e-9}.Hearing()
		if err != nil {
			t.Fatal(err)
		}
		lesson.Near(t, "N_eff", h.Number(), max(1, load), 1e-6)
		// With much of it W/ℓ is left, whose eigenvalues have the mean square 1 + α.
		if h, err = (influence.Ridge{Load: load, Decay: 1e12}).Hearing(); err != nil {
			t.Fatal(err)
		}
		lesson.Near(t, "N_eff", h.Number(), 1+load, 1e-6)
	}
}

// And against the operator of random tasks, for signals of mean 0.
func TestRidgeAgainstOperators(t *testing.T) {
	t.Parallel()
	for _, r := range []influence.Ridge{{Load: 0.5, Decay: 0.1}, {Load: 0.5, Decay: 1}, {Load: 2, Decay: 0.3}} {
		if testing.Short() && r.Decay != 1 {
			continue
		}
		want, err := r.Hearing()
		if err != nil {
			t.Fatal(err)
		}
		own, noise := 0., 0.
		for run := range uint64(4) {
			m, err := influence.Ridged(draw(t, task(400, int(400*r.Load), 1), run), r.Decay, 0.2)
			if err != nil {
				t.Fatal(err)
			}
			h := influence.MeasureCentred(m)
			own, noise = own+h.Own/4, noise+h.Noise/4
		}
		lesson.Near(t, "own", own/want.Own, 1, 0.02)
		lesson.Near(t, "noise", noise/want.Noise, 1, 0.05)
	}
}

func TestRidgeRefuses(t *testing.T) {
	_, err := influence.Ridge{Load: -1, Decay: 1}.Hearing()
	refusal.Mentions(t, err, "Ridge.Load = -1")
	_, err = influence.Ridge{Load: 1}.Hearing()
	refusal.Mentions(t, err, "Ridge.Decay = 0")
	a := draw(t, task(40, 20, 0.5), 0)
	_, err = influence.Ridged(a, 0.1, 0.2)
	refusal.Mentions(t, err, "not co-tuned")
	_, err = influence.Ridged(a, 0, 0.2)
	refusal.Mentions(t, err, "ℓ = 0")
	_, err = influence.Ridged(a, 0.1, 1)
	refusal.Mentions(t, err, "f = 1")
}
