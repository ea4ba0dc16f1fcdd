package rules_test

import (
	"context"
	"fmt"
	"log"

	"credo/pkg/model"
	"credo/pkg/rules"
)

func ExampleReported() {
	fmt.Print(rules.Reported())
	// Output:
	// f     Coding                    0.2    published
	// f_Y   TargetCoding              0.2    published
	// θ     Threshold                 0      chosen (not reported)
	// a_H   Hebbian.Rate              0.016  published
	// ȳ     Hebbian.MeanOutput        0.2    published, one of two forms
	// a_A   Acetylcholine.Rate        0.575  published
	// β     Acetylcholine.Depression  0.331  published
	// y_A   Acetylcholine.Reference   0.01   published
	// f_A   Acetylcholine.Coding      0.2    published
	// ρ_A   ACh.Probability           0.825  published, inferred to be Table 2
	// ε     ACh.Error                 0      published: released only if Y = 1
	// A_A   ACh.Disinhibition         0.227  published
	// a_N   Noradrenaline.Rate        0.772  published
	// y_N   Noradrenaline.Reference   0.01   published
	// ρ_N   NE.Probability            0.012  published
	// ρ_N0  NE.Error                  0.012  published: released whatever Y
	// A_N   NE.Disinhibition          1.605  published, inferred to be Table 2
	// a_I   Balance.Rate              0.638  published
	// a     Balance.Slope             1      published, also as below 1
	// b     Balance.Offset            0.05   published
	// inhibition is plastic on every trial (unknown: the reports show no gate)
	// published: as reported by DynaLearn's authors
}

// Knock-outs: acetylcholine is the teacher, inhibition what keeps the neuron
// from firing for everything.
func ExampleCircuit_Without() {
	task := model.Task{Channels: 200, Patterns: 100, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}
	associations, err := task.Draw(model.Stream(1, 0))
	if err != nil {
		log.Fatal(err)
	}
	circuit := rules.Reported()
	circuit.Acetylcholine.Depression = 0
	for _, name := range []string{"ACh", "NE", "Hebbian", "Balance"} {
		neuron := model.NewNeuron(200, 20)
		learner := circuit.Without(name).Learner(neuron, 0.1)
		if _, err := learner.Train(context.Background(), associations, 5000, model.Stream(1, 1)); err != nil {
			log.Fatal(err)
		}
		recall := neuron.Recall(associations)
		fmt.Printf("without %-8s hits %.2f, false alarms %.2f\n", name, recall.Hits, recall.FalseAlarms)
	}
	// Output:
	// without ACh      hits 0.00, false alarms 0.00
	// without NE       hits 1.00, false alarms 0.00
	// without Hebbian  hits 1.00, false alarms 0.00
	// without Balance  hits 1.00, false alarms 1.00
}
