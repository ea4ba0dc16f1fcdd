package slurm

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// attempts is how often a shard is sent without any progress.
const attempts = 3

// loss is a shard that is neither done nor in the queue.
type loss struct {
	shard  int
	kept   int   // runs
	memory int   // MB for the next task
	last   place // where it was last
}

// resend sends what is lost, shards of equal memory together; number is that of submissions before. It leaves what has
// been sent often enough without progress, and counts both.
func (c *client) resend(ctx context.Context, lost []loss, number int, n *count) error {
	groups := make(map[int][]int)
	for _, l := range lost {
		s := c.sent[l.shard]
		if l.kept > s.kept {
			s = sending{0, l.kept}
		}
		c.sent[l.shard] = s
		if s.times == attempts {
			c.left[l.shard] = fmt.Sprintf("sent %d times, for %d min, without progress: %s", attempts, c.Minutes, c.lastWords(l.last))
			n.lost, n.left = n.lost-1, n.left+1
			c.note(l.shard, "%s", c.left[l.shard])
			continue
		}
		groups[l.memory] = append(groups[l.memory], l.shard)
	}
	for _, memory := range slices.Sorted(maps.Keys(groups)) {
		for part := range slices.Chunk(groups[memory], c.largest) {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			number++
			s, err := send(ctx, c.Folder, c.Settings, number, part, memory)
			if errors.Is(err, errRefused) {
				return err
			}
			for _, i := range part { // what is not certain counts as sent: the queue will tell
				c.sent[i] = sending{c.sent[i].times + 1, c.sent[i].kept}
				delete(c.ended, i)
			}
			if err != nil {
				return err
			}
			n.lost, n.queued = n.lost-len(part), n.queued+len(part)
			c.say(fmt.Sprintf("%s: sent as %s", list("shard", part), s.name))
		}
	}
	return nil
}
