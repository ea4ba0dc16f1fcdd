package memory

import (
	"context"
	"fmt"
	"math"

	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// Forgetting is an experiment in two parts: a study teaches independent
// neurons, and then each goes on being shown its patterns under other rules, at
// the same rate. The second part of run i draws from Stream(Seed + 1, i).
type Forgetting struct {
	experiment.Study
	After rules.Circuit // of the second part: rules and release
	Later int           // epochs of the second part
}

// Experiment returns the experiment that HalfLife is about: tasks with the
// coding of Taught, and with hidden causes if r has them, taught for some epochs
// at rate λ from weights of 20 and then left to After for 2.5 half-lives. The
// theory knows how long was taught only if r.Teaching is rate × epochs. It
// returns an error as HalfLife does, and if the half-life is infinite.
func (r Retention) Experiment(rate float64, epochs int, seed uint64) (Forgetting, error) {
	half, err := r.HalfLife()
	if err != nil {
		return Forgetting{}, err
	}
	if !(rate > 0 && 2.5*half/rate < 1e9) {
		return Forgetting{}, fmt.Errorf("memory: half-life %v at rate λ = %v, must be finite and positive", half, rate)
	}
	task := experiment.Task(r.Taught, r.Channels, 1)
	task.Patterns = r.Patterns
	s := experiment.Design{
		Circuit: r.Taught, Task: task, Rate: rate, Duration: rate * float64(epochs), Seed: seed,
		Weight: 20, Potential: -r.Taught.Threshold,
	}.Study()
	if r.Causes > 0 {
		s.Draw = Prototypes{s.Task, r.Causes, r.Similarity}.Draw
	}
	return Forgetting{Study: s, After: r.After, Later: int(2.5 * half / rate)}, nil
}

// Measure makes runs 0 to runs−1 on all cores and takes the values of each by
// measure from what the second part leaves; see [experiment.Study.Measure]. Its
// History is that of the second part, with at most about 200 entries, whose
// epochs count from 1. It panics if After has another threshold than the
// neuron, and returns the error of the first run that fails.
func (f Forgetting) Measure(ctx context.Context, runs int, measure func(experiment.Trained) []float64) ([]experiment.Interval, error) {
	return experiment.Measure(ctx, runs, func(ctx context.Context, i int) ([]float64, error) {
		t, err := f.Run(ctx, i)
		if err != nil {
			return nil, err
		}
		l, then := t.Learner, f.After.Learner(t.Learner.Neuron, t.Learner.Rate)
		l.Excitatory, l.Inhibitory, l.ACh, l.NE = then.Excitatory, then.Inhibitory, then.ACh, then.NE
		if l.Memory == 0 {
			l.MeanOutput = then.MeanOutput
		}
		l.Memory = then.Memory
		l.Epochs, l.Every = 0, max(1, f.Later/200)
		t.History, err = l.Train(ctx, t.Associations, f.Later, model.Stream(f.Seed+1, uint64(i)))
		if err != nil {
			return nil, err
		}
		return measure(t), nil
	})
}

// HalfLife returns the T after which half of the hits are lost for good, see
// [Halved]. It is not finite if one run has not lost them in the time given.
func (f Forgetting) HalfLife(ctx context.Context, runs int) (experiment.Interval, error) {
	v, err := f.Measure(ctx, runs, func(t experiment.Trained) []float64 {
		return []float64{t.Learner.Rate * Halved(t.History)}
	})
	if err != nil {
		return experiment.Interval{}, err
	}
	return v[0], nil
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
