package experiment_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/experiment"
	"credo/pkg/model"
)

func TestEnsembleIsTheSameOnAnyNumberOfCores(t *testing.T) {
	a := lesson.HalfLoad(t, 40, 1)
	learn := func(ctx context.Context, i int) ([]float64, error) {
		l := lesson.Circuit().Learner(model.NewNeuron(40, 20), 0.1)
		_, err := l.Train(ctx, a, 50, model.Stream(7, uint64(i)))
		return l.Neuron.Excitatory, err
	}
	var want [][]float64
	for i := range 12 {
		w, err := learn(context.Background(), i)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, w)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, cores := range []int{1, 2, 8} {
		runtime.GOMAXPROCS(cores)
		calls := make(map[int]bool)
		got, err := experiment.Ensemble(context.Background(), len(want), learn, func(i int, result []float64) {
			if calls[i] || !slices.Equal(result, want[i]) {
				t.Errorf("run %d is done twice, or with another result", i)
			}
			calls[i] = true
		})
		if err != nil || !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%d cores: other results, error %v", cores, err)
		}
		if len(calls) != len(want) {
			t.Errorf("%d cores: %d runs done", cores, len(calls))
		}
	}
}

func TestEnsembleStops(t *testing.T) {
	broken := errors.New("broken")
	var tried atomic.Int64
	got, err := experiment.Ensemble(context.Background(), 1000, func(_ context.Context, i int) (int, error) {
		tried.Add(1)
		if i >= 5 {
			return 0, broken
		}
		return i * i, nil
	}, nil)
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "run 5 of 1000") || !slices.Equal(got, []int{0, 1, 4, 9, 16}) {
		t.Errorf("got %v, error %v", got, err)
	}
	if n := int(tried.Load()); n > 5+runtime.GOMAXPROCS(0) {
		t.Errorf("%d runs begun after the first had failed", n)
	}

	ctx, cancel := context.WithCancel(context.Background())
	var begun atomic.Int64
	got, err = experiment.Ensemble(ctx, 1000, func(context.Context, int) (int, error) {
		if begun.Add(1) == 3 {
			cancel()
		}
		return 1, nil
	}, nil)
	if !errors.Is(err, context.Canceled) || len(got) > 20 || begun.Load() > 20 {
		t.Errorf("%d results of %d runs, error %v", len(got), begun.Load(), err)
	}

	if _, err := experiment.Ensemble(context.Background(), -1, func(context.Context, int) (int, error) { return 0, nil }, nil); err == nil {
		t.Error("-1 runs is no error")
	}
	if got, err := experiment.Ensemble(context.Background(), 0, func(context.Context, int) (int, error) { return 0, nil }, nil); err != nil || len(got) != 0 {
		t.Errorf("0 runs: %v, %v", got, err)
	}
}

// Student's t for n = 3 and 95 percent is 4.302653 (tables): for 1, 2, 3 the
// half-width is 4.302653/√3.
func TestInterval(t *testing.T) {
	v := experiment.NewInterval([]float64{1, 2, 3}, 0.95)
	if v.Mean != 2 || v.N != 3 || math.Abs(v.Half-4.302653/math.Sqrt(3)) > 1e-6 {
		t.Errorf("%+v", v)
	}
	if one := experiment.NewInterval([]float64{4}, 0.95); one.Mean != 4 || !math.IsNaN(one.Half) {
		t.Errorf("one value: %+v", one)
	}
	if none := experiment.NewInterval(nil, 0.95); !math.IsNaN(none.Mean) || !math.IsNaN(none.Half) {
		t.Errorf("no value: %+v", none)
	}
	defer func() {
		if recover() == nil {
			t.Error("level 1 does not panic")
		}
	}()
	experiment.NewInterval(nil, 1)
}

// Of 95-percent intervals from five Gaussian values, 95 percent cover.
func TestIntervalCovers(t *testing.T) {
	const sets = 20000
	rng, covered := model.Stream(1, 1), 0
	for range sets {
		v := make([]float64, 5)
		for i := range v {
			v[i] = rng.NormFloat64()
		}
		if i := experiment.NewInterval(v, 0.95); math.Abs(i.Mean) <= i.Half {
			covered++
		}
	}
	if share := float64(covered) / sets; math.Abs(share-0.95) > 4*math.Sqrt(0.95*0.05/sets) {
		t.Errorf("%.4f cover, want 0.95", share)
	}
}

func ExampleEnsemble() {
	squares, err := experiment.Ensemble(context.Background(), 5, func(_ context.Context, i int) (float64, error) {
		return float64(i * i), nil
	}, nil)
	fmt.Println(squares, err)
	fmt.Println(experiment.NewInterval(squares, 0.95))
	// Output:
	// [0 1 4 9 16] <nil>
	// 6 ± 8.2 (n = 5)
}
