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
	ends := s.ends(dealt)
	todo := dealt[:1:1]
	for _, end := range ends {
		todo = append(todo, end.run)
	}
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
	e.Timed, e.Slowest, e.Seconds, e.Memory = len(times), slices.Max(times), mean(times, ends), memory()
	return e, nil
}

// end is the runs with the largest or smallest value of a parameter: one of them, and their share of all.
type end struct {
	run   int
	share float64
}

func (s *session) ends(runs []int) (ends []end) {
	if s.design.Points == nil {
		return nil
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
			ends = append(ends, end{run, float64(n) / float64(len(runs))})
		}
	}
	return ends
}

// mean estimates the mean time of all runs by that of the random ones, but by no less than what the runs of one end take alone.
func mean(times []float64, ends []end) float64 {
	n := min(len(ends), len(times)-1)
	sum := times[0]
	for _, t := range times[1+n:] {
		sum += t
	}
	mean := sum / float64(len(times)-n)
	for k, t := range times[1 : 1+n] {
		if ends[k].share < 1 {
			mean = max(mean, ends[k].share*t)
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
