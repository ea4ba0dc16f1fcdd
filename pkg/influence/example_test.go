package influence_test

import (
	"fmt"

	"credo/pkg/influence"
	"credo/pkg/model"
)

// On how many signals the potential of one pattern depends, for half as many
// patterns as channels and inhibition that copies excitation.
func ExampleFeedback() {
	t := model.Task{Channels: 400, Patterns: 200, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}
	for _, k := range []influence.Feedback{influence.None, influence.Global, influence.Detailed} {
		h, err := k.Predict(t)
		fmt.Printf("%v: %.2f signals, %v\n", k, h.Number(), err)
	}
	// Output:
	// none: 9.45 signals, <nil>
	// global: 1.50 signals, <nil>
	// detailed: 1.00 signals, <nil>
}

// How many of the components of its answers a neuron's teacher must see for one
// error in a hundred, at half load: 59 % without plastic inhibition, even by the
// best teacher, and none if inhibition copies excitation; but nearly perfect
// copies are needed to save anything.
func ExampleSight_Needed() {
	none := influence.Sight{Feedback: influence.None, Load: 0.5, Gain: 10}
	k, err := none.Needed(0.01, 0.2)
	fmt.Printf("none: %.2f, %v\n", k, err)
	for _, r := range []float64{0.9, 0.99, 1} {
		k, err := influence.Sight{Feedback: influence.Detailed, Load: 0.5, CoTuning: r, Gain: 10}.Needed(0.01, 0.2)
		fmt.Printf("r = %v: %.2f, %v\n", r, k, err)
	}
	// Output:
	// none: 0.59, <nil>
	// r = 0.9: 0.61, <nil>
	// r = 0.99: 0.00, <nil>
	// r = 1: 0.00, <nil>
}
