package rules

import (
	"fmt"

	"credo/internal/domain"
	"credo/pkg/model"
)

// Check returns an error that names the first parameter outside its domain, or
// the further rule that is nil, that finds something wrong with itself, or that
// is not a pure function.
func (c Circuit) Check() error {
	for _, p := range c.parameters() {
		if err := domain.Check("rules: ", domain.Field{Name: p.name, Value: p.value, In: p.domain}); err != nil {
			return err
		}
	}
	if c.Memory != 0 && c.Memory < 1 {
		return fmt.Errorf("rules: Memory = %v trials outside [1, ∞), 0 meaning the default", c.Memory)
	}
	for _, further := range [...]struct {
		field string
		rules []model.Rule
	}{{"rules: Circuit.Excitatory", c.Excitatory}, {"rules: Circuit.Inhibitory", c.Inhibitory}} {
		if err := model.CheckRules(further.field, further.rules); err != nil {
			return err
		}
		if err := model.CheckPure(further.field, further.rules); err != nil {
			return err
		}
	}
	return nil
}

// Each rule's Check returns an error that names the first field outside its
// domain. A learner asks them before it trains.

// Check names Rate, which must be finite, or MeanOutput.
func (r Hebbian) Check() error { return alone(Circuit{Hebbian: r}) }

// Check names Rate, which must be finite, Depression, Reference or Coding.
func (r Acetylcholine) Check() error { return alone(Circuit{Acetylcholine: r}) }

// Check names Rate, which must be finite, or Reference.
func (r Noradrenaline) Check() error { return alone(Circuit{Noradrenaline: r}) }

// Check names Rate, Slope or Offset, which must be finite.
func (r Balance) Check() error { return alone(Circuit{Balance: r}) }

// alone checks a circuit of one rule and no task.
func alone(c Circuit) error {
	c.Coding, c.TargetCoding = 0.5, 0.5
	return c.Check()
}
