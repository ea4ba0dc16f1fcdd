//go:build !windows

// Command bench measures the training loop of model.Learner against two peers
// written for the purpose: the same loop in plain C and the loop that a NumPy
// user would write.
//
// All three train on the same task, in turn, within one run. What counts is
// the ratio of their processor times: its median over the repetitions, and the
// range in which the middle half of them lies. Every repetition is also a
// sample of what each has learned; if a peer has learned something else the
// command says so and fails. A peer that cannot run here is reported as
// missing.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
)

func main() {
	repetitions := flag.Int("repetitions", 11, "repetitions of each measurement, at least 7")
	memory := flag.Bool("memory", false, "only draw the large task and train one epoch on it, to be watched from outside")
	abreast := flag.Bool("layers", false, "only measure layers, and scans by layers")
	flag.Parse()
	runtime.GOMAXPROCS(1) // one core; else threads of the runtime that look for work are timed, too
	var err error
	switch {
	case *memory:
		err = trainLarge()
	case *repetitions < 7:
		err = fmt.Errorf("bench: repetitions = %d, must be at least 7", *repetitions)
	default:
		err = report(context.Background(), *repetitions, *abreast)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// report measures everything and prints it in Markdown.
func report(ctx context.Context, repetitions int, abreast bool) error {
	dir, err := os.MkdirTemp("", "credo-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	c, numpy := newC(ctx, dir), newNumPy(ctx)
	if abreast {
		return cmp.Or(layers(ctx, dir, c, repetitions), scans(ctx, repetitions))
	}

	fmt.Print(head)
	var failed error
	for _, s := range settings {
		row, err := s.row(ctx, dir, c, numpy, repetitions)
		if err != nil {
			failed = err
		}
		fmt.Println(row)
	}
	fmt.Printf("\nMedians of %d interleaved repetitions on one core, in brackets the middle half.\n\n", repetitions)
	fmt.Printf("- C: %v\n- NumPy: %v\n", c, numpy)
	told, err := control(ctx, dir, c)
	if err != nil {
		failed = err
	}
	fmt.Printf("- Control: %s\n", told)
	faster, err := ensemble(ctx, repetitions)
	if err != nil {
		return err
	}
	fmt.Printf("- Ensemble of 16 neurons, N = 400: %s\n", faster)
	mib, err := memoryOfLarge(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("- Memory, N = %d, P = %d, f = %v, drawn and trained for one epoch: %.0f MiB\n",
		large.Channels, large.Patterns, large.Coding, mib)
	return failed
}
