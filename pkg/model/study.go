package model

import (
	"context"
	"fmt"
	"math/rand/v2"
)

// Study is one experiment repeated on independent neurons. Run i draws a task
// of its own from [Stream](Seed, 2i) and trains a fresh learner on it with
// Stream(Seed, 2i+1), so that two studies with the same seed, which differ in
// their rules only, meet the same tasks.
type Study struct {
	Task    Task
	Learner func() *Learner // a new learner, with a neuron of its own
	Epochs  int             // of training, not negative
	Seed    uint64

	// Draw and Train, unless nil, stand for Task.Draw and for Learner.Train over
	// Epochs: for inputs and for schedules of one's own.
	Draw  func(rng *rand.Rand) (*Associations, error)
	Train func(ctx context.Context, l *Learner, a *Associations, rng *rand.Rand) (History, error)
}

// Trained is what one run of a study leaves.
type Trained struct {
	Associations *Associations
	Learner      *Learner // with the neuron as training left it
	History      History
}

// Run makes run i of the study. It returns an error if a field of the task or
// of the learner is outside its domain, and as [Learner.Train] does.
func (s Study) Run(ctx context.Context, i int) (Trained, error) {
	if i < 0 {
		return Trained{}, fmt.Errorf("model: run = %d, must not be negative", i)
	}
	if s.Learner == nil {
		return Trained{}, fmt.Errorf("model: Study.Learner is nil, must make a learner")
	}
	draw, train := s.Draw, s.Train
	if draw == nil {
		draw = s.Task.Draw
	}
	if train == nil {
		train = func(ctx context.Context, l *Learner, a *Associations, rng *rand.Rand) (History, error) {
			return l.Train(ctx, a, s.Epochs, rng)
		}
	}
	a, err := draw(Stream(s.Seed, 2*uint64(i)))
	if err != nil {
		return Trained{}, err
	}
	l := s.Learner()
	if l == nil {
		return Trained{}, fmt.Errorf("model: Study.Learner made no learner")
	}
	h, err := train(ctx, l, a, Stream(s.Seed, 2*uint64(i)+1))
	return Trained{a, l, h}, err
}

// Measure makes runs 0 to runs−1 on all cores by [Ensemble], takes the values
// of each by measure, which must be safe to call from several goroutines and
// return equally many for each run, and returns for every value its mean over
// the runs with Student's t interval of level 0.95. The result does not depend
// on the number of cores. It returns the error of the first run that fails, or
// one that says which run has another number of values than the first.
func (s Study) Measure(ctx context.Context, runs int, measure func(Trained) []float64) ([]Interval, error) {
	samples, err := Ensemble(ctx, runs, func(ctx context.Context, i int) ([]float64, error) {
		t, err := s.Run(ctx, i)
		if err != nil {
			return nil, err
		}
		return measure(t), nil
	}, nil)
	if err != nil {
		return nil, err
	}
	return Intervals(samples, 0.95)
}

// Intervals returns for samples[run][k] the interval over runs of each value
// k, as [NewInterval] does. It returns an error if runs have different numbers
// of values.
func Intervals(samples [][]float64, level float64) ([]Interval, error) {
	if len(samples) == 0 {
		return nil, nil
	}
	intervals := make([]Interval, len(samples[0]))
	column := make([]float64, len(samples))
	for k := range intervals {
		for run, x := range samples {
			if len(x) != len(intervals) {
				return nil, fmt.Errorf("model: run %d has %d values, run 0 has %d", run, len(x), len(intervals))
			}
			column[run] = x[k]
		}
		intervals[k] = NewInterval(column, level)
	}
	return intervals, nil
}
