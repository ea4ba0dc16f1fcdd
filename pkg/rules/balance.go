package rules

import "credo/pkg/model"

// Balance is the rule of the inhibitory synapses. It restores the E/I line
// i_I = a i_E + b,
//
//	Δw_I = a_I (a i_E + b − i_I) x_I,
//
// reading the currents that the trial's input brings, without neuromodulators.
// Published as reported by DynaLearn's authors; whether it acts on every trial
// or only when the neuron fires is unknown. WhenFiring is our hypothesis, after
// inhibitory plasticity that needs postsynaptic spikes (D'amour & Froemke
// 2015).
type Balance struct {
	Rate       float64 // a_I, any sign; 0 means the rule is absent
	Slope      float64 // a of the E/I line; published as 1, and as below 1
	Offset     float64 // b of the E/I line, in units of the currents
	WhenFiring bool    // plastic only if y = 1
}

// Line implements model.Lined.
func (r Balance) Line() model.Line { return model.Line(r) }

// Change implements model.Rule.
func (r Balance) Change(s *model.Signals) model.Change {
	return model.Change{Active: r.Line().Active(s.Output, s.Excitation, s.Inhibition)}
}
