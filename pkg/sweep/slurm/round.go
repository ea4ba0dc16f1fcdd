package slurm

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"credo/pkg/sweep/shard"
)

// count is how many shards stand how: done, running, in the queue, held there, ended without a result, given up.
type count struct{ done, running, queued, held, lost, left int }

func (n count) String() string {
	text := fmt.Sprintf("%d of %d shards done", n.done, n.done+n.running+n.queued+n.held+n.lost+n.left)
	for _, part := range []struct {
		number int
		what   string
	}{{n.running, "running"}, {n.queued, "in the queue"}, {n.held, "held"}, {n.lost, "ended without a result"}, {n.left, "given up"}} {
		if part.number > 0 {
			text += fmt.Sprintf(", %d %s", part.number, part.what)
		}
	}
	return text
}

// round asks the queue, then looks at the files, in this order, so that a shard that ends in between has its file by then; and
// sends what has been lost for that long. An error means that nothing new is known of the queue: nothing is called lost then.
func (c *client) round(ctx context.Context, grace time.Duration) (n count, err error) {
	defer c.sayNotes()
	all, err := submissions(c.Folder)
	if err != nil {
		return n, err
	}
	sights, unknown := c.sights(ctx, all)
	_, _ = os.ReadDir(filepath.Join(c.Dir(), "results")) // has NFS look for files of other machines
	var lost []loss
	for i := 1; i <= c.Plan().Shards; i++ {
		var state shard.Status
		if !c.done[i] {
			state = c.Look(i)
			c.done[i] = state.State == shard.Done
		}
		if c.done[i] {
			n.done++
			continue
		}
		if unknown != nil {
			continue
		}
		if why := c.left[i]; why != "" {
			c.note(i, "%s", why)
			n.left++
			continue
		}
		fate, told := verdict(sights[i], time.Duration(c.Minutes)*time.Minute, c.forgiven)
		switch fate {
		case ended, starved:
			n.lost++
			if c.ended[i].IsZero() {
				c.ended[i] = time.Now()
			}
			if told.submission == "" || time.Since(c.ended[i]) >= grace {
				lost = append(lost, loss{i, state.Done, c.need(i, all, fate, told), told.place})
			}
			continue
		case alive:
			if told.task.state == "RUNNING" || told.task.state == "COMPLETING" {
				n.running++
			} else {
				n.queued++
			}
		case held:
			n.held++
			c.note(i, "held (%s); scontrol release %s", told.task.reason, told.task.array)
		case stuck:
			n.queued++
			c.note(i, "stuck (%s); cancelled, to be sent again", told.task.reason)
			c.forgiven[told.place] = true
			if _, err := call(ctx, 30*time.Second, "scancel", told.task.id()); err != nil {
				return n, err
			}
		case hopeless:
			n.left++
			c.note(i, "waiting for ever (%s); scancel -n %s, and give other options", told.task.reason, told.submission)
		case cancelled:
			n.left++
			c.left[i] = "cancelled, and not sent again by this client"
			c.note(i, "%s", c.left[i])
		}
		delete(c.ended, i)
	}
	if unknown != nil {
		return n, unknown
	}
	if n.held > 0 || n.running == 0 && n.queued > 0 {
		c.nodes(ctx)
	}
	err = c.resend(ctx, lost, len(all), &n)
	return n, err
}

// need is the memory in MB for the next task of a shard: as much as the last one had, twice that if it was killed
// for it. Without control groups the log alone tells that it was.
func (c *client) need(i int, all []submission, f fate, last sight) int {
	memory := c.Memory
	for _, s := range all {
		if slices.Contains(s.shards, i) {
			memory = max(memory, s.memory)
		}
	}
	text, _ := c.log(last.place) // of a shard that was not sent there is none
	if f == starved || strings.Contains(text, "exceeded memory limit") || strings.Contains(text, "Exceeded job memory limit") {
		memory *= 2
		c.note(i, "killed for its memory; %d MB at the next time", memory)
	}
	return memory
}

// nodes says which nodes take no jobs.
func (c *client) nodes(ctx context.Context) {
	all, err := closed(ctx)
	if err != nil || len(all) == 0 {
		return // what hinders is not known; the round is not in vain
	}
	line := "nodes that take no jobs: " + shard.Few(all, ", ")
	if c.closed != line {
		c.say(line)
	}
	c.closed = line
}
