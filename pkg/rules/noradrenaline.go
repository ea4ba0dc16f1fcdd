package rules

import "credo/pkg/model"

// Noradrenaline is the noradrenaline-dependent rule of the excitatory
// synapses: where noradrenaline is released, a neuron that fires potentiates
// its active synapses, whatever the target,
//
//	Δw_E = η_N a_N (y − y_ref) x_E,
//
// with η_N the amplitude of the release, 1 unless Modulator.Variation is
// positive, and 0 without release. Published as reported by
// DynaLearn's authors.
type Noradrenaline struct {
	Rate      float64 // a_N, any sign; 0 means the rule is absent
	Reference float64 // y_ref, in [0, 1]
}

// Change implements model.Rule.
func (r Noradrenaline) Change(s *model.Signals) model.Change {
	if !s.NE {
		return model.Change{}
	}
	return model.Change{Active: r.Rate * (s.Output - r.Reference) * (1 + s.NEExcess)}
}
