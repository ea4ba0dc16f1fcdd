//go:build !windows

package main

import (
	"context"
	"runtime"
	"syscall"
	"time"

	"credo/pkg/model"
	"credo/pkg/rules"
)

// run is one training from fresh weights.
type run struct {
	seed    uint64
	epochs  int
	circuit rules.Circuit
}

// outcome is what came of a run.
type outcome struct {
	seconds float64 // processor time of training, and of one test of all patterns at its end
	learned learned
}

// loop is an implementation of the training loop, on one task.
type loop func(run) (outcome, error)

// train is the loop that all this is about.
func train(a *model.Associations) loop {
	return func(r run) (outcome, error) {
		channels, _ := a.Channels()
		neuron := model.NewNeuron(channels, weight)
		learner := r.circuit.Learner(neuron, rate)
		begin := processorTime()
		_, err := learner.Train(context.Background(), a, r.epochs, model.Stream(r.seed, 0))
		return outcome{processorTime() - begin, learnedBy(neuron, a)}, err
	}
}

// processorTime is the processor time, in seconds, of the whole process.
func processorTime() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // the arguments are constants
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) * 1e-9
}

// waking is for how long, at least, a process that has waited for the others trains
// before it is measured. Go's runtime (sysmon) then sleeps 20 µs between two looks at its
// threads, fifty times, and only then longer and longer, up to 10 ms: some 5 ms in all,
// which add a fifth to the time of a run as short.
const waking = 25 * time.Millisecond

// interleave has the loops run in turn, each repetition with a seed of its own,
// and returns the outcomes of each loop. A loop may be nil.
func interleave(loops []loop, epochs, repetitions int, c rules.Circuit) ([][]outcome, error) {
	outcomes := make([][]outcome, len(loops))
	for k := range repetitions {
		for l, train := range loops {
			if train == nil {
				continue
			}
			for begin := time.Now(); ; {
				if _, err := train(run{seed: uint64(k), epochs: epochs/4 + 1, circuit: c}); err != nil {
					return nil, err
				}
				if time.Since(begin) > waking {
					break
				}
			}
			o, err := train(run{seed: uint64(k), epochs: epochs, circuit: c})
			if err != nil {
				return nil, err
			}
			outcomes[l] = append(outcomes[l], o)
		}
	}
	return outcomes, nil
}

// allocations is the number of allocations that further trials cost.
func allocations(train loop, c rules.Circuit) (float64, error) {
	const few, more = 1, 11
	var counts [2]uint64
	for k, epochs := range []int{few, more} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := train(run{epochs: epochs, circuit: c}); err != nil {
			return 0, err
		}
		runtime.ReadMemStats(&after)
		counts[k] = after.Mallocs - before.Mallocs
	}
	return float64(counts[1]) - float64(counts[0]), nil
}
