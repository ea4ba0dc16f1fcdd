package rules

import (
	"credo/internal/domain"
	"credo/pkg/model"
)

// Disinhibitory is Hebbian plasticity that compares the neuron's activity with
// the inhibition it receives. An interneuron echoes the activity; top-down
// input takes a control current c off it, or adds to it, until the neuron
// answers right; then excitatory synapses grow if inhibition is less than the
// activity calls for, and shrink if it is more,
//
//	Δw = r φ′ (φ(u) − u_I) x = r φ′ c x.
//
// That is the rule of Rossbroich & Zenke (2023, arXiv:2310.19614), as read in
// their public code (ExactTrainer), where φ is the activation function and u_I
// the interneuron's potential.
//
// The reduction to one neuron is ours: φ′ = 1, and the control that just brings
// V = i_E − i_I − θ to the right side of threshold by a margin κ,
//
//	c = max(0, κ − V) if Y = 1,  c = −max(0, κ + V) if Y = 0.
//
// The error is graded, where the perceptron's is a step: this is the relaxation
// rule of linear inequalities (Agmon 1954, doi 10.4153/CJM-1954-037-2), which
// stops where the perceptron with the same margin does.
type Disinhibitory struct {
	Rate   float64 // r, any sign; 0 means the rule is absent
	Margin float64 // κ ≥ 0, in units of the currents
}

// Change implements model.Rule.
func (r Disinhibitory) Change(s *model.Signals) model.Change {
	v := s.Excitation - s.Inhibition - s.Threshold
	if s.Target {
		return model.Change{Active: r.Rate * max(0, r.Margin-v)}
	}
	return model.Change{Active: -r.Rate * max(0, r.Margin+v)}
}

// Check names Rate or Margin.
func (r Disinhibitory) Check() error {
	return domain.Check("rules: Disinhibitory.",
		domain.Field{Name: "Rate", Value: r.Rate, In: domain.Finite},
		domain.Field{Name: "Margin", Value: r.Margin, In: domain.NonNegative})
}
