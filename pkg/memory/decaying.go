package memory

import (
	"credo/pkg/model"
	"credo/pkg/rules"
)

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
// of either kind; what decay does to the stationary potentials is left out. It
// returns the error of [Growth]. Derived here.
func (d Decaying) Weight() (float64, error) {
	growth, err := Growth(d.Circuit, d.Task)
	return growth / (float64(d.Task.Patterns) * d.PerTrial(1)), err
}

// Learner returns a learner of rate λ with a new neuron whose weights all have
// the given value.
func (d Decaying) Learner(weight, rate float64) *model.Learner {
	l := d.Circuit.Learner(model.NewNeuron(d.Task.Channels, weight), rate)
	l.Decay = d.PerTrial(rate)
	return l
}
