package model

import (
	"context"
	"math/rand/v2"
)

// Sample draws the task for runs 0 to runs−1, run i from [Stream](seed, 2i) as
// in a [Study], takes the values of each by measure, which may draw noise of
// its own from Stream(seed, 2i+1) and must be safe to call from several
// goroutines, and returns for every value its mean over the runs with Student's
// t interval of level 0.95. The result does not depend on the number of cores.
// It returns an error if a field of t is outside its domain, or the first that
// measure returns.
func (t Task) Sample(ctx context.Context, runs int, seed uint64, measure func(a *Associations, rng *rand.Rand) ([]float64, error)) ([]Interval, error) {
	samples, err := Ensemble(ctx, runs, func(_ context.Context, i int) ([]float64, error) {
		a, err := t.Draw(Stream(seed, 2*uint64(i)))
		if err != nil {
			return nil, err
		}
		return measure(a, Stream(seed, 2*uint64(i)+1))
	}, nil)
	if err != nil {
		return nil, err
	}
	return Intervals(samples, 0.95)
}
