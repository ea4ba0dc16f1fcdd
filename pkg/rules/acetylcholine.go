package rules

import "credo/pkg/model"

// Acetylcholine is the acetylcholine-dependent rule of the excitatory
// synapses. Where acetylcholine is released, a neuron that fires potentiates
// its active synapses and depresses its silent ones,
//
//	Δw_E = η_A a_A (y − y_ref) (x_E − β f/(1−f) (1 − x_E)),
//
// with η_A the amplitude of the release, 1 unless Modulator.Variation is
// positive, and 0 without release. The factor f/(1−f) makes β = 1 the
// rule that conserves the mean weight on average. Published as reported by
// DynaLearn's authors.
type Acetylcholine struct {
	Rate       float64 // a_A, any sign; 0 means the rule is absent
	Depression float64 // β ≥ 0, depression of silent synapses; 0 means none
	Reference  float64 // y_ref, in [0, 1]
	Coding     float64 // f of the inputs, in [0, 1)
}

// Change implements model.Rule.
func (r Acetylcholine) Change(s *model.Signals) model.Change {
	if !s.ACh {
		return model.Change{}
	}
	d := r.Rate * (s.Output - r.Reference) * (1 + s.AChExcess)
	return model.Change{Active: d, Silent: -d * r.Depression * r.Coding / (1 - r.Coding)}
}
