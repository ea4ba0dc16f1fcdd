package theory_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

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

// near fails unless got is within tolerance of want. NaN is never near.
func near(t testing.TB, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %v, want %v ± %v", what, got, want, tolerance)
	}
}

func train(t testing.TB, l *model.Learner, a *model.Associations, epochs int, rng *rand.Rand) model.History {
	t.Helper()
	h, err := l.Train(context.Background(), a, epochs, rng)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func drawn(t testing.TB, task model.Task, seed uint64) *model.Associations {
	t.Helper()
	a, err := task.Draw(model.Stream(seed, 1<<40))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// homeostasis is the rate form of the inhibitory rule of Vogels et al. (2011).
func homeostasis(rate, goal float64) rules.Func {
	return func(s *model.Signals) model.Change {
		return model.Change{Active: rate * (s.Output - goal)}
	}
}

// long marks a simulation that short runs of the tests leave out.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("a long simulation")
	}
	t.Parallel()
}
