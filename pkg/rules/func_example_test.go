package rules_test

import (
	"context"
	"fmt"
	"log"

	"credo/pkg/model"
	"credo/pkg/rules"
)

// A rule of one's own: firing strengthens the active synapses where reward
// follows, and weakens them where none does. Here it takes the place of
// acetylcholine. The reward is one bit for all synapses; outputs being 0 or 1,
// that bit is enough.
func ExampleFunc() {
	reward := rules.Func(func(s *model.Signals) model.Change {
		change := model.Change{Active: 0.1 * (s.Output - 0.2)}
		if !s.Reward {
			change.Active = -change.Active
		}
		return change
	})
	circuit := rules.Reported().Without("ACh")
	circuit.Excitatory = []model.Rule{reward}

	task := model.Task{Channels: 200, Patterns: 100, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}
	associations, err := task.Draw(model.Stream(1, 0))
	if err != nil {
		log.Fatal(err)
	}
	neuron := model.NewNeuron(200, 20)
	learner := circuit.Learner(neuron, 0.1)
	if _, err := learner.Train(context.Background(), associations, 5000, model.Stream(1, 1)); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%+v\n", neuron.Recall(associations))
	// Output:
	// {Hits:1 FalseAlarms:0 Error:0}
}
