package slurm

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// task is one line of the queue: an element of an array job.
type task struct {
	place
	array  string        // the array's number, by which it is cancelled
	state  string        // as RUNNING; see squeue(1)
	ran    time.Duration // since its start
	reason string        // why it waits or failed
}

// whole is the index of a line that stands for all tasks of an array that have none, as those that had not begun when it was cancelled.
const whole = -1

// id is how Slurm's commands name it.
func (t task) id() string { return strings.TrimSuffix(fmt.Sprintf("%s_%d", t.array, t.index), "_-1") }

// taskFormat is what squeue prints of each task; the reason is last, as it may hold anything.
const taskFormat = "%j|%F|%K|%T|%M|%r"

func parseTask(line string) (t task, ok bool) {
	f := strings.SplitN(line, "|", 6)
	if len(f) != 6 {
		return task{}, false
	}
	index, err := strconv.Atoi(strings.Replace(f[2], "N/A", "-1", 1))
	// squeue prints a reason with spaces, scontrol with underscores.
	return task{place{f[0], index}, f[1], f[3], elapsed(f[4]), strings.ReplaceAll(f[5], " ", "_")}, err == nil
}

// elapsed reads [days-][hours:]minutes:seconds; what is none of it counts as 0.
func elapsed(s string) time.Duration {
	days, clock, found := strings.Cut(s, "-")
	if !found {
		days, clock = "0", s
	}
	d, _ := strconv.Atoi(days)
	seconds := 0
	for unit := range strings.SplitSeq(clock, ":") {
		n, _ := strconv.Atoi(unit)
		seconds = 60*seconds + n
	}
	return time.Duration(86400*d+seconds) * time.Second
}

// fate is what a task's state means for its shard.
type fate int

const (
	ended     fate = iota // whether well, the files tell
	alive                 // waits, runs or is about to; so is a state that is not known here
	held                  // waits until somebody releases it, who held it on purpose
	stuck                 // waits for ever after a fault of the cluster: cancelled and sent again
	hopeless              // waits for ever, and another one would too
	cancelled             // by somebody, on purpose; not sent again by this client
	starved               // killed for its memory
)

// fates of the states in which a task is not alive.
var fates = map[string]fate{
	"COMPLETED": ended, "FAILED": ended, "TIMEOUT": ended, "NODE_FAIL": ended, "BOOT_FAIL": ended,
	"DEADLINE": ended, "PREEMPTED": ended, "REVOKED": ended,
	"CANCELLED": cancelled, "OUT_OF_MEMORY": starved,
}

// reasons for which a task that waits does not get on by waiting.
var reasons = map[string]fate{
	"JobHeldUser": held, "JobHeldAdmin": held,
	"launch_failed_requeued_held": stuck, "job_requeued_in_held_state": stuck,
	"PartitionConfig": hopeless, "BadConstraints": hopeless, "DependencyNeverSatisfied": hopeless,
	"InvalidAccount": hopeless, "InvalidQOS": hopeless, "PartitionTimeLimit": hopeless, "PartitionNodeLimit": hopeless,
}

// fate of a task of so long a limit. One that runs ten minutes beyond it has lost its keeper.
func (t task) fate(limit time.Duration) fate {
	switch f, over := fates[t.state]; {
	case over:
		return f
	case t.state != "RUNNING" && reasons[t.reason] != ended:
		return reasons[t.reason]
	case t.state == "RUNNING" && t.ran > limit+10*time.Minute:
		return ended
	}
	return alive
}
