package shard

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"credo/internal/durable"
)

// Look tells the state of a shard by the study's files; see [Work].
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
