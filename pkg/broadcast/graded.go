package broadcast

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// Graded is a release whose amplitude is the number n of requests that succeed, each by
// itself with the reliability of the circuit; rules see the amplitude, the disinhibition
// is that of any release. With the probability r = f ρ + (1−f) ε that a neuron asks,
//
//	E(n | Y) = ρ_Y + (M−1) r,  Var(n | Y) = ρ_Y (1−ρ_Y) + (M−1) r (1−r),  ρ_1 = ρ, ρ_0 = ε.
//
// With ε = 0, y_ref = 0 and large disinhibition there is a window, ρ a_A (M−1) f < a_I b <
// ρ a_A Φ(1) [1 + (M−1) f], if and only if
//
//	(M−1) f < Φ(1)/Φ(−1) = 5.303.
//
// Subtracted, there is acetylcholine on every trial and rules see n − M r, its excess
// over the mean. Then E(n − M r | Y) = ρ (Y − f): the window is −ρ a_A f < a_I b <
// ρ a_A Φ(1) (1 − f) for every M, and there is no wall. The price is noise, of variance
// a_A² (M−1) r (1−r), so that the largest [Rate] goes as 1/[M f(1−f)].
type Graded struct {
	Neurons    float64 // M ≥ 1
	Subtracted bool    // rules see n less its mean
}

// GradedRequests is (M−1) f at the wall of a graded release, Φ(1)/Φ(−1).
const GradedRequests = 5.302974375068754

// Check implements Scheme.
func (s Graded) Check() error {
	return domain.AtLeast(1).Check("broadcast: Graded.Neurons", s.Neurons)
}

// Among implements Scheme.
func (s Graded) Among(neurons float64) Scheme { s.Neurons = neurons; return s }

// Heard implements Scheme: it says how often there is acetylcholine, whatever its
// amplitude.
func (s Graded) Heard(own model.Modulator, coding float64) model.Modulator {
	if s.Subtracted {
		own.Probability, own.Error = 1, 1
		return own
	}
	return Separate{s.Neurons}.Heard(own, coding)
}

// Baseline is what model.Graded is to subtract: M r, or 0 if nothing is subtracted.
func (s Graded) Baseline(own model.Modulator, coding float64) float64 {
	if !s.Subtracted {
		return 0
	}
	return s.Neurons * asks(own, coding)
}

// asks is the probability r with which a neuron asks.
func asks(own model.Modulator, coding float64) float64 {
	return coding*own.Probability + (1-coding)*own.Error
}

// amplitude is the mean and the standard deviation of the amplitude of a release on
// trials of that target.
func (s Graded) amplitude(own model.Modulator, coding float64, target bool) (mean, sd float64) {
	rho, p := own.Error, s.Heard(own, coding).Error
	if target {
		rho, p = own.Probability, s.Heard(own, coding).Probability
	}
	r := asks(own, coding)
	n, variance := rho+(s.Neurons-1)*r, rho*(1-rho)+(s.Neurons-1)*r*(1-r)
	if s.Subtracted {
		return n - s.Baseline(own, coding), math.Sqrt(variance)
	}
	if p == 0 {
		return 0, 0
	}
	mean = n / p // given that there is a release, n ≥ 1
	return mean, math.Sqrt(max(0, (variance+n*n)/p-mean*mean))
}

// seen is the circuit c of Seen, whose acetylcholine is as heard: its rule acts with one
// of two amplitudes, as likely, of the mean and the variance that the number of requests
// has. Mean changes and their variance, hence all theory of small rates, are those of it.
func (s Graded) seen(c rules.Circuit, own model.Modulator) (rules.Circuit, error) {
	if c.ACh.Coupling != 0 || c.ACh.Variation != 0 {
		return c, fmt.Errorf("broadcast: a graded release is derived for ACh.Coupling = 0 and ACh.Variation = 0; got %v and %v", c.ACh.Coupling, c.ACh.Variation)
	}
	rule := c.Acetylcholine
	var mean, sd [2]float64
	mean[0], sd[0] = s.amplitude(own, c.TargetCoding, false)
	mean[1], sd[1] = s.amplitude(own, c.TargetCoding, true)
	c.ACh.Variation, c.Acetylcholine.Rate = 1, 0
	c.Excitatory = append([]model.Rule{rules.Named("acetylcholine of graded release", func(x *model.Signals) model.Change {
		y, seen := 0, *x
		if x.Target {
			y = 1
		}
		seen.AChExcess = mean[y] + sd[y]*x.AChExcess - 1
		return rule.Change(&seen)
	})}, c.Excitatory...)
	return c, nil
}
