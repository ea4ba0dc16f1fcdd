package influence

import (
	"context"
	"math/rand/v2"

	"credo/pkg/experiment"
	"credo/pkg/model"
)

// Trial trains neurons pattern by pattern, each on a task of its own, with an
// [Observer] of random components as their teacher, from weights that are at
// balance, [Poised]; a [Sight] is its theory. Run i draws its task, and then the
// components, from [model.Stream](Seed, 2i) and trains with Stream(Seed, 2i+1).
type Trial struct {
	Feedback Feedback
	Task     model.Task
	Seen     int     // K, 0 … P
	Gain     float64 // γ ≥ 0
	Weight   float64 // of a synapse at the start, > 0
	Offset   float64 // b
	Rate     float64 // λ > 0
	Duration float64 // T = λ × epochs, ≥ 0
	Seed     uint64
}

// Draw returns the task of a run and its observer, and the generator that
// trains. It returns an error if the task is outside its domain, and panics as
// RandomComponents does.
func (t Trial) Draw(run int) (*model.Associations, Observer, *rand.Rand, error) {
	rng := model.Stream(t.Seed, 2*uint64(run))
	a, err := t.Task.Draw(rng)
	if err != nil {
		return nil, Observer{}, nil, err
	}
	return a, Observer{RandomComponents(a.Len(), t.Seen, rng), t.Gain}, model.Stream(t.Seed, 2*uint64(run)+1), nil
}

// Run trains one neuron, after what alter makes of its learner, unless it is
// nil. It returns an error as Draw, Poised, [Observer.Learner] and
// [model.Learner.Train] do.
func (t Trial) Run(ctx context.Context, run int, alter func(*model.Associations, *model.Learner)) (*model.Associations, *model.Neuron, error) {
	a, o, rng, err := t.Draw(run)
	if err != nil {
		return nil, nil, err
	}
	n, err := Poised(a, t.Weight, t.Offset)
	if err != nil {
		return nil, nil, err
	}
	l, err := o.Learner(t.Feedback, n, a, Drive(a, t.Task.TargetCoding, 0), t.Offset, t.Rate)
	if err != nil {
		return nil, nil, err
	}
	if alter != nil {
		alter(a, l)
	}
	_, err = l.Train(ctx, a, int(t.Duration/t.Rate+0.5), rng)
	return a, n, err
}

// Outcome is what trials come to: the error of [Misclassified], d′⁻² of
// [Crosstalk], and the share of the weights at 0.
type Outcome struct{ Error, Crosstalk, AtZero experiment.Interval }

// Measure makes runs 0 to runs−1. It returns an error as Run does.
func (t Trial) Measure(ctx context.Context, runs int, alter func(*model.Associations, *model.Learner)) (Outcome, error) {
	v, err := experiment.Measure(ctx, runs, func(ctx context.Context, run int) ([]float64, error) {
		a, n, err := t.Run(ctx, run, alter)
		if err != nil {
			return nil, err
		}
		u := n.Potentials(a)
		return []float64{Misclassified(a, u), Crosstalk(a, u), AtZero(n)}, nil
	})
	if err != nil || len(v) == 0 {
		return Outcome{}, err
	}
	return Outcome{v[0], v[1], v[2]}, nil
}
