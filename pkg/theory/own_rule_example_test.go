package theory_test

import (
	"context"
	"fmt"
	"log"

	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// A rule of one's own: firing strengthens the active synapses where reward
// follows, and weakens them where none does. Here it takes the place of
// acetylcholine. The reward is one bit for all synapses; outputs being 0 or 1,
// that bit is enough to know the target by. At a rate of 0.1 noise hides what
// the theory finds, and a smaller rate shows: a missed pattern is driven down.
func Example_ownRule() {
	reward := rules.Named("reward", func(s *model.Signals) model.Change {
		change := model.Change{Active: 0.1 * (s.Output - 0.2)}
		if !s.Reward {
			change.Active = -change.Active
		}
		return change
	})
	circuit := rules.Reported().Without("ACh")
	circuit.Excitatory = []model.Rule{reward}

	d, err := theory.Must(circuit).Condition()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("learnable %v, bistable %v: F(1, 0⁻) = %.4f\n", d.Learnable, d.Bistable, d.Below[1])
	for _, rate := range []float64{0.1, 0.01} {
		study := experiment.Design{
			Circuit: circuit, Task: experiment.Task(circuit, 200, 0.5), Weight: 20, Rate: rate, Duration: 500, Seed: 1,
		}.Study()
		run, err := study.Run(context.Background(), 0)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("rate %v: %+v\n", rate, run.Learner.Neuron.Recall(run.Associations))
	}
	// Output:
	// learnable false, bistable true: F(1, 0⁻) = -0.0066
	// rate 0.1: {Hits:1 FalseAlarms:0 Error:0}
	// rate 0.01: {Hits:0.8 FalseAlarms:0 Error:0.04}
}
