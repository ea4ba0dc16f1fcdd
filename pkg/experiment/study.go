package experiment

import (
	"context"
	"math"
	"math/rand/v2"

	"credo/pkg/model"
	"credo/pkg/rules"
)

// Study is one experiment repeated on independent neurons. Run i draws a task
// of its own from [model.Stream](Seed, 2i) and trains a fresh learner on it with
// model.Stream(Seed, 2i+1), so that studies with the same seed, which differ in
// their rules only, meet the same tasks: a [Scan] trains them together.
type Study struct {
	Task    model.Task
	Learner func() *model.Learner // a new learner, with a neuron of its own
	Epochs  int                   // of training, not negative
	Seed    uint64

	// Draw and Train, unless nil, stand for Task.Draw and for Learner.Train over
	// Epochs: for inputs and for schedules of one's own.
	Draw  func(rng *rand.Rand) (*model.Associations, error)
	Train func(ctx context.Context, l *model.Learner, a *model.Associations, rng *rand.Rand) (model.History, error)
}

// Trained is what one run of a study leaves.
type Trained struct {
	Associations *model.Associations
	Learner      *model.Learner // with the neuron as training left it
	History      model.History
}

// Run makes run i of the study. It returns an error if a field of the task or
// of the learner is outside its domain, and as [model.Learner.Train] does.
func (s Study) Run(ctx context.Context, i int) (Trained, error) {
	all, err := Scan{s}.Run(ctx, i)
	if len(all) == 0 {
		return Trained{}, err
	}
	return all[0], err
}

// Measure makes runs 0 to runs−1 and takes the values of each by measure; see
// [Measure].
func (s Study) Measure(ctx context.Context, runs int, measure func(Trained) []float64) ([]Interval, error) {
	points, err := Scan{s}.Measure(ctx, runs, measure)
	if err != nil {
		return nil, err
	}
	return points[0], nil
}

// Sample draws the task for runs 0 to runs−1, run i as in a [Study], without
// training, and takes the values of each by measure, which may draw noise of
// its own from the stream that would train; see [Measure]. It returns an error
// if a field of t is outside its domain, or the first that measure returns.
func Sample(ctx context.Context, t model.Task, runs int, seed uint64, measure func(a *model.Associations, rng *rand.Rand) ([]float64, error)) ([]Interval, error) {
	return Measure(ctx, runs, func(_ context.Context, i int) ([]float64, error) {
		a, err := t.Draw(model.Stream(seed, 2*uint64(i)))
		if err != nil {
			return nil, err
		}
		return measure(a, model.Stream(seed, 2*uint64(i)+1))
	})
}

// Task returns the task that a circuit is meant for: random associations of
// its coding f and target coding f_Y, round(load N) of them on N channels, with
// inhibitory inputs that copy the excitatory ones.
func Task(c rules.Circuit, channels int, load float64) model.Task {
	return model.Task{
		Channels: channels, Patterns: int(math.Round(load * float64(channels))), CoTuning: 1,
		Coding: c.Coding, TargetCoding: c.TargetCoding,
	}
}
