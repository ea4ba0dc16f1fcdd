package slurm

import (
	"context"
	"fmt"
	"math"

	"credo/pkg/sweep/shard"
)

// Queue is what the queue says of the shards that are not done and were sent. An error says nothing about them. Nobody is
// asked about a study of which nothing was sent.
func Queue(ctx context.Context, f *shard.Folder) (map[int]string, error) {
	all, err := submissions(f)
	if err != nil {
		return nil, err
	}
	c := newClient(f, Settings{}, 0, nil)
	for i := 1; i <= f.Plan().Shards; i++ {
		c.done[i] = f.Look(i).State == shard.Done
	}
	sights, err := c.sights(ctx, all)
	if err != nil {
		return nil, err
	}
	says := make(map[int]string)
	for i, of := range sights {
		if c.done[i] {
			continue
		}
		says[i] = "no longer in the queue"
		if _, told := verdict(of, math.MaxInt64, nil); told.task != nil {
			says[i] = fmt.Sprintf("%s (%s) in the queue, as %s", told.task.state, told.task.reason, told.task.id())
		}
	}
	return says, nil
}
