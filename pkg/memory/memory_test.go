package memory_test

import (
	"context"
	"testing"

	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/stat"
)

// pair is acetylcholine and balance, with c = ρ_A a_A/a_I = 1, and acetylcholine
// so disinhibiting that only V > 0 and V ≤ 0 differ.
func pair(b float64) rules.Circuit {
	return rules.Circuit{
		Acetylcholine: rules.Acetylcholine{Rate: 1.25},
		ACh:           model.Modulator{Probability: 0.8, Disinhibition: 1000},
		Balance:       rules.Balance{Rate: 1, Slope: 1, Offset: b},
		Coding:        0.2, TargetCoding: 0.2,
	}
}

func task(channels, patterns int) model.Task {
	return model.Task{Channels: channels, Patterns: patterns, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}
}

// repeat is the interval of each value over runs, at five standard errors of
// the mean so that a test that holds does not fail by chance.
func repeat(t *testing.T, runs int, f func(i int) ([]float64, error)) []experiment.Interval {
	t.Helper()
	samples, err := experiment.Ensemble(context.Background(), runs, func(_ context.Context, i int) ([]float64, error) { return f(i) }, nil)
	if err != nil {
		t.Fatal(err)
	}
	intervals, err := experiment.Intervals(samples, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	for k := range intervals {
		column := make([]float64, runs)
		for i := range column {
			column[i] = samples[i][k]
		}
		intervals[k].Half = 5 * stat.StdErr(stat.StdDev(column, nil), float64(runs))
	}
	return intervals
}

// short is part in a short test and else whole.
func short[T any](whole, part T) T {
	if testing.Short() {
		return part
	}
	return whole
}
