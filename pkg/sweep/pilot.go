package sweep

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"time"

	"credo/pkg/experiment"
	"credo/pkg/sweep/shard"

	"gonum.org/v1/gonum/stat"
)

// pilot times runs on all cores, until two seconds or a thousand runs are over and each core has made one: the first of all runs as they are
// dealt, then one at each end of each parameter that only Measure knows, then others as they are dealt, which is at random. What the design's own
// parameters cost follows from the size of runs.
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
	sizes, err := s.sizes(ctx)
	if err != nil {
		return e, err
	}
	of := make([]float64, len(times))
	for k := range times {
		of[k] = sizes[todo[k]/s.runs.Seeds()]
	}
	e.Timed, e.Memory = len(times), memory()
	e.Seconds, e.Slowest = predict(times, of, sizes, shares)
	return e, nil
}

// sizes are what training costs at each point, up to a factor: channels × patterns × epochs.
func (s *session) sizes(ctx context.Context) ([]float64, error) {
	d := *s.design
	d.Seeds = 1
	d.Measure = func(_ context.Context, r experiment.Run, _ *rand.Rand) (experiment.Values, error) {
		t := r.Design.Task
		return experiment.Values{"size_of_run": float64(t.Channels) * float64(t.Patterns) * float64(r.Design.Epochs())}, nil
	}
	t, err := d.Run(ctx)
	if err != nil {
		return nil, err
	}
	return t.Column("size_of_run"), nil
}

// ends finds for each parameter of Measure's own a run with its largest and one with its smallest value, and the shares of the runs that have these.
func (s *session) ends(runs []int) (ends []int, shares []float64) {
	if s.design.Points == nil {
		return nil, nil
	}
	names, points, _ := s.design.Points.Points()
	for k, name := range names {
		if _, err := s.design.Set(name, points[0][k]); err == nil {
			continue // the design's own: its cost is in the size
		}
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

// predict estimates the mean time of all runs and the time of the slowest from those of runs of some sizes: the first, then ends that are
// shares of all runs, then others at random. These tell a line, time = a + b size with a, b ≥ 0, by least squares, which is averaged over the
// sizes of all; but the mean is no less than what the share of an end takes alone.
func predict(times, of, all, shares []float64) (mean, slowest float64) {
	n := min(len(shares), len(times)-1)
	x, y := append(of[:1:1], of[1+n:]...), append(times[:1:1], times[1+n:]...)
	a, b := stat.LinearRegression(x, y, nil, false)
	switch {
	case !(b > 0): // NaN where all are of one size
		a, b = stat.Mean(y, nil), 0
	case a < 0:
		_, b = stat.LinearRegression(x, y, nil, true)
		a = 0
	}
	mean = a + b*stat.Mean(all, nil)
	for k, t := range times[1 : 1+n] {
		if shares[k] < 1 {
			mean = max(mean, shares[k]*t)
		}
	}
	return mean, max(slices.Max(times), a+b*slices.Max(all))
}

// memory is what this process has taken from the system so far, in bytes.
func memory() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}
