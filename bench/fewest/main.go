//go:build !windows

// Command fewest sets the fewest errors that separable.FewestErrors proves of random
// associations beside what pkg/capacity says of infinitely many channels, and tells
// the CPU seconds that it took:
//
//	GOMAXPROCS=1 go run ./bench/fewest -channels 10,15,20,25 -loads 2,2.5,3 -target 0.5 -runs 100
//
// Weights are free, as those of co-tuned channels are, and so is the threshold,
// unless -fixed makes it 1. With -signs 80 percent of the channels are excitatory,
// the others inhibitory, and the threshold is 1. Where the time for an instance did
// not suffice, which depends on the machine, the means of both proven bounds are
// given.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"math"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"credo/pkg/capacity"
	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/separable"
)

var (
	channels = flag.String("channels", "10,15,20,25", "N")
	loads    = flag.String("loads", "2,2.5,3", "P/N")
	target   = flag.Float64("target", 0.5, "f_Y")
	coding   = flag.Float64("coding", 0.5, "f")
	runs     = flag.Int("runs", 100, "instances of each size and load")
	seconds  = flag.Float64("seconds", 20, "most time for an instance")
	fixed    = flag.Bool("fixed", false, "threshold 1, not a free one")
	signs    = flag.Bool("signs", false, "80 percent excitatory channels, the others inhibitory, threshold 1")
	seed     = flag.Uint64("seed", 1, "")
)

func main() {
	log.SetFlags(0)
	flag.Parse()
	fmt.Println("  N  load    P  errors/P proved          open   one step  symmetric   seconds: mean    90 %     most  conflicts")
	for _, n := range numbers(*channels) {
		for _, load := range numbers(*loads) {
			row(int(n), load)
		}
	}
}

func row(n int, load float64) {
	patterns := int(math.Round(load * float64(n)))
	task := model.Task{Channels: n, Patterns: patterns, Coding: *coding, TargetCoding: *target, CoTuning: 1}
	con, size := separable.Constraints{FreeThreshold: true}, 1.0
	if *fixed {
		con = separable.Constraints{Threshold: 1}
	}
	if *signs {
		task.Channels, task.InhibitoryChannels, task.CoTuning = n*4/5, n-n*4/5, 0
		con, size = separable.Constraints{Threshold: 1}, 0.5
	}
	open, conflicts := 0, 0
	var low, high, times []float64
	for i := range *runs {
		a, err := task.Draw(model.Stream(*seed, uint64(i)))
		if err != nil {
			log.Fatal(err)
		}
		start := processor()
		ctx, cancel := context.WithTimeout(context.Background(), time.Duration(*seconds*float64(time.Second)))
		f, err := separable.FewestErrors(ctx, a, con, patterns)
		cancel()
		times = append(times, processor()-start)
		if errors.Is(err, context.DeadlineExceeded) {
			err = nil
		}
		if err := errors.Join(err, f.Verify(a, con)); err != nil {
			log.Fatal(err)
		}
		low, high = append(low, float64(f.Low)/float64(patterns)), append(high, float64(f.Errors)/float64(patterns))
		conflicts += len(f.Conflicts)
		if !f.Reached {
			open++
		}
	}
	proved := experiment.NewInterval(low, 0.95).String()
	if open > 0 {
		proved += " to " + experiment.NewInterval(high, 0.95).String()
	}
	bound := capacity.Capacity{TargetCoding: *target}
	symmetric, err := bound.MinimalError(load / size)
	if err != nil {
		log.Fatal(err)
	}
	broken, err := bound.OneStepError(load / size)
	if err != nil {
		broken.Error = math.NaN()
	}
	slices.Sort(times)
	fmt.Printf("%3d  %4.3g  %3d  %-25s %4d     %.4f     %.4f          %7.3f %7.3f  %7.3f  %9.0f\n", n, load, patterns, proved, open,
		broken.Error, symmetric.Error, experiment.NewInterval(times, 0.95).Mean, times[len(times)*9/10], times[len(times)-1], float64(conflicts)/float64(*runs))
}

// processor returns the CPU seconds that the process has used.
func processor() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}

func numbers(list string) (all []float64) {
	for s := range strings.SplitSeq(list, ",") {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil || !(x > 0) {
			log.Fatalf("%q is not a number above 0", s)
		}
		all = append(all, x)
	}
	return all
}
