// Package parallel has GNU parallel run the shards of a study on the cores of this machine and of others, by ssh.
//
// The folder of the study must be the same path on all of them. Nothing is believed of what parallel
// reports: files tell which shards are done. It may be killed at any time, and what it has started then ends in its own time; the same
// command goes on from there.
package parallel

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"credo/pkg/sweep/shard"
)

// host is one of -hosts: how many of its cores, and its name.
var host = regexp.MustCompile(`^([1-9][0-9]*/)?[^/\s][^/]*$`)

// Engine is the command parallel of a study's program:
//
//	PROGRAM parallel [-out DIR] [-hosts 4/one,8/two,:] [-- OPTIONS OF GNU PARALLEL]
//
// It computes the shards that are not done, one on each core, and merges. A host is written as parallel's --sshlogin has it: cores/name,
// and ':' is this machine, the only one if none is given. A shard that fails, as on a host that is down, is tried again where it failed
// least, as often as there are hosts and once more. A host that does not even refuse holds the shards of its cores until ssh gives up:
// ConnectTimeout in its configuration.
func Engine(ctx context.Context, f *shard.Folder, merge func() error, args []string, out, complaints io.Writer) error {
	flags := flag.NewFlagSet("parallel", flag.ContinueOnError)
	hosts := flags.String("hosts", "", "hosts as `cores/name,...`; ':' is this machine")
	if err := shard.Parse(flags, args, out); err != nil {
		return err
	}
	options, tries := []string{"--termseq", "TERM,5000,KILL,25"}, 3
	if *hosts != "" {
		names := strings.Split(*hosts, ",")
		for _, name := range names {
			if !host.MatchString(name) {
				return shard.Refuse(fmt.Errorf("parallel: no host in -hosts: %q; write cores/name, such as 4/one, or name, or ':' for this machine", name))
			}
		}
		// Not --filter-hosts: its check of a busy host ends parallel with "You have found a bug", and it puts the number of cores that
		// a host has in the place of that given (20221122).
		options, tries = append(options, "--sshlogin", *hosts), 2+len(names)
	}
	options = append(options, "--retries", strconv.Itoa(tries))
	if err := installed(ctx); err != nil {
		return shard.Refuse(err)
	}
	if _, err := f.Install(); err != nil {
		return err
	}
	todo := missing(f)
	if len(todo) > 0 {
		cmd := exec.CommandContext(ctx, "parallel", append(options, flags.Args()...)...)
		cmd.Stdin = lines(f, todo)
		cmd.Stderr = complaints
		cmd.Cancel = func() error {
			cmd.Process.Signal(syscall.SIGTERM) // no more begin
			return cmd.Process.Signal(syscall.SIGTERM)
		}
		cmd.WaitDelay = 10 * time.Second
		ended := make(chan bool)
		go func() {
			for {
				select {
				case <-ended:
					return
				case <-time.After(10 * time.Second):
					fmt.Fprintf(out, "%d of %d shards done\n", f.Plan().Shards-len(missing(f)), f.Plan().Shards)
				}
			}
		}()
		err := cmd.Run()
		ended <- true // it prints no more
		if ctx.Err() != nil {
			return fmt.Errorf("parallel: stopped (%w); what has been computed is kept, and the same command goes on from there", context.Cause(ctx))
		}
		if left := missing(f); err != nil && len(left) == len(todo) {
			return fmt.Errorf("parallel: no shard was done: %w", err)
		}
	}
	return merge()
}

// installed returns an error unless GNU parallel is; moreutils has another program of this name.
func installed(ctx context.Context) error {
	version, err := exec.CommandContext(ctx, "parallel", "--version").CombinedOutput()
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	if !bytes.Contains(version, []byte("GNU parallel")) {
		return fmt.Errorf("parallel: GNU parallel is not installed; on Debian: apt-get install parallel")
	}
	return nil
}

// missing are the shards that are not done.
func missing(f *shard.Folder) (shards []int) {
	for i := 1; i <= f.Plan().Shards; i++ {
		if f.Look(i).State != shard.Done {
			shards = append(shards, i)
		}
	}
	return shards
}

// lines are the command lines of shards, one core each.
func lines(f *shard.Folder, shards []int) io.Reader {
	var b strings.Builder
	for _, i := range shards {
		b.WriteString(shard.Shell(append([]string{"env", "GOMAXPROCS=1"}, f.Command(i)...)) + "\n")
	}
	return strings.NewReader(b.String())
}
