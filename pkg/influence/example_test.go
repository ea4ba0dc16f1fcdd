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
