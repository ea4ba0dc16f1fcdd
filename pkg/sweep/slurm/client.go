package slurm

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"credo/pkg/sweep/shard"
)

// client sends shards and watches them. What it keeps in memory only is what it has seen and done itself.
type client struct {
	*shard.Folder
	Settings
	say     func(string)
	largest int // tasks of an array

	watched  bool              // the queue has answered once
	done     map[int]bool      // shards
	ended    map[int]time.Time // when a shard was first seen ended without a result
	sent     map[int]sending   // shards that this client sent
	left     map[int]string    // shards that it does not send any more, and why
	forgiven map[place]bool    // whose cancellation is no word of a user to this client: earlier ones, and its own
	notes    map[string][]int  // what is to be said of which shards in this round
	told     map[string][]int  // the same of the last one
	closed   string            // what was said of nodes
}

// sending is how often this client sent a shard since it had kept so many runs.
type sending struct{ times, kept int }

// open checks what is asked, and puts the program where the nodes find it.
func open(ctx context.Context, f *shard.Folder, set Settings, say func(string)) (*client, error) {
	set, err := set.fill(f)
	if err != nil {
		return nil, shard.Refuse(err)
	}
	most, err := largest(ctx)
	if err != nil {
		return nil, err
	}
	program, err := f.Install()
	if err != nil {
		return nil, err
	}
	if err := Static(program); err != nil {
		return nil, shard.Refuse(err)
	}
	return newClient(f, set, most, say), nil
}

func newClient(f *shard.Folder, set Settings, largest int, say func(string)) *client {
	return &client{
		Folder: f, Settings: set, say: say, largest: largest, done: make(map[int]bool), ended: make(map[int]time.Time),
		sent: make(map[int]sending), left: make(map[int]string), forgiven: make(map[place]bool), notes: make(map[string][]int),
	}
}

// sights asks the queue for all shards of submissions.
func (c *client) sights(ctx context.Context, all []submission) (map[int][]sight, error) {
	var names []string
	for _, s := range all {
		for _, n := range s.shards {
			if !c.done[n] {
				names = append(names, s.name)
				break
			}
		}
	}
	queue, err := tasks(ctx, names)
	if err != nil {
		return nil, err
	}
	at := make(map[place]*task)
	for _, t := range queue {
		at[t.place] = &t
	}
	of := make(map[int][]sight)
	for _, s := range all {
		for i, n := range s.shards {
			p := place{s.name, i}
			t := cmp.Or(at[p], at[place{s.name, whole}])
			if !c.watched && t != nil && fates[t.state] == cancelled {
				c.forgiven[p] = true // who starts a client wants what is missing
			}
			of[n] = append(of[n], sight{p, t})
		}
	}
	c.watched = true
	return of, nil
}

// log is what a task has printed, and Slurm about it.
func (c *client) log(p place) (string, error) {
	text, err := os.ReadFile(logFile(c.Folder, p.submission, fmt.Sprint(p.index)))
	return strings.TrimSpace(string(text)), err
}

// lastWords are the last lines of it.
func (c *client) lastWords(p place) string {
	text, err := c.log(p)
	switch {
	case err != nil:
		return fmt.Sprintf("it has left no log: is %s the same folder on all nodes, and can they write there?", c.Dir())
	case text == "":
		return "its log is empty"
	}
	lines := strings.Split(text, "\n")
	return strings.Join(lines[max(0, len(lines)-3):], "; ")
}
