package rules

import (
	"credo/internal/domain"
	"credo/pkg/model"
)

// Relaxation brings all weights back to a resting weight, whatever the trial,
//
//	Δw = r (w̄ − w),
//
// the decay of what has been learned. Where w̄ = 0 it is that of Learner.Decay =
// r λ/√N. With w̄ well above 0 weights vary about it and their bound at 0 need
// not be met.
type Relaxation struct {
	Rate   float64 // r ≥ 0; 0 means the rule is absent
	Weight float64 // w̄ ≥ 0
}

// Change implements model.Rule.
func (r Relaxation) Change(*model.Signals) model.Change {
	gain := r.Rate * r.Weight
	return model.Change{Active: gain, Silent: gain, ActiveLoss: r.Rate, SilentLoss: r.Rate}
}

// Check names Rate or Weight, which must not be negative.
func (r Relaxation) Check() error {
	return domain.Check("rules: Relaxation.",
		domain.Field{Name: "Rate", Value: r.Rate, In: domain.NonNegative},
		domain.Field{Name: "Weight", Value: r.Weight, In: domain.NonNegative})
}
