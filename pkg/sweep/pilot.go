package sweep

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"time"

	"credo/pkg/experiment"
	"credo/pkg/sweep/shard"
)

// pilot times runs on all cores, until two seconds or a thousand runs are over and each core has made one: the first of all runs as they are
// dealt, then one at each end of each parameter, where a few may take longest, then others as they are dealt, which is at random.
func (s *session) pilot(ctx context.Context) (e shard.Estimate, err error) {
	dealt := shard.NewPlan("", s.runs.Digest(), "", s.runs.Len(), 1).Deal()[0]
	ends, shares := s.ends(dealt)
	todo := append(dealt[:1:1], ends...)
	todo = append(todo, slices.DeleteFunc(slices.Clone(dealt[:min(len(dealt), 1000)]), func(run int) bool { return slices.Contains(todo, run) })...)
	e.Cores = min(runtime.GOMAXPROCS(0), len(dealt))
	e.Host, _ = os.Hostname()
	patience, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	defer time.AfterFunc(5*time.Second, func() {
		fmt.Fprintf(s.errs, "Runs are timed, until each of %s has made one; one takes longer than 5 s.\n", count(e.Cores, "core"))
	}).Stop()
	failed := make([]error, len(todo))
	times, _ := experiment.Ensemble(patience, len(todo), func(_ context.Context, i int) (float64, error) {
		begin := time.Now()
		_, failed[i] = s.runs.Do(ctx, todo[i]) // to its end, once it has begun
		return time.Since(begin).Seconds(), nil
	}, nil)
	if cause := context.Cause(ctx); cause != nil {
		return e, fmt.Errorf("stopped (%w) while runs were timed; nothing has been written. %s run -shard i/K cuts a study in K shards without timing", cause, s.name)
	}
	if !slices.Contains(failed[:len(times)], nil) {
		return e, failed[0]
	}
	e.Timed, e.Slowest, e.Seconds, e.Memory = len(times), slices.Max(times), mean(times, shares), memory()
	return e, nil
}

// ends finds for each parameter a run with its largest and one with its smallest value, and the shares of the runs that have these.
func (s *session) ends(runs []int) (ends []int, shares []float64) {
	if s.design.Points == nil {
		return nil, nil
	}
	names, points, _ := s.design.Points.Points() // read has seen that they are good
	for k := range names {
		by := func(a, b int) int { return cmp.Compare(points[a/s.runs.Seeds()][k], points[b/s.runs.Seeds()][k]) }
		for _, run := range []int{slices.MaxFunc(runs, by), slices.MinFunc(runs, by)} {
			n := 0
			for _, other := range runs {
				if by(run, other) == 0 {
					n++
				}
			}
			ends, shares = append(ends, run), append(shares, float64(n)/float64(len(runs)))
		}
	}
	return ends, shares
}

// mean estimates the mean time of all runs by that of the random ones, the first and those after the ends, but by no less than what an end's
// share takes alone.
func mean(times, shares []float64) (mean float64) {
	n := min(len(shares), len(times)-1)
	for _, t := range append(times[:1:1], times[1+n:]...) {
		mean += t / float64(len(times)-n)
	}
	for k, t := range times[1 : 1+n] {
		if shares[k] < 1 {
			mean = max(mean, shares[k]*t)
		}
	}
	return mean
}

// memory is what this process has taken from the system so far, in bytes.
func memory() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}
