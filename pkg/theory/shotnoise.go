package theory

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// ShotNoise returns the false-alarm probability of Y = 0 patterns when two things
// are counted that the Gaussian potentials of [Theory.Online] leave out. The kicks
// that noradrenaline gives a pattern in its own presentations,
//
//	K = λ g [a_N (1 − y_N) + a_H],  g = f(1−f),  without a_H above threshold,
//
// come one by one, at 2 m(α) ρ_N0 p_N(V)/λ in the time T. And the force bends: above
// threshold it is weaker than the straight line of slope −k_0 through V_0, by which
// patterns return. One pattern's potential then has the stationary density of
//
//	dV/dT = −k_0 g (V − V_0) + 2 m(α) g [F(0,V) − F(0,V_0) + k_0 (V − V_0)] + kicks − their mean + noise,
//
// Gaussian noise of the other patterns, such that with a straight force the variances
// add up to that of Online; the factor 2m(α) is the share of a pattern's own force
// that it feels for as long as it is remembered, the same for kicks and bend. The
// quenched spread by depression is averaged over.
//
// Simulations (N = 100, 48 neurons, α = 0.5, reported circuit with β = 0) give 0.160 ± 0.015,
// 0.047 ± 0.006 and 0.0026 ± 0.0011 at λ = 1, 0.3 and 0.1 (95 percent); this 0.157, 0.051 and
// 0.0020, Gaussian potentials 0.144, 0.023 and 0.0003. Regime and errors of Online, and
// inhibition plastic on every trial. Derived here; 2m(α) for the bend is an approximation.
func (t *Theory) ShotNoise(load, rate float64) (falseAlarm float64, err error) {
	c := t.circuit
	if c.Balance.WhenFiring {
		return 0, fmt.Errorf("theory: Balance.WhenFiring is true: shot noise of silent patterns is not derived")
	}
	if m := c.NE; m.Late != 0 || m.Coupling != 0 || m.Variation != 0 {
		return 0, fmt.Errorf("theory: shot noise of noradrenaline that is late, coupled or of varying amplitude is not derived")
	}
	o, err := t.Online(load, rate)
	if err != nil {
		return 0, err
	}
	if rate == 0 {
		return tail(o.V0, o.Spread0*o.Spread0), nil
	}
	d, err := t.Condition()
	if err != nil {
		return 0, err
	}
	f := t.force()
	f.learner.MeanOutput = d.MeanOutput
	g, own, k0 := c.Coding*(1-c.Coding), 2*pairRelaxation(load), -f.slope(false, o.V0)
	events := func(v float64) float64 {
		if v > 0 {
			return own * c.NE.Error / rate
		}
		return own * c.NE.Error * c.NE.Spike(v) / rate
	}
	kick := func(v float64) float64 {
		if v > 0 {
			return rate * g * c.Noradrenaline.Rate * (1 - c.Noradrenaline.Reference)
		}
		return rate * g * (c.Noradrenaline.Rate*(1-c.Noradrenaline.Reference) + c.Hebbian.Rate)
	}
	rest := o.Var0 - events(o.V0)*kick(o.V0)*kick(o.V0)/(2*k0*g)
	if rest <= 0 || kick(o.V0) < 0 {
		return math.NaN(), nil // the kicks alone have more variance, or go down: not this regime
	}
	there := f.of(false, o.V0)
	line := func(v float64) float64 { return f.of(false, v) - there + k0*(v-o.V0) } // what the force has beside it
	at := func(shift float64) float64 {
		return kicked{
			drift: func(v float64) float64 {
				return -k0*g*(v-o.V0-shift) + own*g*line(v) - events(v)*kick(v)
			},
			diffusion: k0 * g * rest, events: events, kick: kick,
			low: o.V0 + min(0, shift) - 8*math.Sqrt(o.Var0), high: max(0, o.V0+shift) + 8*math.Sqrt(o.Var0) + 6*kick(o.V0),
		}.above()
	}
	if o.Spread0 == 0 {
		return at(0), nil
	}
	const half, step = 16, 0.25 // the quenched spread, to four standard deviations
	sum, weights := 0., 0.
	for k := -half; k <= half; k++ {
		w := distuv.UnitNormal.Prob(step * float64(k))
		sum, weights = sum+w*at(o.Spread0*step*float64(k)), weights+w
	}
	return sum / weights, nil
}

// kicked is a potential that drifts, diffuses and is kicked upwards.
type kicked struct {
	drift, events, kick func(v float64) float64 // dV/dT without kicks; rate and size ≥ 0 of the kicks
	diffusion           float64                 // of variance 2 diffusion in the time 1
	low, high           float64                 // where all of the density is
}

// above is the stationary probability of V > 0. As kicks go up only, that no
// probability flows through any point gives the density from below, step by step: a
// cell's from those under it, by drift and diffusion (weighted after Scharfetter and
// Gummel) and by the kicks that cross its lower edge.
func (k kicked) above() float64 {
	const cells = 1500
	h := (k.high - k.low) / cells
	first := math.Floor(k.low / h) // 0 is an edge
	p, over := make([]float64, cells), make([]float64, cells+1)
	bernoulli := func(z float64) float64 {
		if math.Abs(z) < 1e-9 {
			return 1 - z/2
		}
		return z / math.Expm1(z)
	}
	p[0] = 1e-200
	flow := 0. // by kicks through the upper edge of cell i
	all, up := 0., 0.
	for i := range cells {
		v := h * (first + float64(i) + 0.5)
		all += p[i]
		if v > 0 {
			up += p[i]
		}
		if i+1 == cells {
			break
		}
		// Kicks from here cross the next edges up to where they land, the last by a part.
		size := k.kick(v) / h
		whole, rate := int(size), k.events(v)*p[i]
		flow += rate
		if i+whole < cells {
			over[i+whole] -= rate * (1 - (size - float64(whole)))
		}
		if i+whole+1 < cells {
			over[i+whole+1] -= rate * (size - float64(whole))
		}
		flow += over[i]
		z := k.drift(v+h/2) * h / k.diffusion
		p[i+1] = (bernoulli(-z)*p[i] + flow*h*h/k.diffusion) / bernoulli(z)
		if p[i+1] > 1e100 { // only ratios matter
			for j := range i + 2 {
				p[j] *= 1e-200
			}
			for j := range over {
				over[j] *= 1e-200
			}
			all, up, flow = all*1e-200, up*1e-200, flow*1e-200
		}
	}
	return up / all
}
