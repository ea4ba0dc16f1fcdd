package rules

import (
	"credo/internal/domain"
	"credo/pkg/model"
)

// Competitive is Hebbian growth under competition of the neuron's synapses:
// each time it fires it potentiates the active ones, depresses the silent ones,
// and pays for it with the same share of every weight,
//
//	Δw = a y (x − β f/(1−f) (1 − x) − c w).
//
// A weight that is not held at 0 comes to rest where growth and cost are equal,
//
//	w = [p − β f/(1−f) (1 − p)]/c,  p = P(x = 1 | y = 1),
//
// which for independent firing, p = f, is (1−β) f/c: β = 1 keeps only what is
// correlated with firing. A reduction, ours, of Hebbian growth with a limited
// supply of each type of synapse, where all weights of a type are rescaled to a
// fixed sum: a loss in proportion to the weight leaves the same directions of
// the weights at rest, whatever its size, if the threshold follows. Eckmann,
// Young & Gjorgjieva (2024), doi:10.1073/pnas.2305326121, who have no β.
type Competitive struct {
	Rate       float64 // a, any sign; 0 means the rule is absent
	Depression float64 // β ≥ 0, depression of silent synapses; 0 means none
	Coding     float64 // f of the inputs, in [0, 1)
	Loss       float64 // c ≥ 0, the inverse of the largest weight
}

// Change implements model.Rule.
func (r Competitive) Change(s *model.Signals) model.Change {
	d := r.Rate * s.Output
	loss := float64(d * r.Loss)
	return model.Change{
		Active: d, Silent: -d * r.Depression * r.Coding / (1 - r.Coding),
		ActiveLoss: loss, SilentLoss: loss,
	}
}

// Check names Rate, which must be finite, Depression, Coding or Loss.
func (r Competitive) Check() error {
	return domain.Check("rules: Competitive.",
		domain.Field{Name: "Rate", Value: r.Rate, In: domain.Finite},
		domain.Field{Name: "Depression", Value: r.Depression, In: domain.NonNegative},
		domain.Field{Name: "Coding", Value: r.Coding, In: domain.Below1},
		domain.Field{Name: "Loss", Value: r.Loss, In: domain.NonNegative})
}

// With implements what [Circuit.With] asks of a rule.
func (r Competitive) With(f, fY float64) model.Rule { r.Coding = f; return r }
