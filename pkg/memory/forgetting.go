package memory

import (
	"context"
	"fmt"
	"math"

	"credo/pkg/model"
)

// Forgetting is an experiment in two parts: a study teaches independent
// neurons, and then each goes on being shown its patterns for some epochs under
// other rules. The second part of run i draws from Stream(Seed + 1, i).
type Forgetting struct {
	model.Study
	After func(*model.Learner) // changes rules, release and rate; not the neuron
	Later int                  // epochs of the second part
}

// Measure makes runs 0 to runs−1 on all cores and takes the values of each by
// measure from what the second part leaves; see [model.Study.Measure]. Its
// History is that of the second part, with an entry every Learner.Every epochs
// as After left it, and its epochs count from 1. It returns the error of the first run that fails.
func (f Forgetting) Measure(ctx context.Context, runs int, measure func(model.Trained) []float64) ([]model.Interval, error) {
	if f.After == nil {
		return nil, fmt.Errorf("memory: Forgetting.After is nil, must say what changes")
	}
	samples, err := model.Ensemble(ctx, runs, func(ctx context.Context, i int) ([]float64, error) {
		t, err := f.Run(ctx, i)
		if err != nil {
			return nil, err
		}
		f.After(t.Learner)
		t.Learner.Epochs = 0
		t.History, err = t.Learner.Train(ctx, t.Associations, f.Later, model.Stream(f.Seed+1, uint64(i)))
		if err != nil {
			return nil, err
		}
		return measure(t), nil
	}, nil)
	if err != nil {
		return nil, err
	}
	return model.Intervals(samples, 0.95)
}

// Halved returns the epoch at which the hits at the end of an epoch fall
// through one half for good, halfway between the entries in between; +Inf if
// they have not by the end of the history, and NaN if they never were above.
func Halved(h model.History) float64 {
	above, notBelow := -1, -1 // last entries with hits above and not below 1/2
	for k, e := range h {
		if e.AtEnd.Hits > 0.5 {
			above = k
		}
		if e.AtEnd.Hits >= 0.5 {
			notBelow = k
		}
	}
	switch {
	case above < 0:
		return math.NaN()
	case notBelow == len(h)-1:
		return math.Inf(1)
	}
	return float64(h[above].Epoch+h[notBelow+1].Epoch) / 2
}
