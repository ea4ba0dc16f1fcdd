package slurm

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"credo/internal/progress"
	"credo/pkg/sweep/shard"
)

// Send sends all shards of a study that are not done and not in the queue.
func Send(ctx context.Context, f *shard.Folder, set Settings, say func(string)) error {
	c, err := open(ctx, f, set, say)
	if err != nil {
		return err
	}
	n, err := c.round(ctx, 0)
	if err == nil {
		c.say(n.String())
	}
	return err
}

// Watch sends all shards and stays until they are done: it sends again what was lost, and says what hinders. It returns an error
// that names the shards that will not be done: cancelled, or sent again and again without progress. Its end, by ctx too, leaves
// the jobs in the queue, and another client goes on from there.
//
// It goes on while the controller does not answer and while sbatch refuses, as long as anything is in the queue.
func Watch(ctx context.Context, f *shard.Folder, set Settings, say func(string)) error {
	c, err := open(ctx, f, set, say)
	if err != nil {
		return err
	}
	return c.watch(ctx)
}

func (c *client) watch(ctx context.Context) error {
	var before count
	var trouble string
	begin, pause := time.Now(), c.Poll
	first := -1 // shards done at the start
	for {
		n, err := c.round(ctx, c.Grace)
		inQueue := n.running + n.queued + n.held
		switch {
		case n.done == c.Plan().Shards: // whatever the queue says, or does not
			c.say(n.String())
			return nil
		case ctx.Err() != nil:
			return fmt.Errorf("slurm: stopped (%w); the jobs in the queue go on, and a new watch goes on from there", context.Cause(ctx))
		case errors.Is(err, errRefused) && inQueue == 0:
			return err
		case err != nil:
			if err.Error() != trouble {
				c.say(err.Error() + "; nothing is called lost, and it is tried again")
			}
			trouble = err.Error()
		case inQueue+n.lost == 0:
			return fmt.Errorf("slurm: %v: %s; what hinders was said above, and a new watch sends them again", n, list("shard", slices.Sorted(maps.Keys(c.left))))
		default:
			trouble = ""
			if first < 0 {
				first = n.done
			}
			if n != before {
				c.say(n.String() + progress.Left(n.done-first, c.Plan().Shards-first, time.Since(begin)))
				before, pause = n, c.Poll
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
		pause = min(pause*3/2, 6*c.Poll)
	}
}
