// Paced is a study of 200 runs, each of which takes at least a pause and measures what its stream gives.
package main

import (
	"context"
	"flag"
	"math/rand/v2"
	"time"

	"credo/pkg/experiment"
	"credo/pkg/sweep"
)

var pause = flag.Duration("pause", 0, "of a run")

func main() {
	flag.Parse()
	sweep.Main(experiment.Design{Name: "paced", Seed: 7, Seeds: 50, Points: experiment.Grid{{Name: "level", Values: []float64{1, 2, 3, 4}}}, Measure: measure})
}

func measure(ctx context.Context, r experiment.Run, rng *rand.Rand) (experiment.Values, error) {
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(*pause):
		return experiment.Values{"y": r.At["level"] * rng.NormFloat64()}, nil
	}
}
