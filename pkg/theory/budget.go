package theory

import "fmt"

// FalseAlarmBudget returns a bound on the false alarms that a gated circuit
// makes before it makes none, as the integral of their probability at
// presentation over T = λ·epochs,
//
//	C ≤ 2V_1 / (f(1−f) a_I (b+θ) α (1−f_Y) δ(α)²),
//
// for acetylcholine alone with large disinhibition, weights starting equal,
// and λ → 0. It follows as in the perceptron theorem, from the decrease of the
// distance to any solution; 30 to 70 percent of it were used in simulations.
// It is finite at every load below capacity and grows as the inverse square of
// the distance from it. Derived here.
func (t *Theory) FalseAlarmBudget(load float64) (float64, error) {
	c := t.circuit
	d, err := t.Condition()
	if err != nil {
		return 0, err
	}
	if !c.Balance.WhenFiring {
		return 0, fmt.Errorf("theory: Balance.WhenFiring is false: the bound is that of gated inhibition")
	}
	if !(d.V1 > 0 && d.Offset > 0) {
		return 0, fmt.Errorf("theory: V_1 = %v and b + θ = %v must both be positive", d.V1, d.Offset)
	}
	delta, err := Gated{c.TargetCoding}.Separation(load)
	if err != nil {
		return 0, err
	}
	return 2 * d.V1 / (c.Coding * (1 - c.Coding) * c.Balance.Rate * d.Offset * load * (1 - c.TargetCoding) * delta * delta), nil
}
