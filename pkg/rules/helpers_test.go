package rules_test

import (
	"credo/pkg/model"
	"credo/pkg/rules"
	"testing"
)

// potentiating is the reported circuit without depression of silent synapses.
func potentiating() rules.Circuit {
	c := rules.Reported()
	c.Acetylcholine.Depression = 0
	return c
}

func coTuned(channels, patterns int) model.Task {
	return model.Task{Channels: channels, Patterns: patterns, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}
}

// long marks a simulation that short runs of the tests leave out.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("a long simulation")
	}
	t.Parallel()
}
