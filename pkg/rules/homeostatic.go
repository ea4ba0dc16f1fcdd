package rules

import (
	"credo/internal/domain"
	"credo/pkg/model"
)

// Homeostatic is Hebb's rule with homeostasis and without any teacher: the covariance
// of output and input, and a scaling of all weights alike that keeps the mean
// output near a goal,
//
//	Δw = r (y − ȳ) x + s (y₀ − ȳ) w,
//
// with ȳ the running mean of y, Learner.Memory > 0. It comes to fire for about
// y₀ of the patterns, its own choice of them, so that its error against targets
// that it never hears of is y₀(1−f_Y) + (1−y₀)f_Y. Source: the covariance form
// of Sejnowski (1977, doi 10.1007/BF00275079); activity-dependent scaling in
// van Rossum, Bi & Turrigiano (2000, doi 10.1523/JNEUROSCI.20-23-08812.2000),
// whose text was not at hand: that it multiplies weights by the distance from a
// goal is the usual form.
type Homeostatic struct {
	Rate    float64 // r, any sign; 0 means the rule is absent
	Scaling float64 // s ≥ 0, in units of a change of current per weight
	Goal    float64 // y₀, in [0, 1]
}

// Change implements model.Rule.
func (r Homeostatic) Change(s *model.Signals) model.Change {
	loss := r.Scaling * (s.MeanOutput - r.Goal)
	return model.Change{Active: r.Rate * (s.Output - s.MeanOutput), ActiveLoss: loss, SilentLoss: loss}
}

// Check names Rate, Scaling or Goal.
func (r Homeostatic) Check() error {
	return domain.Check("rules: Homeostatic.",
		domain.Field{Name: "Rate", Value: r.Rate, In: domain.Finite},
		domain.Field{Name: "Scaling", Value: r.Scaling, In: domain.NonNegative},
		domain.Field{Name: "Goal", Value: r.Goal, In: domain.Probability})
}

// With implements what [Circuit.With] asks of a rule.
func (r Homeostatic) With(f, fY float64) model.Rule { r.Goal = fY; return r }
