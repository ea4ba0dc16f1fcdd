package rules

import "fmt"

// Each Check returns an error that names the first field of the rule outside
// its domain. A learner asks them before it trains.

// Check names Rate, which must be finite, or MeanOutput.
func (r Hebbian) Check() error { return alone(Circuit{Hebbian: r}) }

// Check names Rate, which must be finite, Depression, Reference or Coding.
func (r Acetylcholine) Check() error { return alone(Circuit{Acetylcholine: r}) }

// Check names Rate, which must be finite, or Reference.
func (r Noradrenaline) Check() error { return alone(Circuit{Noradrenaline: r}) }

// Check names Rate, Slope or Offset, which must be finite.
func (r Balance) Check() error { return alone(Circuit{Balance: r}) }

// Check names Rate, which must be finite.
func (r Delta) Check() error { return finite.check("Delta.Rate", r.Rate) }

// Check names Rate, which must be finite, or Margin.
func (r Perceptron) Check() error {
	if err := finite.check("Perceptron.Rate", r.Rate); err != nil {
		return err
	}
	return nonNegative.check("Perceptron.Margin", r.Margin)
}

// alone checks a circuit of one rule and no task.
func alone(c Circuit) error {
	c.Coding, c.TargetCoding = 0.5, 0.5
	return c.Check()
}

// check returns an error if x is outside the domain.
func (d domain) check(name string, x float64) error {
	if d.has(x) {
		return nil
	}
	return fmt.Errorf("rules: %s = %v outside %v", name, x, d)
}
