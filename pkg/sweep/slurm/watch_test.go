//go:build unix

package slurm

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"credo/internal/refusal"
	"credo/pkg/sweep/shard"
)

// A watch outlives a controller that does not answer and sbatch's refusals while anything is in the queue, and ends when all is done.
func TestWatch(t *testing.T) {
	p := pretend(t, 2)
	c := p.client(1)
	once := func(name, first, then string) { // a command that is otherwise at its first call
		marks := filepath.Join(p.dir, name+".called")
		p.command(name, "if [ -e "+marks+" ]; then "+then+"; else touch "+marks+"; "+first+"; fi")
	}
	once("squeue", "echo no contact >&2; exit 1", "true")
	done, misses := make(chan error, 1), make(chan bool, 1)
	say := c.say
	c.say = func(line string) {
		if say(line); strings.Contains(line, "no contact") {
			misses <- true
		}
	}
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	go func() { done <- c.watch(ctx) }()
	select {
	case <-misses:
	case err := <-done:
		t.Fatal(err)
	}
	if all, err := submissions(p.Folder); err != nil || len(all) != 2 {
		t.Errorf("%d submissions, want 2: %v", len(all), err)
	}
	p.finish(t, 1)
	p.finish(t, 2)
	if err := <-done; err != nil {
		t.Error(err)
	}
	p.says("no contact", "nothing is called lost")
	p.says("2 of 2 shards done")
}

// It ends at once where sbatch refuses the first, and with the names of shards that will not be done.
func TestWatchInVain(t *testing.T) {
	p := pretend(t, 2)
	p.command("sbatch", "echo invalid partition >&2; exit 1")
	refusal.Mentions(t, p.client(10).watch(context.Background()), "sbatch refuses", "invalid partition")

	p.command("sbatch", "")
	c := p.client(10)
	p.round(c, never, count{queued: 2}, "[1 2] 100")
	p.queue("CANCELLED|None", "CANCELLED|None")
	p.finish(t, 2)
	refusal.Mentions(t, c.watch(context.Background()), "1 of 2 shards done", "1 given up", "shard 1;")
}

// What is done is done, though the controller has gone for good.
func TestWatchWithoutQueue(t *testing.T) {
	p := pretend(t, 2)
	c := p.client(10)
	p.round(c, never, count{queued: 2}, "[1 2] 100")
	p.command("squeue", "echo no contact >&2; exit 1")
	p.finish(t, 1)
	p.finish(t, 2)
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	if err := c.watch(ctx); err != nil {
		t.Error(err)
	}
}

// Told to stop, it says so, with the status of whoever told it.
func TestWatchStopped(t *testing.T) {
	p := pretend(t, 1)
	ctx, stop := context.WithCancelCause(context.Background())
	stop(shard.Exit{Code: shard.ExitStopped, Err: errors.New("terminated")})
	err := p.client(10).watch(ctx)
	refusal.Mentions(t, err, "stopped (terminated)", "jobs in the queue go on")
	if shard.ExitCode(err) != shard.ExitStopped {
		t.Errorf("exit status %d, want %d", shard.ExitCode(err), shard.ExitStopped)
	}
	if _, err := largest(ctx); shard.ExitCode(err) != shard.ExitStopped {
		t.Errorf("%v, want what it was told", err)
	}
	if strings.Contains(p.calls(), "sbatch") {
		t.Error("it sent jobs after it was told to stop")
	}
}
