package sweep

import (
	"context"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"credo/pkg/experiment"
	"credo/pkg/sweep/shard"
)

// opened is a session for a study of 300 points whose runs last so long at most, by their point.
func opened(t *testing.T, lasts func(x float64) time.Duration) *session {
	t.Helper()
	x := make([]float64, 300)
	for k := range x {
		x[k] = float64(k)
	}
	s := &session{name: "P", design: &experiment.Design{Name: "s", Points: experiment.Grid{{Name: "x", Values: x}},
		Measure: func(ctx context.Context, r experiment.Run, _ *rand.Rand) (experiment.Values, error) {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(lasts(r.At["x"])):
				return experiment.Values{"a": 1}, nil
			}
		}}}
	if _, err := s.read([]string{"-out", filepath.Join(t.TempDir(), "s")}); err != nil {
		t.Fatal(err)
	}
	return s
}

// The ends of a parameter of Measure's own are timed, be they one run of many.
func TestPilot(t *testing.T) {
	s := opened(t, func(x float64) time.Duration {
		if x == 299 {
			return time.Second
		}
		return 100 * time.Millisecond
	})
	e, err := s.pilot(t.Context())
	if err != nil || e.Slowest < 1 || e.Seconds < 0.1 || e.Seconds > 0.3 || e.Timed < 5 {
		t.Errorf("%+v, %v; want the second of the largest x among runs of 0.1 s", e, err)
	}
}

// The mean is that of the runs timed at random, if all are of one size, and not less than an end needs alone.
func TestPredict(t *testing.T) {
	few := []float64{0.25, 0.75}
	for _, c := range []struct {
		times, sizes, all, shares []float64
		mean, slowest             float64
	}{
		{[]float64{2}, nil, nil, few, 2, 2},
		{[]float64{2, 4}, nil, nil, few, 2, 4},
		{[]float64{2, 100}, nil, nil, few, 25, 100},
		{[]float64{2, 4, 4}, nil, nil, few, 3, 4},
		{[]float64{2, 4, 1, 3, 7}, nil, nil, few, 4, 7},
		{[]float64{2, 100, 1, 3, 7}, nil, nil, few, 25, 100},
		{[]float64{2, 4}, nil, nil, nil, 3, 4},
		{[]float64{2, 4}, nil, nil, []float64{1}, 2, 4},                                                        // one value only: no more than any other run
		{[]float64{1, 2, 3}, []float64{1, 2, 3}, []float64{1, 2, 3, 94}, nil, 25, 94},                          // as size
		{[]float64{5, 6}, []float64{1, 2}, []float64{1, 2, 97, 100}, nil, 54, 104},                             // and what each takes besides
		{[]float64{3, 2, 1}, []float64{1, 2, 3}, []float64{1, 2, 3, 94}, nil, 2, 3},                            // larger ones take no less
		{[]float64{0.5, 0.5, 9}, []float64{1, 1, 3}, []float64{1, 1, 3, 15}, nil, 28. / 11 * 5, 28. / 11 * 15}, // (½ + ½ + 27)/11 a size, times 5 and 15
	} {
		if c.all == nil {
			c.sizes, c.all = slices.Repeat([]float64{1}, len(c.times)), []float64{1}
		}
		mean, slowest := predict(c.times, c.sizes, c.all, c.shares)
		if math.Abs(mean-c.mean) > 1e-12 || math.Abs(slowest-c.slowest) > 1e-12 {
			t.Errorf("%v of %v: %v and %v, want %v and %v", c.times, c.sizes, mean, slowest, c.mean, c.slowest)
		}
	}
}

// said tells of the first words that are written.
type said chan string

func (s said) Write(b []byte) (int, error) {
	s <- string(b)
	return len(b), nil
}

// Where one run takes an hour the program says what it does, and to interrupt it leaves nothing.
func TestPilotOfAnHour(t *testing.T) {
	if testing.Short() {
		t.Skip("it says so after 5 s")
	}
	s := opened(t, func(float64) time.Duration { return time.Hour })
	words := make(said, 1)
	s.errs = words
	ctx, stop := context.WithCancelCause(t.Context())
	go func() {
		if text := <-words; !strings.Contains(text, "Runs are timed") {
			t.Errorf("it says %q", text)
		}
		stop(shard.Exit{Code: shard.ExitInterrupt, Err: context.Canceled})
	}()
	_, err := s.cut(ctx, 0, true)
	if err == nil || shard.ExitCode(err) != shard.ExitInterrupt || !strings.Contains(err.Error(), "P run -shard i/K cuts a study in K shards without timing") {
		t.Errorf("%v", err)
	}
	if left, _ := filepath.Glob(s.dir); len(left) > 0 {
		t.Errorf("%q is left", left)
	}
}
