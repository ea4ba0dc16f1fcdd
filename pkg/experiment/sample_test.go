package experiment_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/experiment"
	"credo/pkg/model"
)

// What a sample measures are the tasks of a study of the same seed, and noise
// from the stream that would train it.
func TestSampleIsDrawAndMeasure(t *testing.T) {
	task := model.Task{Channels: 40, Patterns: 20, Coding: 0.2, TargetCoding: 0.2, CoTuning: 0.5}
	active := func(a *model.Associations) (n float64) {
		for mu := range a.Len() {
			n += float64(len(a.Excitatory(mu)))
		}
		return n
	}
	got, err := experiment.Sample(context.Background(), task, 5, 7, func(a *model.Associations, rng *rand.Rand) ([]float64, error) {
		return []float64{active(a), rng.Float64()}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var columns [2][]float64
	for i := range uint64(5) {
		a, err := task.Draw(model.Stream(7, 2*i))
		if err != nil {
			t.Fatal(err)
		}
		columns[0] = append(columns[0], active(a))
		columns[1] = append(columns[1], model.Stream(7, 2*i+1).Float64())
	}
	for k, x := range columns {
		if want := experiment.NewInterval(x, 0.95); got[k] != want {
			t.Errorf("value %d: %v, want %v", k, got[k], want)
		}
	}
}

func TestSampleRefuses(t *testing.T) {
	none := func(*model.Associations, *rand.Rand) ([]float64, error) { return nil, nil }
	_, err := experiment.Sample(context.Background(), model.Task{Channels: 4, Patterns: 2, Coding: 2, TargetCoding: 0.5}, 3, 1, none)
	refusal.Mentions(t, err, "Coding = 2")
	broken := errors.New("broken")
	task := model.Task{Channels: 4, Patterns: 2, Coding: 0.5, TargetCoding: 0.5}
	_, err = experiment.Sample(context.Background(), task, 3, 1, func(*model.Associations, *rand.Rand) ([]float64, error) { return nil, broken })
	if !errors.Is(err, broken) {
		t.Errorf("error %v, want that of measure", err)
	}
}
