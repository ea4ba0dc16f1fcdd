package credo_test

import (
	"context"
	"fmt"
	"log"

	"credo/pkg/model"
	"credo/pkg/rules"
)

// One neuron learns a hundred associations by the reported rules, without the
// depression of silent synapses. Not one synapse is told whether the output was right.
func Example() {
	circuit := rules.Reported()
	circuit.Acetylcholine.Depression = 0

	task := model.Task{Channels: 200, Patterns: 100, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}
	associations, err := task.Draw(model.Stream(1, 0))
	if err != nil {
		log.Fatal(err)
	}
	neuron := model.NewNeuron(200, 1)
	learner := circuit.Learner(neuron, 0.1)
	if _, err := learner.Train(context.Background(), associations, 3000, model.Stream(1, 1)); err != nil {
		log.Fatal(err)
	}
	recall := neuron.Recall(associations)
	fmt.Printf("hits %.2f, false alarms %.2f\n", recall.Hits, recall.FalseAlarms)
	// Output:
	// hits 1.00, false alarms 0.00
}
