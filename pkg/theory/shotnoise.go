package theory

import (
	"fmt"
	"math"
	"math/cmplx"
)

// ShotNoise returns the false-alarm probability of Y = 0 patterns when the
// kicks that noradrenaline gives a pattern in its own presentations are counted
// one by one rather than as Gaussian noise. A kick
//
//	K = λ g [a_N (1 − y_N) + a_H],  g = f(1−f),
//
// comes ν = 2 m(α) ρ_N0 p_N(V_0)/(λ k_0 g) times per relaxation time and decays
// exponentially, so the potential is
//
//	V = V_0 − νK + (filtered Poisson kicks) + (the other patterns' Gaussian noise),
//
// with the characteristic exponent ν∫₀¹(e^{iuKs} − 1) ds/s of the kicks; the
// variances add up to that of [Theory.Online]. It gives the right order of
// simulated rates, 25 to 30 percent too low. Regime and errors of Online, and
// inhibition plastic on every trial. Derived here.
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
	variance := o.Var0 + o.Spread0*o.Spread0
	f := t.force()
	g := c.Coding * (1 - c.Coding)
	kick := rate * g * (c.Noradrenaline.Rate*(1-c.Noradrenaline.Reference) + c.Hebbian.Rate)
	if rate == 0 || kick <= 0 || c.NE.Error == 0 {
		return tail(o.V0, variance), nil
	}
	events := 2 * pairRelaxation(load) * c.NE.Error * c.NE.Spike(o.V0) / (rate * -f.slope(false, o.V0) * g)
	rest := variance - events*kick*kick/2
	if rest <= 0 {
		return math.NaN(), nil // the kicks alone have more variance: not this regime
	}
	return exceeds(o.V0-events*kick, math.Sqrt(rest), events, kick), nil
}

// exceeds is P(base + sd z + kicks > 0), by Gil-Pelaez inversion of the
// characteristic function.
func exceeds(base, sd, events, kick float64) float64 {
	const steps = 20000
	last := 9 / sd // e^{-40} beyond
	h := last / steps
	integrand := func(u float64, exponent complex128) float64 {
		phi := cmplx.Exp(complex(-u*u*sd*sd/2, u*base) + complex(events, 0)*exponent)
		return imag(phi) / u
	}
	slope := func(u float64) complex128 { return (cmplx.Exp(complex(0, u*kick)) - 1) / complex(u, 0) }
	// Midpoints of the steps; the exponent is integrated along.
	sum, exponent := 0., complex(0, kick*h/2)
	for k := range steps {
		u := (float64(k) + 0.5) * h
		sum += integrand(u, exponent) * h
		exponent += complex(h/6, 0) * (slope(u) + 4*slope(u+h/2) + slope(u+h))
	}
	return min(1, max(0, 0.5+sum/math.Pi))
}
