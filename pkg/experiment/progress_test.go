package experiment_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"credo/internal/progress"
	"credo/pkg/experiment"
)

// An ensemble tells how many of its runs have ended, from none to all, also if one fails, and nothing of those inside its runs.
func TestProgress(t *testing.T) {
	var mu sync.Mutex
	var said []int
	progress.Watch(func(done, total int) {
		mu.Lock()
		defer mu.Unlock()
		if said = append(said, done); total != 5 {
			t.Errorf("%d of %d", done, total)
		}
	})
	defer progress.Watch(func(int, int) {})
	run := func(ctx context.Context, i int) (int, error) {
		_, err := experiment.Ensemble(ctx, 3, func(context.Context, int) (int, error) { return 0, nil }, nil)
		return i, err
	}
	if _, err := experiment.Ensemble(context.Background(), 5, run, nil); err != nil || !slices.Equal(said, []int{0, 1, 2, 3, 4, 5, 5}) {
		t.Errorf("%v, %v", said, err)
	}
	said = nil
	fails := func(context.Context, int) (int, error) { return 0, errors.New("x") }
	if _, err := experiment.Ensemble(context.Background(), 5, fails, nil); err == nil || said[0] != 0 || said[len(said)-1] != 5 {
		t.Errorf("%v, %v", said, err)
	}
}
