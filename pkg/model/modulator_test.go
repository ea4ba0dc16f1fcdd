package model_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/model"
)

// checked checks a learner's acetylcholine.
func checked(m model.Modulator) error {
	return (&model.Learner{Neuron: model.NewNeuron(1, 1), ACh: m}).Check()
}

func TestModulatorCheck(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		m    model.Modulator
		want []string
	}{
		{model.Modulator{Probability: -0.1}, []string{"Probability = -0.1", "[0, 1]"}},
		{model.Modulator{Probability: 1.1}, []string{"Probability = 1.1", "[0, 1]"}},
		{model.Modulator{Probability: nan}, []string{"Probability = NaN", "[0, 1]"}},
		{model.Modulator{Error: 2}, []string{"Error = 2", "[0, 1]"}},
		{model.Modulator{Error: nan}, []string{"Error = NaN", "[0, 1]"}},
		{model.Modulator{Disinhibition: -1}, []string{"Disinhibition = -1", "[0, ∞)"}},
		{model.Modulator{Disinhibition: inf}, []string{"Disinhibition = +Inf", "[0, ∞)"}},
		{model.Modulator{Disinhibition: nan}, []string{"Disinhibition = NaN", "[0, ∞)"}},
	} {
		refusal.Mentions(t, checked(c.m), append(c.want, "Learner.ACh.")...)
	}
	for _, m := range []model.Modulator{{}, {Probability: 1, Error: 1, Disinhibition: 3}} {
		if err := checked(m); err != nil {
			t.Error(err)
		}
	}
}

// Probabilities of a spike for the amplitudes 0.227 and 1.605, alone and
// together. Source: evaluated once with another program, the joint one from
// Owen's T function, and there compared with quadrature and 2e6 draws.
func TestSpikeStoredValues(t *testing.T) {
	ach, ne := model.Modulator{Disinhibition: 0.227}, model.Modulator{Disinhibition: 1.605}
	for _, c := range []struct{ v, ach, ne, both float64 }{
		{-3, 1.2789266869421039e-34, 0.19238011795403215, 0.23863307792799698},
		{-1, 0.0003304735518478348, 0.6468935188902274, 0.7006386506763662},
		{-0.5, 0.11455721684420933, 0.7544226800948923, 0.8146280582352012},
		{-0.1, 0.7120799659482362, 0.8257993368820455, 0.9509160342067999},
		{-0.05, 0.7822267645200385, 0.8336893215965466, 0.9640168044440047},
		{0.05, 1, 1, 1},
	} {
		lesson.Near(t, "p_A", ach.Spike(c.v), c.ach, 1e-14*c.ach+1e-40)
		lesson.Near(t, "p_N", ne.Spike(c.v), c.ne, 1e-14)
		lesson.Near(t, "p_AN", ach.SpikeWith(ne, c.v), c.both, 1e-13)
	}
}

var amplitudes = []struct{ a, b float64 }{
	{0.227, 1.605}, {1, 1}, {0.02, 3}, {0.5, 0.4}, {1e-3, 1}, {2, 1e-6}, {0.1, 0.1001},
}

// depths are potentials in units of the two amplitudes' sum.
var depths = []float64{-4, -2, -1.2, -1, -0.7, -0.3, -0.1, -0.01, -1e-6, 0}

// The literal integral P(V + M + M' > 0), in an order and with a quadrature
// of its own: over the amplitude M' ≥ 0 with its atom at 0, panel by panel.
func TestSpikeWithAgainstLiteralIntegral(t *testing.T) {
	phi := distuv.UnitNormal
	for _, c := range amplitudes {
		m, other := model.Modulator{Disinhibition: c.a}, model.Modulator{Disinhibition: c.b}
		for _, d := range depths {
			v := d * (c.a + c.b)
			// alone is P(v + M > 0) for any v.
			alone := func(v float64) float64 {
				if v > 0 {
					return 1
				}
				return phi.CDF(1 + v/c.a)
			}
			want := phi.CDF(-1) * alone(v)
			density := func(x float64) float64 { return phi.Prob(x) * alone(v+c.b*(1+x)) }
			// alone has a jump where v + M' = 0; beyond it is 1, and around
			// it varies within a few times c.a/c.b.
			jump, width := -v/c.b-1, c.a/c.b
			cuts := []float64{-1}
			for _, k := range []float64{-40, -20, -10, -8, -6, -4, -3, -2, -1, 0} {
				if x := jump + k*width; x > cuts[len(cuts)-1] && x < 12 {
					cuts = append(cuts, x)
				}
			}
			for _, x := range []float64{0, 1, 2, 3, 5, 8, 12} {
				if x > cuts[len(cuts)-1] {
					cuts = append(cuts, x)
				}
			}
			for k := range cuts[1:] {
				// Panels no wider than the Gaussian, as cuts may be far apart.
				parts := int(math.Ceil(cuts[k+1] - cuts[k]))
				h := (cuts[k+1] - cuts[k]) / float64(parts)
				for p := range parts {
					lo := cuts[k] + float64(p)*h
					want += quad.Fixed(density, lo, lo+h, 40, quad.Legendre{}, 0)
				}
			}
			lesson.Near(t, "p_AN", m.SpikeWith(other, v), want, 2e-13)
		}
	}
}

// In terms of the bivariate normal distribution, with s² = A² + A'²,
// correlation −A/s and h = (A + A' − u)/s,
//
//	Φ(1 − u/A) + Φ(−1) Φ(1 − u/A') + Φ₂(h, u/A − 1) − Φ₂(h, −1),
//
// and Φ₂ by Owen's T function.
func TestSpikeWithAgainstBivariateNormal(t *testing.T) {
	t.Parallel()
	phi := distuv.UnitNormal.CDF
	for _, c := range amplitudes {
		if c.b < 1e-4*c.a {
			continue // as the correlation nears −1 this form loses its digits
		}
		s := math.Hypot(c.a, c.b)
		for _, d := range depths {
			u := -d * (c.a + c.b)
			h, rho := (c.a+c.b-u)/s, -c.a/s
			want := phi(1-u/c.a) + phi(-1)*phi(1-u/c.b) + bivariate(h, u/c.a-1, rho) - bivariate(h, -1, rho)
			got := model.Modulator{Disinhibition: c.a}.SpikeWith(model.Modulator{Disinhibition: c.b}, -u)
			lesson.Near(t, "p_AN", got, want, 1e-12)
		}
	}
}

// bivariate is P(X ≤ h, Y ≤ k) of two standard normal variables of correlation
// rho, for h and k not 0 (Owen 1956).
func bivariate(h, k, rho float64) float64 {
	const tiny = 1e-15
	if h == 0 {
		h = tiny
	}
	if k == 0 {
		k = tiny
	}
	r := math.Sqrt((1 - rho) * (1 + rho))
	p := (distuv.UnitNormal.CDF(h)+distuv.UnitNormal.CDF(k))/2 - owen(h, (k/h-rho)/r) - owen(k, (h/k-rho)/r)
	if h*k < 0 {
		p -= 0.5
	}
	return p
}

// owen is Owen's T(h, a) = ∫₀ᵃ exp(−h²(1 + x²)/2)/(1 + x²) dx / 2π, with
// x = tan t. It is odd in a.
func owen(h, a float64) float64 {
	if a < 0 {
		return -owen(h, -a)
	}
	end := math.Atan(a)
	g := func(t float64) float64 { c := math.Cos(t); return math.Exp(-h * h / (2 * c * c)) }
	sum := 0.0
	const parts = 40
	for p := range parts {
		sum += quad.Fixed(g, end*float64(p)/parts, end*float64(p+1)/parts, 30, quad.Legendre{}, 0)
	}
	return sum / (2 * math.Pi)
}

func TestSpikeAgainstMonteCarlo(t *testing.T) {
	const draws = 400000
	rng := model.Stream(4, 1)
	ach, ne := model.Modulator{Disinhibition: 0.227}, model.Modulator{Disinhibition: 1.605}
	potentials := []float64{-3, -1, -0.5, -0.05, 0, 0.01}
	alone, both := make([]float64, len(potentials)), make([]float64, len(potentials))
	mean, square := 0.0, 0.0
	for range draws {
		m := 0.227 * max(0, 1+rng.NormFloat64())
		n := 1.605 * max(0, 1+rng.NormFloat64())
		mean += n / draws
		square += n * n / draws
		for k, v := range potentials {
			if v+n > 0 {
				alone[k]++
			}
			if v+m+n > 0 {
				both[k]++
			}
		}
	}
	for k, v := range potentials {
		for _, c := range []struct {
			what      string
			got, want float64
		}{{"alone", alone[k] / draws, ne.Spike(v)}, {"both", both[k] / draws, ach.SpikeWith(ne, v)}} {
			lesson.Near(t, c.what, c.got, c.want, 5*math.Sqrt(c.want*(1-c.want)/draws))
		}
	}
	// The moments that the comment on Modulator gives.
	lesson.Near(t, "mean of M / A", mean/1.605, 1.083, 0.001+5*0.867/math.Sqrt(draws))
	lesson.Near(t, "s.d. of M / A", math.Sqrt(square-mean*mean)/1.605, 0.867, 0.001+5*0.867/math.Sqrt(draws))
}

func TestSpikeJumpsAtThreshold(t *testing.T) {
	// 1 − Φ(1) = 0.158655…, from tables of the normal distribution.
	const jump = 0.15865525393145705
	for _, a := range []float64{1e-3, 0.227, 1, 1000} {
		m := model.Modulator{Disinhibition: a}
		lesson.Near(t, "below", m.Spike(0), 1-jump, 1e-15)
		lesson.Near(t, "above", m.Spike(math.SmallestNonzeroFloat64), 1, 0)
		lesson.Near(t, "both, below", m.SpikeWith(m, 0), 1-jump*jump, 1e-14)
		lesson.Near(t, "both, above", m.SpikeWith(m, math.SmallestNonzeroFloat64), 1, 0)
	}
}

func TestSpikeLimits(t *testing.T) {
	t.Parallel()
	none, some, huge := model.Modulator{}, model.Modulator{Disinhibition: 0.7}, model.Modulator{Disinhibition: 1e300}
	inf := math.Inf(-1)
	for _, v := range []float64{inf, -1e300, -50, -1, -0.2, -1e-300, 0, 1e-300, 2} {
		step := 0.0
		if v > 0 {
			step = 1
		}
		// Without disinhibition the neuron is as deaf as without release.
		lesson.Near(t, "A = 0", none.Spike(v), step, 0)
		lesson.Near(t, "A = A' = 0", none.SpikeWith(none, v), step, 0)
		lesson.Near(t, "A' = 0", some.SpikeWith(none, v), some.Spike(v), 0)
		lesson.Near(t, "A = 0 first", none.SpikeWith(some, v), some.Spike(v), 0)
		// A vanishing amplitude counts for nothing, except at V = 0 exactly.
		if v != 0 && math.Abs(v) > 1e-200 {
			lesson.Near(t, "A' → 0", some.SpikeWith(model.Modulator{Disinhibition: 1e-250}, v), some.Spike(v), 1e-14)
		}
		// Beyond its reach nothing matters but the atom.
		if v <= 0 && v > -1e200 {
			lesson.Near(t, "A → ∞", huge.Spike(v), 0.8413447460685429, 1e-15) // Φ(1)
		}
		for _, m := range []model.Modulator{none, some, huge} {
			p, q := some.SpikeWith(m, v), m.SpikeWith(some, v)
			lesson.Near(t, "symmetry", p, q, 0)
			if !(p >= 0 && p <= 1) {
				t.Errorf("A' = %v, V = %v: p = %v", m.Disinhibition, v, p)
			}
			if low := max(some.Spike(v), m.Spike(v)); p < low-1e-14 {
				t.Errorf("A' = %v, V = %v: both together %v below one alone %v", m.Disinhibition, v, p, low)
			}
		}
	}
	if p := some.SpikeWith(some, math.NaN()); !math.IsNaN(p) {
		t.Errorf("V = NaN: %v", p)
	}
	last := 0.0
	for v := -20.0; v <= 1; v += 0.01 {
		p := some.SpikeWith(model.Modulator{Disinhibition: 1.9}, v)
		if p < last-1e-15 {
			t.Errorf("falls from %v to %v at V = %v", last, p, v)
		}
		last = p
	}
}
