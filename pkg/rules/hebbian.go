package rules

import "credo/pkg/model"

// Hebbian is the Hebbian rule of the excitatory synapses: what fires above its
// mean rate potentiates, what fires below it depresses the active synapses,
//
//	Δw_E = a_H (y − ȳ) x_E.
//
// Published as reported by DynaLearn's authors, with either the mean output or
// f for ȳ. Here ȳ is a constant; a rule that follows the running mean reads
// model.Signals.MeanOutput instead.
type Hebbian struct {
	Rate       float64 // a_H, any sign; 0 means the rule is absent
	MeanOutput float64 // ȳ, in [0, 1]
}

// Change implements model.Rule.
func (r Hebbian) Change(s *model.Signals) model.Change {
	return model.Change{Active: r.Rate * (s.Output - r.MeanOutput)}
}
