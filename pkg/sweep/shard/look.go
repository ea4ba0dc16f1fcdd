package shard

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"credo/internal/durable"
)

// State is what a study's files tell of a shard.
type State string

const (
	Done    State = "done"    // a valid result is there
	Running State = "running" // not done; a process of this machine that computes it is alive
	Started State = "started" // not done; attempts have left runs, none is known to be alive: ended, killed, or at work on another machine
	Failed  State = "failed"  // not done; runs ended with an error at the last attempt that came to an end
	Refused State = "refused" // a result is there that is not this shard's, or is damaged; running the shard replaces it
	Missing State = "missing" // nothing is there
)

// Status is what is known of a shard.
type Status struct {
	Shard      int
	State      State
	Done, Runs int    // runs that are kept, in the result or in parts, of how many
	Reason     string // a sentence, for Failed, Refused and Started
}

// Look tells the state of a shard by the study's files, 1 ≤ shard ≤ Plan().Shards.
func (f *Folder) Look(shard int) Status {
	s := Status{Shard: shard, State: Missing, Runs: f.plan.Size(shard)}
	_, err := f.Result(shard)
	if err == nil {
		s.State, s.Done = Done, s.Runs
		return s
	}
	if !isMissing(err) {
		s.State, s.Reason = Refused, err.Error()
	}
	parts, doubts := f.parts(shard)
	var rows Rows
	running := false
	var elsewhere []string
	here, _ := os.Hostname()
	for _, p := range parts {
		if err := rows.add(p.Rows); err != nil {
			doubts = append(doubts, err)
		}
		switch {
		case p.host == here:
			running = running || durable.Alive(p.pid)
		case !slices.Contains(elsewhere, p.host):
			elsewhere = append(elsewhere, p.host)
		}
	}
	s.Done = len(rows.Values)
	failed, _ := os.ReadFile(f.path("failed", fmt.Sprintf("%05d.txt", shard)))
	switch {
	case running:
		s.State = Running
	case s.State == Refused:
	case len(failed) > 0:
		count, first, _ := strings.Cut(string(failed), "\n")
		first, _, _ = strings.Cut(first, "\n")
		s.State, s.Reason = Failed, count+", first "+strings.TrimPrefix(first, "experiment: ")
	case len(elsewhere) > 0:
		s.State, s.Reason = Started, fmt.Sprintf("computed on %s, where it ended early or is going on", strings.Join(elsewhere, ", "))
	case len(parts) > 0:
		s.State, s.Reason = Started, "it ended early; run goes on from there"
	}
	for _, d := range doubts {
		s.Reason = strings.TrimSpace(s.Reason + " " + d.Error())
	}
	return s
}
