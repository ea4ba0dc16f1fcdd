package rules

import (
	"credo/internal/domain"
	"credo/pkg/model"
)

// Reward is a Hebbian rule that a reward steers, the third factor being the
// reward less a baseline,
//
//	Δw = r (R − R̄) (y − ȳ) x,  R = 1 if y = Y and 0 otherwise.
//
// Every change has the right sign for ȳ and R̄ in (0, 1): with its own output a
// neuron reads the target off the reward. What the baseline decides is whether
// a pattern that is right goes on being learned. At R̄ = 1, a neuron that
// expects to be right, only errors count, by r (1−ȳ) if y = 1 and r ȳ if y = 0:
// a delta rule with two rates. Below 1 the Hebbian term for what is right never
// ends. A silent neuron, right about every Y = 0, is driven up on average, by
// r ȳ (R̄ f_Y − (1−R̄)(1−f_Y)) a pattern, only if R̄ > 1 − f_Y, its own mean
// reward; below that it stays silent, unless the patterns are few.
//
// R̄ is a constant here; a running mean of the reward would go to 1 as learning
// succeeds. Source of the form, with eligibility traces and a baseline for each
// stimulus, which a deterministic neuron cannot use: Frémaux, Sprekeler &
// Gerstner (2010, doi 10.1523/JNEUROSCI.6249-09.2010).
type Reward struct {
	Rate       float64 // r, any sign; 0 means the rule is absent
	Baseline   float64 // R̄, in [0, 1]
	MeanOutput float64 // ȳ, in [0, 1]
}

// Change implements model.Rule.
func (r Reward) Change(s *model.Signals) model.Change {
	surprise := -r.Baseline
	if s.Reward {
		surprise = 1 - r.Baseline
	}
	return model.Change{Active: r.Rate * surprise * (s.Output - r.MeanOutput)}
}

// Check names Rate, Baseline or MeanOutput.
func (r Reward) Check() error {
	return domain.Check("rules: Reward.",
		domain.Field{Name: "Rate", Value: r.Rate, In: domain.Finite},
		domain.Field{Name: "Baseline", Value: r.Baseline, In: domain.Probability},
		domain.Field{Name: "MeanOutput", Value: r.MeanOutput, In: domain.Probability})
}

// With implements what [Circuit.With] asks of a rule.
func (r Reward) With(f, fY float64) model.Rule { r.MeanOutput = fY; return r }
