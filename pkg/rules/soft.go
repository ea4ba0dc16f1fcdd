package rules

import (
	"fmt"

	"credo/internal/domain"
	"credo/pkg/model"
)

// Soft is a rule whose potentiation shrinks as the weight approaches a bound,
//
//	Δw → Δw (1 − w/w_max)  where Δw > 0,
//
// so that weights approach w_max and never reach it. Depression is left as it
// is. A rule with losses of its own keeps them.
type Soft struct {
	Rule model.Rule
	Max  float64 // w_max > 0
}

// Change implements model.Rule.
func (r Soft) Change(s *model.Signals) model.Change {
	c := r.Rule.Change(s)
	c.ActiveLoss += max(0, c.Active) / r.Max
	c.SilentLoss += max(0, c.Silent) / r.Max
	return c
}

// Check names Max, or what is wrong with the rule.
func (r Soft) Check() error {
	if err := domain.Check("rules: Soft.", domain.Field{Name: "Max", Value: r.Max, In: domain.Positive}); err != nil {
		return err
	}
	return model.CheckRule("rules: Soft.Rule", r.Rule)
}

// With implements what [Circuit.With] asks of a rule.
func (r Soft) With(f, fY float64) model.Rule { r.Rule = with(r.Rule, f, fY); return r }

// String names the rule.
func (r Soft) String() string { return "soft " + Name(r.Rule) }

// Gate is a rule that acts only on trials on which Open is true, for example
// where a neuromodulator is released: what is not modulated is not unlearned.
type Gate struct {
	Rule model.Rule
	Open func(*model.Signals) bool // pure
}

// Change implements model.Rule.
func (r Gate) Change(s *model.Signals) model.Change {
	if !r.Open(s) {
		return model.Change{}
	}
	return r.Rule.Change(s)
}

// Check names Open, or what is wrong with the rule.
func (r Gate) Check() error {
	if r.Open == nil {
		return fmt.Errorf("rules: Gate.Open is nil, must say when the rule acts")
	}
	return model.CheckRule("rules: Gate.Rule", r.Rule)
}

// With implements what [Circuit.With] asks of a rule.
func (r Gate) With(f, fY float64) model.Rule { r.Rule = with(r.Rule, f, fY); return r }

// String names the rule.
func (r Gate) String() string { return "gated " + Name(r.Rule) }
