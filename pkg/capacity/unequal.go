package capacity

import (
	"cmp"
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/internal/gauss"
	"credo/internal/root"
)

// Channels are the coding levels of a neuron's inputs, each in (0, 1), one by one, where a Composition has one for
// excitation and one for inhibition. What counts is how many channels have which level, so a sample stands for a distribution.
type Channels struct {
	Excitatory, Inhibitory []float64     // f_i, by synapse
	Threshold              ThresholdKind // 0 means NoThreshold
}

// Dimension returns D of Composition, per synapse, if coding levels differ within a kind of synapse: S₀, S₁ and S₂ are means
// over all synapses then, with τ_i = s_i r_i γ. Where the mean current is free, γ = 0, so that D = 1/2 and unequal coding costs
// nothing; and where it is not, the levels count by more than their mean: with ρ₁ = Σ s_i r_i/N and ρ₂ = Σ r_i²/N,
//
//	D₀ ≈ 1/2 - ρ₁²/(πρ₂) for small ρ₁²/ρ₂,
//
// so at equal ρ₁, which is how much one current outweighs the other, D₀ is larger the more levels are spread. Weights of either
// sign have D = 1 whatever the levels, and gated inhibition its capacity. All this is for margins measured by the standard
// deviation of the current; one measured by the length of the weights would favour channels of f_i near 1/2.
//
// It fails if a level or Threshold is outside its domain or if there are no channels. Source: derived here.
func (ch Channels) Dimension() (float64, error) {
	ratios, err := ch.ratios()
	if err != nil {
		return math.NaN(), err
	}
	sums := func(gamma float64) (s0, s1, s2 float64) {
		for _, r := range ratios {
			m0, m1, m2 := gauss.Moments(r * gamma)
			s0, s1, s2 = s0+m0, s1+r*m1, s2+m2
		}
		n := float64(len(ratios))
		return s0 / n, s1 / n, s2 / n
	}
	_, natural, _ := sums(0)
	switch {
	case ch.Threshold == FreeThreshold || ch.Threshold == PositiveThreshold && natural >= 0 || natural == 0:
		return 0.5, nil
	case len(ch.Excitatory) == 0 || len(ch.Inhibitory) == 0:
		return 0, nil // weights of one sign have no mean current 0
	}
	mean := func(gamma float64) float64 { _, s1, _ := sums(gamma); return s1 }
	gamma, err := root.Find(mean, 0, outward(mean, math.Copysign(1, -natural)))
	if err != nil {
		return math.NaN(), fmt.Errorf("capacity: Channels: %w", err)
	}
	s0, _, s2 := sums(gamma)
	return s0 * s0 / s2, nil
}

// ratios returns s_i r_i of all synapses.
func (ch Channels) ratios() ([]float64, error) {
	if len(ch.Excitatory)+len(ch.Inhibitory) == 0 {
		return nil, fmt.Errorf("capacity: Channels without a channel")
	}
	var err error
	var ratios []float64
	for _, kind := range []struct {
		name   string
		levels []float64
		sign   float64
	}{{"Excitatory", ch.Excitatory, 1}, {"Inhibitory", ch.Inhibitory, -1}} {
		for i, f := range kind.levels {
			err = cmp.Or(err, domain.Fraction.Check(fmt.Sprintf("capacity: Channels.%s[%d]", kind.name, i), f))
			ratios = append(ratios, kind.sign*math.Sqrt(f/(1-f)))
		}
	}
	return ratios, cmp.Or(err, ch.Threshold.check())
}
