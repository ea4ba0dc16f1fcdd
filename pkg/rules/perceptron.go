package rules

import (
	"credo/internal/domain"
	"credo/pkg/model"
)

// Perceptron is the perceptron rule of Rosenblatt (1958) with a margin, a
// reference that is told the target,
//
//	Δw = r (2Y − 1) x  if (2Y − 1) V ≤ κ, and 0 otherwise,
//
// with V = i_E − i_I − θ the potential without neuromodulators. On inhibitory
// synapses it takes a negative rate.
type Perceptron struct {
	Rate   float64 // r, any sign; 0 means the rule is absent
	Margin float64 // κ ≥ 0, in units of the currents
}

// Change implements model.Rule.
func (r Perceptron) Change(s *model.Signals) model.Change {
	v, d := s.Excitation-s.Inhibition-s.Threshold, r.Rate
	if !s.Target {
		v, d = -v, -d
	}
	if v > r.Margin {
		return model.Change{}
	}
	return model.Change{Active: d}
}

// Check names Rate or Margin.
func (r Perceptron) Check() error {
	return domain.Check("rules: Perceptron.",
		domain.Field{Name: "Rate", Value: r.Rate, In: domain.Finite},
		domain.Field{Name: "Margin", Value: r.Margin, In: domain.NonNegative})
}
