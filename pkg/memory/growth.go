package memory

import (
	"fmt"
	"math"

	"credo/pkg/model"
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// Growth returns the speed at which the mean excitatory weight grows while the
// potentials stand still, per unit of T = λ × epochs,
//
//	dw̄_E/dT = √N α [f_Y ⟨Δw⟩(1, V_1) + (1−f_Y) ⟨Δw⟩(0, V_0)],
//	⟨Δw⟩(Y, V) = f Active + (1−f) Silent of the excitatory rules,
//
// α = P/N. Inhibition follows it. For acetylcholine alone it is √N α f f_Y ρ_A
// a_A (1 − y_A)(1 − β). It returns an error if the circuit has no stationary
// potentials on the right side of threshold, or if a field is outside its
// domain. Derived here.
func Growth(c rules.Circuit, t model.Task) (float64, error) {
	if err := t.Check(); err != nil {
		return 0, err
	}
	d, err := conditionOf(c)
	if err != nil {
		return 0, err
	}
	if !(d.V1 > 0 && d.V0 <= 0) {
		return 0, fmt.Errorf("memory: no stationary potentials on the right side of threshold: V_1 = %v, V_0 = %v", d.V1, d.V0)
	}
	l := c.Learner(model.NewNeuron(1, 0), 1)
	l.MeanOutput = d.MeanOutput
	mean := func(target bool, v float64) float64 {
		e, _ := l.Mean(target, max(v, -math.MaxFloat64/2)+c.Threshold, 0)
		return t.Coding*e.Active + (1-t.Coding)*e.Silent
	}
	f := t.TargetCoding
	both := f*mean(true, d.V1) + (1-f)*mean(false, d.V0)
	return float64(t.Patterns) / math.Sqrt(float64(t.Channels)) * both, nil
}

// conditionOf is the condition of the circuit.
func conditionOf(c rules.Circuit) (theory.Condition, error) {
	th, err := theory.Of(c)
	if err != nil {
		return theory.Condition{}, err
	}
	return th.Condition()
}
