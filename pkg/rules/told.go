package rules

import (
	"credo/internal/domain"
	"credo/pkg/model"
)

// Told is the rule of synapses that do as a teacher says who sees the neuron,
// [model.Teacher], a reference,
//
//	Δw = r s x,
//
// with s what is told on the trial, 0 without a teacher.
type Told struct {
	Rate float64 // r, any sign; 0 means the rule is absent
}

// Change implements model.Rule.
func (r Told) Change(s *model.Signals) model.Change { return model.Change{Active: r.Rate * s.Told} }

// Check names Rate, which must be finite.
func (r Told) Check() error {
	return domain.Check("rules: Told.", domain.Field{Name: "Rate", Value: r.Rate, In: domain.Finite})
}
