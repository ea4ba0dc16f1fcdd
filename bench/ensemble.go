//go:build !windows

package main

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// ensemble measures by how much experiment.Ensemble is faster on two cores than on
// one: the ratio of wall-clock times of the same sixteen neurons, measured in
// turn.
func ensemble(ctx context.Context, repetitions int) (string, error) {
	if runtime.NumCPU() < 2 {
		return "one core only", nil
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var ratios []float64
	for range repetitions {
		var elapsed [2]time.Duration
		for k := range elapsed {
			runtime.GOMAXPROCS(1 + k)
			start := time.Now()
			if _, err := experiment.Ensemble(ctx, 16, neuron, nil); err != nil {
				return "", err
			}
			elapsed[k] = time.Since(start)
		}
		ratios = append(ratios, elapsed[0].Seconds()/elapsed[1].Seconds())
	}
	return "faster on two cores by a factor " + spread(ratios), nil
}

// neuron draws a task of 400 channels and learns it for a while.
func neuron(ctx context.Context, i int) (model.Recall, error) {
	c := rules.Reported()
	t := model.Task{Channels: 400, Patterns: 200, Coding: c.Coding, TargetCoding: c.TargetCoding, CoTuning: 1}
	a, err := t.Draw(model.Stream(1, uint64(2*i)))
	if err != nil {
		return model.Recall{}, err
	}
	n := model.NewNeuron(400, 20)
	if _, err := c.Learner(n, 0.1).Train(ctx, a, 1000, model.Stream(1, uint64(2*i+1))); err != nil {
		return model.Recall{}, fmt.Errorf("bench: %w", err)
	}
	return n.Recall(a), nil
}
