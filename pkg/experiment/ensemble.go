package experiment

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"credo/internal/progress"
)

// Ensemble computes run(ctx, 0), …, run(ctx, runs−1) on all cores and returns
// the results in order. If a run takes its randomness from [model.Stream](seed, run)
// alone, they are the same for any number of cores.
//
// done, unless nil, is called after every run that did not fail, in the order
// in which they end and never by two goroutines at once.
//
// If a run fails, no further runs begin and the error of the first that failed
// is returned. A run should end when its context is cancelled. With an error
// come the results of the runs before the first that did not finish.
func Ensemble[T any](ctx context.Context, runs int, run func(ctx context.Context, i int) (T, error), done func(i int, result T)) ([]T, error) {
	if runs < 0 {
		return nil, fmt.Errorf("experiment: runs = %d, must not be negative", runs)
	}
	var (
		mu     sync.Mutex // of next, ended, failed and of done
		next   int
		ended  int
		failed bool
		wg     sync.WaitGroup
	)
	ctx, tell := progress.Begin(ctx, runs)
	defer tell(runs)
	results, errs := make([]T, runs), make([]error, runs)
	for range min(runs, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			mu.Lock()
			for !failed && next < runs {
				i, err := next, ctx.Err()
				next++
				mu.Unlock()
				var result T
				if err == nil {
					result, err = run(ctx, i)
				}
				mu.Lock()
				results[i], errs[i] = result, err
				ended++
				tell(ended)
				if failed = failed || err != nil; err == nil && done != nil {
					done(i, result)
				}
			}
			mu.Unlock()
		})
	}
	wg.Wait()
	// Runs are begun in order, so all before the first error have finished.
	for i, err := range errs[:next] {
		if err != nil {
			return results[:i], fmt.Errorf("experiment: run %d of %d: %w", i, runs, err)
		}
	}
	return results, nil
}

// Intervals returns [NewInterval] over runs of each value k of samples[run][k],
// and an error if runs have different numbers of values.
func Intervals(samples [][]float64, level float64) ([]Interval, error) {
	if len(samples) == 0 {
		return nil, nil
	}
	intervals := make([]Interval, len(samples[0]))
	column := make([]float64, len(samples))
	for k := range intervals {
		for run, x := range samples {
			if len(x) != len(intervals) {
				return nil, fmt.Errorf("experiment: run %d has %d values, run 0 has %d", run, len(x), len(intervals))
			}
			column[run] = x[k]
		}
		intervals[k] = NewInterval(column, level)
	}
	return intervals, nil
}

// Measure takes values from runs 0 to runs−1 by [Ensemble] and returns for each
// its mean over the runs with Student's t interval of level 0.95. It returns the
// errors of Ensemble and [Intervals].
func Measure(ctx context.Context, runs int, run func(ctx context.Context, i int) ([]float64, error)) ([]Interval, error) {
	samples, err := Ensemble(ctx, runs, run, nil)
	if err != nil {
		return nil, err
	}
	return Intervals(samples, 0.95)
}
