//go:build !windows

package main

import (
	"context"
	"fmt"
	"strings"

	"credo/pkg/model"
	"credo/pkg/rules"
)

// members is how many neurons the layers have that are measured.
const members = 16

// layerOf is a layer of the circuit; its neurons have the targets of a, or each its own.
func layerOf(a *model.Associations, c rules.Circuit, own bool) *model.Layer {
	channels, _ := a.Channels()
	layer, rng := &model.Layer{}, model.Stream(3, 0)
	for range members {
		layer.Learners = append(layer.Learners, c.Learner(model.NewNeuron(channels, weight), rate))
		if own {
			targets := make([]bool, a.Len())
			for mu, k := range rng.Perm(a.Len()) {
				targets[mu] = a.Target(k)
			}
			layer.Targets = append(layer.Targets, targets)
		}
	}
	return layer
}

// trainLayer is the loop of a layer; its seconds are those of one neuron.
func trainLayer(a *model.Associations, own bool) loop {
	return func(r run) (outcome, error) {
		layer := layerOf(a, r.circuit, own)
		begin := processorTime()
		_, err := layer.Train(context.Background(), a, r.epochs, model.Stream(r.seed, 0))
		return outcome{(processorTime() - begin) / members, learnedBy(layer.Learners[0].Neuron, a)}, err
	}
}

// layers measures a neuron of a layer against one that learns alone, in Go and in C,
// and prints a table.
func layers(ctx context.Context, dir string, c *peer, repetitions int) error {
	fmt.Print("| layer of 16 | targets | ns a neuron and trial | layer / C | layer / C, lanes | layer / Go | Go / C |\n|---|---|---|---|---|---|---|\n")
	for _, channels := range []int{100, 400, 1000} {
		s := setting{channels: channels, epochs: 40000 / channels}
		a, err := s.draw()
		if err != nil {
			return err
		}
		loops := []loop{trainLayer(a, false), trainLayer(a, true), train(a), nil, nil}
		task, err := write(a, dir)
		if err != nil {
			return err
		}
		for k, p := range []*peer{c, newLanes(ctx, dir)} {
			if p.missing != "" {
				continue
			}
			process, err := p.start(ctx, task)
			if err != nil {
				return err
			}
			defer process.stop()
			loops[3+k] = process.do
		}
		outcomes, err := interleave(loops, s.epochs, repetitions, rules.Reported())
		if err != nil {
			return err
		}
		for _, peer := range outcomes[3:] {
			if d := differences(outcomes[0], peer); len(peer) > 0 && d != nil {
				return fmt.Errorf("bench: %v: a layer and a peer have not learned the same: %s", s, strings.Join(d, ", "))
			}
		}
		for k, targets := range []string{"the same", "each its own"} {
			of := outcomes[k]
			ns := make([]float64, len(of))
			for i := range ns {
				ns[i] = of[i].seconds / s.trials() * 1e9
			}
			fmt.Printf("| N = %d | %s | %s | %s | %s | %s | %s |\n", channels, targets,
				spread(ns), ratio(of, outcomes[3]), ratio(of, outcomes[4]), ratio(of, outcomes[2]), ratio(outcomes[2], outcomes[3]))
		}
	}
	return nil
}
