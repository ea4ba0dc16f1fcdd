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
// potentials on the right side of threshold, or a field is outside its domain.
func Growth(c rules.Circuit, t model.Task) (float64, error) {
	if err := t.Check(); err != nil {
		return 0, err
	}
	d, err := stored(c)
	if err != nil {
		return 0, err
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

// stored is the condition of the circuit, or an error if it stores nothing.
func stored(c rules.Circuit) (theory.Condition, error) {
	th, err := theory.Of(c)
	if err != nil {
		return theory.Condition{}, err
	}
	d, err := th.Condition()
	if err == nil && !(d.V1 > 0 && d.V0 <= 0) {
		err = fmt.Errorf("memory: nothing is stored, no stationary potentials on the right side of threshold: V_1 = %v, V_0 = %v", d.V1, d.V0)
	}
	return d, err
}

// Decaying is a neuron all of whose weights decay by the share d per trial,
// which ends their growth. For acetylcholine and balance with a force that is
// straight, F = a_I (t^μ − V), the potentials are a ridge regression,
//
//	V = G (G + ℓ g)⁻¹ t,  ℓ = P d/(λ a_I g),  g = f(1−f),
//
// with the overlaps G of the patterns; package influence has its operator, and
// [theory.Theory.Overload] the state of gated circuits. Derived here.
type Decaying struct {
	Circuit  rules.Circuit
	Task     model.Task
	Strength float64 // ℓ > 0
}

// PerTrial returns d at rate λ.
func (d Decaying) PerTrial(rate float64) float64 {
	f := d.Task.Coding
	return d.Strength * rate * d.Circuit.Balance.Rate * f * (1 - f) / float64(d.Task.Patterns)
}

// Weight returns the mean weight at which growth and decay are equal,
//
//	w̄ = Growth/(ℓ a_I g),
//
// of either kind, but for what decay does to the stationary potentials; errors
// as [Growth].
func (d Decaying) Weight() (float64, error) {
	growth, err := Growth(d.Circuit, d.Task)
	return growth / (float64(d.Task.Patterns) * d.PerTrial(1)), err
}

// Learner returns one of rate λ with a new neuron of equal weights.
func (d Decaying) Learner(weight, rate float64) *model.Learner {
	l := d.Circuit.Learner(model.NewNeuron(d.Task.Channels, weight), rate)
	l.Decay = d.PerTrial(rate)
	return l
}
