package capacity

import (
	"math"

	"credo/internal/gauss"
	"credo/internal/root"
)

// This file is the cone of allowed weights of a Composition: its dimension and its best weights at any mean current.

// at returns what depends on the mean current's multiplier γ alone: Dimension, Mean and the weights.
func (p Composition) at(gamma float64) Solution {
	s0, s1, s2 := p.sums(gamma)
	rE, rI := p.ratios()
	s := Solution{Dimension: s0 * (s0 / s2), Mean: s1 / math.Sqrt(s2)}
	s.Excitatory = WeightDistribution{Shift: rE * gamma, Scale: math.Sqrt(s2)}
	s.Inhibitory = WeightDistribution{Shift: 0 - rI*gamma, Scale: math.Sqrt(s2)}
	if math.IsInf(gamma, 0) {
		s.Dimension = 0 // the limit of 0/0
	}
	return s.withoutAbsent(p)
}

// withoutAbsent returns s with the distribution of weights that do not exist set to NaN.
func (s Solution) withoutAbsent(p Composition) Solution {
	none := WeightDistribution{Shift: math.NaN(), Scale: math.NaN()}
	if p.ExcitatoryFraction == 0 {
		s.Excitatory = none
	}
	if p.ExcitatoryFraction == 1 {
		s.Inhibitory = none
	}
	return s
}

// balance returns γ₀, where S₁ = 0; infinite if all synapses have one sign.
func (p Composition) balance() (float64, error) {
	excitation, inhibition := p.currents()
	switch {
	case excitation == inhibition:
		return 0, nil
	case inhibition == 0:
		return math.Inf(-1), nil
	case excitation == 0:
		return math.Inf(1), nil
	}
	mean := func(gamma float64) float64 { _, s1, _ := p.sums(gamma); return s1 }
	end := math.Copysign(1, inhibition-excitation)
	for mean(end)*(inhibition-excitation) < 0 {
		end *= 2
	}
	return root.Find(mean, 0, end)
}

func (p Composition) sums(gamma float64) (s0, s1, s2 float64) {
	rE, rI := p.ratios()
	e0, e1, e2 := gauss.Moments(rE * gamma)
	i0, i1, i2 := gauss.Moments(-rI * gamma)
	nE, nI := p.ExcitatoryFraction, 1-p.ExcitatoryFraction
	if nI == 0 { // spares ∞ - ∞ where γ is infinite
		return e0, rE * e1, e2
	}
	if nE == 0 {
		return i0, -rI * i1, i2
	}
	return nE*e0 + nI*i0, nE*rE*e1 - nI*rI*i1, nE*e2 + nI*i2
}

// ratios returns r_E and r_I, the mean over the standard deviation of an input.
func (p Composition) ratios() (rE, rI float64) {
	f := p.InhibitoryCoding
	if f == 0 {
		f = p.Coding
	}
	return math.Sqrt(p.Coding / (1 - p.Coding)), math.Sqrt(f / (1 - f))
}

// currents returns n_E r_E and n_I r_I, whose larger says which current dominates.
func (p Composition) currents() (excitation, inhibition float64) {
	rE, rI := p.ratios()
	return p.ExcitatoryFraction * rE, (1 - p.ExcitatoryFraction) * rI
}
