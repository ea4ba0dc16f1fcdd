package model_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/model"
)

func TestStreamsAreDistinctAndRepeat(t *testing.T) {
	seen := map[uint64]bool{}
	mean, neighbours := 0.0, 0.0
	const runs = 20000
	last := 0.5
	for run := range uint64(runs) {
		rng := model.Stream(1, run)
		word := rng.Uint64()
		if seen[word] {
			t.Fatalf("run %d begins as an earlier one", run)
		}
		if model.Stream(1, run).Uint64() != word {
			t.Fatalf("run %d differs from itself", run)
		}
		seen[word] = true
		x := rng.Float64()
		mean += x / runs
		neighbours += (x - 0.5) * (last - 0.5) / runs
		last = x
	}
	// Across runs the numbers are uniform and neighbouring runs uncorrelated.
	lesson.Near(t, "mean", mean, 0.5, 5/math.Sqrt(12*runs))
	lesson.Near(t, "covariance of neighbouring runs", neighbours, 0, 5/(12*math.Sqrt(runs)))
}
