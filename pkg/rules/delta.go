package rules

import (
	"credo/internal/domain"
	"credo/pkg/model"
)

// Delta is the delta rule of Widrow and Hoff (1960) for a thresholded output,
// a reference that is told the error,
//
//	Δw = r (Y − y) x.
//
// On inhibitory synapses it takes a negative rate.
type Delta struct {
	Rate float64 // r, any sign; 0 means the rule is absent
}

// Change implements model.Rule.
func (r Delta) Change(s *model.Signals) model.Change {
	if s.Target {
		return model.Change{Active: r.Rate * (1 - s.Output)}
	}
	return model.Change{Active: -r.Rate * s.Output}
}

// Check names Rate, which must be finite.
func (r Delta) Check() error {
	return domain.Check("rules: Delta.",
		domain.Field{Name: "Rate", Value: r.Rate, In: domain.Finite})
}
