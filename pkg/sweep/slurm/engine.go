package slurm

import (
	"context"
	"flag"
	"fmt"
	"io"

	"credo/pkg/sweep/shard"
)

// Engine is the command slurm of a study's program:
//
//	PROGRAM slurm [-out DIR] [-watch] [-minutes M] [-memory MB] [-throttle T] [-anyway] [-poll D] [-grace D] [-- OPTIONS OF SBATCH]
//
// It writes and sends array jobs for all shards that are not done and not in the queue; with -watch it stays until they are
// done, sends again what was lost, and merges.
func Engine(ctx context.Context, f *shard.Folder, merge func() error, args []string, out, _ io.Writer) error {
	var set Settings
	flags := flag.NewFlagSet("slurm", flag.ContinueOnError)
	watch := flags.Bool("watch", false, "stay until all is done, send again what was lost, and merge")
	flags.IntVar(&set.Minutes, "minutes", 0, "time limit of a shard; 0: from the plan")
	flags.IntVar(&set.Memory, "memory", 0, "memory of a shard in MB; 0: from the plan")
	flags.IntVar(&set.Throttle, "throttle", 0, "how many shards of an array run at once; 0: as many as the cluster gives")
	flags.BoolVar(&set.Anyway, "anyway", false, "send a small study too")
	flags.DurationVar(&set.Poll, "poll", 0, "shortest time between questions to the queue; 0: 10s")
	flags.DurationVar(&set.Grace, "grace", 0, "how late a file may be; 0: 1m")
	if err := shard.Parse(flags, args, out); err != nil {
		return err
	}
	set.Options = flags.Args()
	say := func(line string) { fmt.Fprintln(out, line) }
	if !*watch {
		return Send(ctx, f, set, say)
	}
	if err := Watch(ctx, f, set, say); err != nil {
		return err
	}
	return merge()
}
