//go:build unix

package experiment_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"sync"
	"syscall"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/experiment"
)

// An interrupt from the keyboard, as a notebook sends it to a cell, ends a study with the rows that there are.
func TestRunInterrupted(t *testing.T) {
	d := first(1, 2, 3, 4, 5, 6)
	measure := d.Measure
	// Once: a second interrupt, sent after the first has ended the study, may come when nobody asks for it any more, and ends the test.
	interrupt := sync.OnceValue(func() error { return syscall.Kill(os.Getpid(), syscall.SIGINT) })
	d.Measure = func(ctx context.Context, r experiment.Run, rng *rand.Rand) (experiment.Values, error) {
		if r.At["x"] == 3 {
			if err := interrupt(); err != nil {
				t.Error(err)
			}
			<-ctx.Done()
			return nil, ctx.Err()
		}
		return measure(ctx, r, rng)
	}
	table, err := d.Run(context.Background())
	if !errors.Is(err, context.Canceled) || len(table.Rows) < 6 || len(table.Rows) > 9 {
		t.Errorf("%d rows, %v", len(table.Rows), err)
	}
	refusal.Mentions(t, err, "of 18 runs ended")
}
