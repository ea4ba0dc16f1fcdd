package theory

import (
	"math"

	"credo/pkg/model"
	"credo/pkg/rules"
)

// TrialVariance returns the variance of the force in a single presentation,
//
//	σ_Y²(V) = ⟨(Δw_E − Δw_I)²⟩ − F(Y, V)²,
//
// over the release of the modulators, their disinhibition and y: an exact sum
// of eight cases, for any rules. For the standard rules and V > 0 it is
// Σ_X a_X² (1 − y_X)² ρ_X (1 − ρ_X) over X = A, N. NaN where Force is NaN.
// Derived here.
func (t *Theory) TrialVariance(target bool, v float64) float64 {
	if math.IsNaN(t.Force(target, v)) {
		return math.NaN()
	}
	return t.force().variance(target, v, 0)
}

// variance is the variance of Active + s·Silent.
func (f force) variance(target bool, v, s float64) float64 {
	l := *f.learner
	combined := func(x *model.Signals) float64 {
		sum := 0.
		for _, r := range f.learner.Excitatory {
			c := r.Change(x)
			sum += c.Active + s*c.Silent
		}
		for _, r := range f.learner.Inhibitory {
			c := r.Change(x)
			sum -= c.Active + s*c.Silent
		}
		return sum
	}
	// The mean of a rule whose change is the square is the second moment.
	iE, iI := f.currents(v, 1)
	moment := func(power func(float64) float64) float64 {
		l.Excitatory = []model.Rule{rules.Func(func(x *model.Signals) model.Change { return model.Change{Active: power(combined(x))} })}
		l.Inhibitory = nil
		e, _ := l.Mean(target, iE, iI)
		return e.Active
	}
	mean := moment(func(x float64) float64 { return x })
	return moment(func(x float64) float64 { return (x - mean) * (x - mean) })
}
