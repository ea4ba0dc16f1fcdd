// Package lesson is what tests of several rooms teach a neuron, and how near
// they ask what it learns to be to what is expected.
package lesson

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"credo/pkg/model"
	"credo/pkg/rules"
)

// Circuit is the reported circuit without heterosynaptic depression, for which
// the stationary potentials have a closed form.
func Circuit() rules.Circuit {
	c := rules.Reported()
	c.Acetylcholine.Depression = 0
	return c
}

// Task is a co-tuned task of the reported codings.
func Task(channels, patterns int) model.Task {
	return model.Task{Channels: channels, Patterns: patterns, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}
}

// HalfLoad draws P = N/2 co-tuned associations.
func HalfLoad(t testing.TB, channels int, seed uint64) *model.Associations {
	t.Helper()
	return draw(t, Task(channels, channels/2), model.Stream(seed, 0))
}

// Drawn draws the task from a stream that no run of a study with the seed uses.
func Drawn(t testing.TB, task model.Task, seed uint64) *model.Associations {
	t.Helper()
	return draw(t, task, model.Stream(seed, 1<<40))
}

func draw(t testing.TB, task model.Task, rng *rand.Rand) *model.Associations {
	t.Helper()
	a, err := task.Draw(rng)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Train trains the learner.
func Train(t testing.TB, l *model.Learner, a *model.Associations, epochs int, rng *rand.Rand) model.History {
	t.Helper()
	h, err := l.Train(context.Background(), a, epochs, rng)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// Near fails unless got is within tolerance of want. NaN is never near.
func Near(t testing.TB, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %v, want %v ± %v", what, got, want, tolerance)
	}
}

// Long marks a simulation that short runs of the tests leave out.
func Long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("a long simulation")
	}
	t.Parallel()
}
