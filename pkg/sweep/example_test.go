package sweep_test

import (
	"context"
	"math/rand/v2"

	"credo/pkg/experiment"
	"credo/pkg/rules"
	"credo/pkg/separable"
	"credo/pkg/sweep"
)

// A program of a study: it has the commands plan, run, status and merge.
func ExampleMain() {
	c := rules.Reported()
	sweep.Main(experiment.Design{
		Name: "capacity", Seed: 1, Seeds: 100,
		Circuit: c, Task: experiment.Task(c, 200, 1), Weight: 20, Rate: 0.1, Duration: 300,
		Points: experiment.Grid{
			{Name: "Channels", Values: []float64{50, 100, 200}},
			{Name: "Load", Values: []float64{0.2, 0.4, 0.6, 0.8, 1, 1.2}},
		},
	})
}

// A study with a measure of one's own, and a parameter that only it knows.
func ExampleMain_measure() {
	c := rules.Reported()
	sweep.Main(experiment.Design{
		Name: "storable", Seed: 1, Seeds: 100, Circuit: c, Task: experiment.Task(c, 100, 1),
		Points: experiment.Grid{{Name: "Load", Values: []float64{1, 1.5, 2}}, {Name: "bound", Values: []float64{1, 10}}},
		Measure: func(ctx context.Context, r experiment.Run, rng *rand.Rand) (experiment.Values, error) {
			a, err := r.Design.Task.Draw(rng)
			if err != nil {
				return nil, err
			}
			s, err := separable.Store(a, separable.Constraints{Threshold: 1, MaxWeight: r.At["bound"]})
			storable := 0.
			if s.Answer == separable.Feasible {
				storable = 1
			}
			return experiment.Values{"storable": storable}, err
		},
	})
}
