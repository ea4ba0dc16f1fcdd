package experiment_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/experiment"
	"credo/pkg/model"
)

func small() experiment.Study {
	return experiment.Study{
		Task: model.Task{Channels: 40, Patterns: 20, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1},
		Learner: func() *model.Learner {
			l := lesson.Circuit().Learner(model.NewNeuron(40, 20), 0.1)
			l.Every = 10
			return l
		},
		Epochs: 50, Seed: 7,
	}
}

// A run of a study is what a reader would write by hand.
func TestStudyIsDrawAndTrain(t *testing.T) {
	s := small()
	for i := range 3 {
		a, err := s.Task.Draw(model.Stream(7, uint64(2*i)))
		if err != nil {
			t.Fatal(err)
		}
		l := s.Learner()
		h, err := l.Train(context.Background(), a, 50, model.Stream(7, uint64(2*i+1)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Run(context.Background(), i)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Learner.Neuron.Excitatory, l.Neuron.Excitatory) || len(got.History) != len(h) || got.Associations.Len() != 20 {
			t.Errorf("run %d is another than by hand", i)
		}
	}
}

// One's own draw and training take the place of the standard ones, with the
// same random streams.
func TestStudyOfOnesOwn(t *testing.T) {
	s := small()
	want, err := s.Run(context.Background(), 1)
	if err != nil {
		t.Fatal(err)
	}
	task := s.Task
	s.Task, s.Epochs, s.Draw = model.Task{}, 0, task.Draw
	s.Train = func(ctx context.Context, l *model.Learner, a *model.Associations, rng *rand.Rand) (model.History, error) {
		if _, err := l.Train(ctx, a, 20, rng); err != nil {
			return nil, err
		}
		return l.Train(ctx, a, 30, rng)
	}
	got, err := s.Run(context.Background(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.Learner.Neuron.Excitatory, want.Learner.Neuron.Excitatory) || len(got.History) != 3 {
		t.Errorf("another run, with %d entries", len(got.History))
	}
}

// errorAndWeight is what the tests measure.
func errorAndWeight(r experiment.Trained) []float64 {
	_, end := r.History.Recall()
	return []float64{end.Error, r.Learner.Neuron.Excitatory[0]}
}

func TestStudyMeasure(t *testing.T) {
	s := small()
	got, err := s.Measure(context.Background(), 5, errorAndWeight)
	if err != nil {
		t.Fatal(err)
	}
	var columns [2][]float64
	for i := range 5 {
		r, err := s.Run(context.Background(), i)
		if err != nil {
			t.Fatal(err)
		}
		for k, x := range errorAndWeight(r) {
			columns[k] = append(columns[k], x)
		}
	}
	for k := range columns {
		if want := experiment.NewInterval(columns[k], 0.95); got[k] != want {
			t.Errorf("value %d: %v, want %v", k, got[k], want)
		}
	}
}

func TestStudyRefuses(t *testing.T) {
	s, ctx := small(), context.Background()
	_, err := s.Run(ctx, -1)
	refusal.Mentions(t, err, "run = -1")
	s.Task.Coding = 2
	_, err = s.Run(ctx, 0)
	refusal.Mentions(t, err, "Coding = 2")
	s = small()
	s.Epochs = -3
	_, err = s.Run(ctx, 0)
	refusal.Mentions(t, err, "epochs = -3")
	s.Learner = func() *model.Learner { return nil }
	_, err = s.Run(ctx, 0)
	refusal.Mentions(t, err, "made no learner")
	s.Learner = nil
	_, err = s.Run(ctx, 0)
	refusal.Mentions(t, err, "Study.Learner is nil")
	_, err = experiment.Intervals([][]float64{{1, 2}, {3}}, 0.95)
	refusal.Mentions(t, err, "run 1 has 1 values, run 0 has 2")
	if got, err := experiment.Intervals(nil, 0.95); got != nil || err != nil {
		t.Errorf("intervals of no run: %v, %v", got, err)
	}
}

// The mean over a history is that of its entries, and over none undefined.
func TestHistoryRecall(t *testing.T) {
	h := model.History{
		{AtPresentation: model.Recall{Hits: 1, FalseAlarms: 0.5, Error: 0.4}, AtEnd: model.Recall{Hits: 0.5}},
		{AtPresentation: model.Recall{Hits: 0.5, FalseAlarms: 0, Error: 0.1}, AtEnd: model.Recall{Hits: 1, Error: 0.5}},
	}
	at, end := h.Recall()
	if at != (model.Recall{Hits: 0.75, FalseAlarms: 0.25, Error: 0.25}) || end != (model.Recall{Hits: 0.75, Error: 0.25}) {
		t.Errorf("got %v, %v", at, end)
	}
	if at, _ := (model.History{}).Recall(); !math.IsNaN(at.Error) {
		t.Errorf("recall of no entry %v", at)
	}
}
