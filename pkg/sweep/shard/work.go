package shard

import (
	"context"
	"fmt"
	"io"
	"strings"
)

// Work is a study as an engine sees it.
type Work interface {
	// Plan is how the study is cut.
	Plan() Plan
	// Estimate is the time and the memory of a run; zero if they were not measured.
	Estimate() Estimate
	// Dir is the study's folder, an absolute path.
	Dir() string
	// Look tells the state of a shard by the study's files, 1 ≤ shard ≤ Plan().Shards.
	Look(shard int) Status
	// Command is the command line that computes a shard, with absolute paths: PROGRAM … run -shard i/K -out DIR.
	// The program is the copy in the folder if Install was called, otherwise this one. It needs no environment
	// and no working folder.
	Command(shard int) []string
	// Install puts a copy of the running program into the folder, so that other machines find it and
	// building this one anew changes nothing. It returns its path. It may be called again.
	Install() (program string, err error)
	// Write writes a file of the folder whole or not at all.
	Write(name string, content []byte) error
	// Merge checks all shards and writes the table; an [Exit] with ExitIncomplete if some are not done.
	Merge() error
}

// Engine is a command that distributes shards: its arguments after the command's own name and -out, where it prints, and the study.
// It ends when the context does. Its error is a sentence; an [Exit] tells the status with which the program ends.
type Engine func(ctx context.Context, w Work, args []string, out, complaints io.Writer) error

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
	Done, Runs int      // runs that are kept, in the result or in parts, of how many
	Reason     string   // a sentence, for Failed, Refused and Started
}

// Few writes the first five of many, and how many more there are.
func Few(all []string, separator string) string {
	const most = 5
	text := strings.Join(all[:min(most, len(all))], separator)
	if len(all) > most {
		text += fmt.Sprintf(" and %d more", len(all)-most)
	}
	return text
}
