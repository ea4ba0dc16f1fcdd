package model

import (
	"context"
	"fmt"
	"runtime"
	"sync"
)

// Ensemble computes run(ctx, 0), …, run(ctx, runs−1) on all cores and returns
// the results in order. If a run takes its randomness from Stream(seed, run)
// alone, they are the same for any number of cores.
//
// progress, unless nil, is called after every run with the number of runs
// done, never by two goroutines at once.
//
// If a run fails, no further runs begin and the error of the first that failed
// is returned. A run should end when its context is cancelled. With an error
// come the results of the runs before the first that did not finish.
func Ensemble[T any](ctx context.Context, runs int, run func(ctx context.Context, i int) (T, error), progress func(done int)) ([]T, error) {
	if runs < 0 {
		return nil, fmt.Errorf("model: runs = %d, must not be negative", runs)
	}
	var (
		mu         sync.Mutex // of next, done, failed and of progress
		next, done int
		failed     bool
		wg         sync.WaitGroup
	)
	results, errs := make([]T, runs), make([]error, runs)
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		if failed || next == runs {
			return 0, false
		}
		next++
		return next - 1, true
	}
	finish := func(i int, result T, err error) {
		mu.Lock()
		defer mu.Unlock()
		results[i], errs[i] = result, err
		if err != nil {
			failed = true
			return
		}
		done++
		if progress != nil {
			progress(done)
		}
	}
	for range min(runs, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i, ok := take(); ok; i, ok = take() {
				var result T
				err := ctx.Err()
				if err == nil {
					result, err = run(ctx, i)
				}
				finish(i, result, err)
			}
		})
	}
	wg.Wait()
	// Runs are begun in order, so all before the first error have finished.
	for i, err := range errs[:next] {
		if err != nil {
			return results[:i], fmt.Errorf("model: run %d of %d: %w", i, runs, err)
		}
	}
	return results, nil
}
