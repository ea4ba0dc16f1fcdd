package slurm

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// call runs one of Slurm's commands. One that does not find the controller waits for 9 s; what takes longer than patience is ended.
func call(ctx context.Context, patience time.Duration, name string, args ...string) (string, error) {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(limited, name, args...)
	cmd.WaitDelay = time.Second
	cmd.Env = environment()
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) {
		return "", fmt.Errorf("slurm: there is no %s here; give the command on a machine of the cluster from which jobs are sent", name)
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return "", fmt.Errorf("slurm: stopped (%w) while %s was asked", context.Cause(ctx), name)
	case err != nil && limited.Err() != nil:
		err = fmt.Errorf("no answer in %v", patience)
	}
	if err != nil {
		return "", fmt.Errorf("slurm: %s: %w%s", name, err, tail(complaint.String()))
	}
	return string(out), nil
}

// environment is that of this program without what would overrule the lines of a script, or hide tasks and nodes.
func environment() []string {
	return slices.DeleteFunc(os.Environ(), func(s string) bool {
		name, _, _ := strings.Cut(s, "=")
		option, sbatch := strings.CutPrefix(name, "SBATCH_")
		return strings.HasPrefix(name, "SQUEUE_") || strings.HasPrefix(name, "SINFO_") || sbatch && slices.Contains([]string{"ARRAY_INX", "CLUSTERS", "ERROR", "EXPORT", "JOB_NAME",
			"MEM_PER_CPU", "MEM_PER_GPU", "MEM_PER_NODE", "NO_REQUEUE", "OPEN_MODE", "OUTPUT", "SIGNAL", "TIMELIMIT", "WAIT"}, option)
	})
}

// tail is the last two lines of a complaint, to end an error with.
func tail(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strings.TrimSuffix(": "+strings.Join(lines[max(0, len(lines)-2):], "; "), ": ")
}

// tasks asks the queue for the tasks of the submissions, ended ones that it still knows included.
// An error says nothing about them; a task that is absent without an error has ended long ago, or was lost.
func tasks(ctx context.Context, submissions []string) ([]task, error) {
	if len(submissions) == 0 {
		return nil, nil
	}
	out, err := call(ctx, 30*time.Second, "squeue", "-h", "-r", "-t", "all", "-n", strings.Join(submissions, ","), "-o", taskFormat)
	if err != nil {
		return nil, err
	}
	var all []task
	for line := range strings.Lines(out) {
		t, ok := parseTask(strings.TrimSuffix(line, "\n"))
		if !ok {
			return nil, fmt.Errorf("slurm: squeue printed %q, want fields as %s", line, taskFormat)
		}
		all = append(all, t)
	}
	return all, nil
}

// closed lists the nodes that take no jobs, with the reason that who closed them gave.
func closed(ctx context.Context) ([]string, error) {
	out, err := call(ctx, 30*time.Second, "sinfo", "-h", "-N", "-t", "drain,down,fail,maint", "-o", "%N|%T|%E")
	if err != nil {
		return nil, err
	}
	var all []string
	for line := range strings.Lines(out) {
		if f := strings.SplitN(strings.TrimSpace(line), "|", 3); len(f) == 3 {
			all = append(all, fmt.Sprintf("%s is %s (%s)", f[0], strings.TrimRight(f[1], "*~#!%$@^-+"), f[2]))
		}
	}
	return all, nil
}

// largest is how many tasks one array may have on this cluster, at most 1000.
func largest(ctx context.Context) (int, error) {
	out, err := call(ctx, 30*time.Second, "scontrol", "show", "config")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(out) {
		if name, value, ok := strings.Cut(line, "="); ok && strings.TrimSpace(name) == "MaxArraySize" {
			// The largest index is one less, and ours begin with 0.
			n, err := strconv.Atoi(strings.TrimSpace(value))
			if err != nil || n < 1 {
				return 0, fmt.Errorf("slurm: MaxArraySize = %s here, so that there are no array jobs", strings.TrimSpace(value))
			}
			return min(n, 1000), nil
		}
	}
	return 0, fmt.Errorf("slurm: scontrol show config does not tell MaxArraySize")
}
