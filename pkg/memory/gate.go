package memory

import (
	"fmt"

	"credo/pkg/model"
)

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
		return fmt.Errorf("memory: Gate.Open is nil, must say when the rule acts")
	}
	return check("Gate", r.Rule)
}
