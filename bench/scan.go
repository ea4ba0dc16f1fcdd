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

// circuits is how many a scan has.
const circuits = 64

// scans measures by how much a layer is faster than neurons alone where circuits that
// differ in the offset b of their balance, or in the release ρ of acetylcholine, learn one
// task: the ratios of their times, measured in turn on all cores. It prints a table.
func scans(ctx context.Context, repetitions int) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(runtime.NumCPU()))
	fmt.Printf("\n| scan of %d circuits on %d cores | alone / layer, elapsed | alone / layer, processor |\n|---|---|---|\n", circuits, runtime.NumCPU())
	for _, channels := range []int{100, 400, 1000} {
		for _, by := range []struct {
			name string
			vary func(c *rules.Circuit, share float64)
		}{
			{"b", func(c *rules.Circuit, share float64) { c.Balance.Offset = 0.5 * share }},
			{"ρ", func(c *rules.Circuit, share float64) { c.ACh.Probability = 0.5 + share/2 }},
		} {
			elapsed, processor, err := scan(ctx, channels, repetitions, by.vary)
			if err != nil {
				return err
			}
			fmt.Printf("| N = %d, by %s | %s | %s |\n", channels, by.name, spread(elapsed), spread(processor))
		}
	}
	return nil
}

// scan returns the ratios of elapsed and of processor times of one scan.
func scan(ctx context.Context, channels, repetitions int, vary func(c *rules.Circuit, share float64)) (elapsed, processor []float64, err error) {
	a, err := setting{channels: channels}.draw()
	if err != nil {
		return nil, nil, err
	}
	learner := func(k int) *model.Learner {
		c := rules.Reported()
		vary(&c, float64(k)/circuits)
		return c.Learner(model.NewNeuron(channels, weight), rate)
	}
	epochs := 40000 / channels
	alone := func() error {
		_, err := experiment.Ensemble(ctx, circuits, func(ctx context.Context, k int) (model.History, error) {
			return learner(k).Train(ctx, a, epochs, model.Stream(1, 0))
		}, nil)
		return err
	}
	abreast := func() error {
		layer := &model.Layer{}
		for k := range circuits {
			layer.Learners = append(layer.Learners, learner(k))
		}
		_, err := layer.Train(ctx, a, epochs, model.Stream(1, 0))
		return err
	}
	for range repetitions {
		var clock, used [2]float64
		for k, train := range []func() error{alone, abreast} {
			start, begin := time.Now(), processorTime()
			if err := train(); err != nil {
				return nil, nil, err
			}
			clock[k], used[k] = time.Since(start).Seconds(), processorTime()-begin
		}
		elapsed, processor = append(elapsed, clock[0]/clock[1]), append(processor, used[0]/used[1])
	}
	return elapsed, processor, nil
}
