package rules

import "credo/pkg/model"

// Hebbian is the Hebbian rule of the excitatory synapses: what fires above its
// mean rate potentiates, what fires below it depresses the active synapses,
//
//	Δw_E = a_H (y − ȳ) x_E.
//
// Published as reported by DynaLearn's authors, with either the mean output or
// f for ȳ: a constant, or, if Running, the running mean of y, which the learner
// follows (model.Learner.Memory > 0; [Circuit.Learner] sees to it).
type Hebbian struct {
	Rate       float64 // a_H, any sign; 0 means the rule is absent
	MeanOutput float64 // ȳ, in [0, 1]; if Running, where the mean starts
	Running    bool    // Signals.MeanOutput in place of MeanOutput
}

// Change implements model.Rule.
func (r Hebbian) Change(s *model.Signals) model.Change {
	mean := r.MeanOutput
	if r.Running {
		mean = s.MeanOutput
	}
	return model.Change{Active: r.Rate * (s.Output - mean)}
}
