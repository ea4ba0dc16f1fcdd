package rules_test

import (
	"credo/pkg/model"
	"credo/pkg/rules"
)

// Rules that the package does not have, each written as a reader would write
// it in the cell of a notebook. Outputs being 0 or 1, powers of y are y.

// softBound is a Hebbian rule whose potentiation fades as a weight nears its
// maximum, and whose depression fades as it nears 0,
//
//	Δw = r (y − ȳ) (1 − w/w_max) x  if y > ȳ,  r (y − ȳ) (w/w_max) x otherwise.
func softBound(rate, mean, max float64) rules.Func {
	return func(s *model.Signals) model.Change {
		d := rate * (s.Output - mean)
		if d > 0 {
			return model.Change{Active: d, ActiveLoss: d / max}
		}
		return model.Change{ActiveLoss: -d / max}
	}
}

// oja is the rule of Oja (1982), Δw = r y (x − y w).
func oja(rate float64) rules.Func {
	return func(s *model.Signals) model.Change {
		d := rate * s.Output
		return model.Change{Active: d, ActiveLoss: d, SilentLoss: d}
	}
}

// bcm is the rule of Bienenstock, Cooper and Munro (1982), Δw = r y (y − ϑ) x,
// with a threshold that slides with the mean output, ϑ = ȳ/y₀.
func bcm(rate, goal float64) rules.Func {
	return func(s *model.Signals) model.Change {
		return model.Change{Active: rate * s.Output * (s.Output - s.MeanOutput/goal)}
	}
}

// vogels is the rate form of the inhibitory rule of Vogels et al. (2011),
// Δw_I = r (y − ρ₀) x_I.
func vogels(rate, goal float64) rules.Func {
	return func(s *model.Signals) model.Change {
		return model.Change{Active: rate * (s.Output - goal)}
	}
}

// rewarded is a Hebbian rule that a reward signs, Δw = r (2R − 1) (y − ȳ) x.
func rewarded(rate, mean float64) rules.Func {
	return func(s *model.Signals) model.Change {
		if s.Reward {
			return model.Change{Active: rate * (s.Output - mean)}
		}
		return model.Change{Active: -rate * (s.Output - mean)}
	}
}

// kind is one rule of the list that the laws run over.
type kind struct {
	name string
	rule model.Rule
	told bool // a reference rule, which reads the target
}

func kinds() []kind {
	return []kind{
		{"Hebbian", rules.Hebbian{Rate: 0.4, MeanOutput: 0.2}, false},
		{"Acetylcholine", rules.Acetylcholine{Rate: 0.6, Depression: 0.33, Reference: 0.1, Coding: 0.2}, false},
		{"Noradrenaline", rules.Noradrenaline{Rate: 0.7, Reference: 0.1}, false},
		{"Balance", rules.Balance{Rate: 0.6, Slope: 0.9, Offset: 0.05}, false},
		{"Balance when firing", rules.Balance{Rate: 0.6, Slope: 1, Offset: 0.05, WhenFiring: true}, false},
		{"Delta", rules.Delta{Rate: 0.5}, true},
		{"Perceptron", rules.Perceptron{Rate: 0.5, Margin: 0.1}, true},
		{"soft bound", softBound(0.5, 0.3, 4), false},
		{"Oja", oja(0.3), false},
		{"BCM", bcm(0.5, 0.4), false},
		{"Vogels", vogels(0.5, 0.2), false},
		{"rewarded", rewarded(0.5, 0.3), false},
	}
}
