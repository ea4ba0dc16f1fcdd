package theory_test

import (
	"credo/pkg/model"
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// of is the theory of a circuit that is as it should be.
func of(c rules.Circuit) *theory.Theory {
	t, err := theory.Of(c)
	if err != nil {
		panic(err)
	}
	return t
}

// condition is its condition.
func condition(c rules.Circuit) theory.Condition {
	d, err := of(c).Condition()
	if err != nil {
		panic(err)
	}
	return d
}

// homeostasis is the rate form of the inhibitory rule of Vogels et al. (2011).
func homeostasis(rate, goal float64) rules.Func {
	return func(s *model.Signals) model.Change {
		return model.Change{Active: rate * (s.Output - goal)}
	}
}
