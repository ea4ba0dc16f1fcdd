package memory

import (
	"fmt"

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
	if !(r.Max > 0) {
		return fmt.Errorf("memory: Soft.Max = %v, must be positive", r.Max)
	}
	return check("Soft", r.Rule)
}

// check returns an error if the rule within another is nil or finds something
// wrong with itself.
func check(name string, r model.Rule) error {
	if r == nil {
		return fmt.Errorf("memory: %s.Rule is nil, must be a rule", name)
	}
	if c, ok := r.(interface{ Check() error }); ok {
		return c.Check()
	}
	return nil
}
