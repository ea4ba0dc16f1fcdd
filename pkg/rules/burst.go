package rules

import (
	"credo/internal/domain"
	"credo/pkg/model"
)

// Burst is burst-dependent plasticity. An event of the neuron, a spike or a
// burst of them, changes its active synapses: up if it is a burst and down if
// not, in balance at the usual share P̄ of bursts,
//
//	Δw = r (B − P̄ E) x,
//
// with E = 1 for an event and B = 1 for a burst. That is the form of Payeur et
// al. (2021, doi 10.1038/s41593-021-00857-x), whose P̄ is a running average, as
// read in their public code (AdaptivePreEventSynapse).
//
// The reduction to one neuron is ours. The error is supplied, where the paper
// brings it down through layers: apical input makes an event a burst with
// probability p = P̄ + γ(Y − y), held within [0, 1]. The rule takes the mean over
// bursts, B = p E; single ones would add noise of variance p(1−p). The binary
// neuron's events are E = 1 if y = 1, and E = e₀ if y = 0, the few spikes of a
// neuron that is not driven. With e₀ = 0 a missed pattern has no event that
// could burst, and is never learned. So the rule is a delta rule whose rate is
// e₀ for a miss, and at most P̄ for a false alarm since p cannot fall below 0.
type Burst struct {
	Rate     float64 // r, any sign; 0 means the rule is absent
	Baseline float64 // P̄, in [0, 1]
	Gain     float64 // γ ≥ 0
	Silent   float64 // e₀ in [0, 1], events of a neuron that does not fire
}

// Change implements model.Rule.
func (r Burst) Change(s *model.Signals) model.Change {
	event, p := r.Silent, r.Baseline
	if s.Output == 1 {
		event = 1
	}
	if !s.Reward { // y ≠ Y
		p = min(1, max(0, r.Baseline+r.Gain*missed(s)))
	}
	return model.Change{Active: r.Rate * event * (p - r.Baseline)}
}

// missed is Y − y.
func missed(s *model.Signals) float64 {
	if s.Target {
		return 1 - s.Output
	}
	return -s.Output
}

// Check names Rate, Baseline, Gain or Silent.
func (r Burst) Check() error {
	return domain.Check("rules: Burst.",
		domain.Field{Name: "Rate", Value: r.Rate, In: domain.Finite},
		domain.Field{Name: "Baseline", Value: r.Baseline, In: domain.Probability},
		domain.Field{Name: "Gain", Value: r.Gain, In: domain.NonNegative},
		domain.Field{Name: "Silent", Value: r.Silent, In: domain.Probability})
}
