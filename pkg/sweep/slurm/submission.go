package slurm

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"credo/pkg/sweep/shard"
)

// submission is one array job as its script tells: submit/NAME.sh in the study's folder, which is
// written before the job is sent. Its task i runs shard shards[i]; the shell gives way to the program, so that
// signals reach it and its exit status is the task's.
type submission struct {
	name   string
	shards []int
	memory int // MB
}

// script is the text of a submission's script. It can be sent by hand too: sbatch submit/NAME.sh.
//
// The log's folder exists; one that is missing ends a job without a word. Logs are appended to, as a task that is
// requeued would truncate its own. Nothing of the sender's environment is carried over.
func (s submission) script(f *shard.Folder, set Settings) string {
	var b strings.Builder
	array := fmt.Sprintf("0-%d", len(s.shards)-1)
	if set.Throttle > 0 {
		array += fmt.Sprintf("%%%d", set.Throttle)
	}
	fmt.Fprintf(&b, "#!/bin/bash\n")
	for _, option := range append([]string{
		"--job-name=" + s.name,
		"--array=" + array,
		fmt.Sprintf("--time=%d", set.Minutes),
		fmt.Sprintf("--mem=%d", s.memory),
		fmt.Sprintf("--chdir=%q", f.Dir()),
		fmt.Sprintf("--output=%q", logFile(f, s.name, "%a")),
		"--open-mode=append", "--export=NONE", "--requeue", "--signal=B:USR1@60",
	}, quoted(set.Options)...) {
		fmt.Fprintf(&b, "#SBATCH %s\n", option)
	}
	b.WriteString("export GOMAXPROCS=${SLURM_CPUS_PER_TASK:-1}\ncase $SLURM_ARRAY_TASK_ID in\n")
	for i, n := range s.shards {
		fmt.Fprintf(&b, "%d) exec %s ;; # shard %d\n", i, shard.Shell(f.Command(n)), n)
	}
	b.WriteString("esac\n")
	return b.String()
}

// quoted are options whose values are one word each.
func quoted(options []string) (all []string) {
	for _, o := range options {
		if name, value, _ := strings.Cut(o, "="); strings.ContainsAny(value, " \t#") {
			o = fmt.Sprintf("%s=%q", name, value)
		}
		all = append(all, o)
	}
	return all
}

func logFile(f *shard.Folder, name, index string) string {
	return filepath.Join(f.Dir(), "log", name, index+".out")
}

var (
	taskLine   = regexp.MustCompile(`(?m)^(\d+)\) exec .* ;; # shard (\d+)$`)
	memoryLine = regexp.MustCompile(`(?m)^#SBATCH --mem=(\d+)$`)
)

// submissions reads all scripts of a study, in the order in which they were written.
func submissions(f *shard.Folder) ([]submission, error) {
	names, err := os.ReadDir(filepath.Join(f.Dir(), "submit")) // sorted; the names are numbered
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("slurm: %w", err)
	}
	var all []submission
	for _, entry := range names {
		name, script := strings.CutSuffix(entry.Name(), ".sh")
		if !script || strings.HasPrefix(name, ".") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(f.Dir(), "submit", entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("slurm: %w", err)
		}
		s, err := parseScript(name, string(text), f.Plan().Shards)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

func parseScript(name, text string, shards int) (submission, error) {
	s := submission{name: name}
	for i, m := range taskLine.FindAllStringSubmatch(text, -1) {
		n, err := strconv.Atoi(m[2])
		if err != nil || m[1] != strconv.Itoa(i) || n < 1 || n > shards {
			return s, fmt.Errorf("slurm: submit/%s.sh is no script of this study: its task %s runs shard %s of %d", name, m[1], m[2], shards)
		}
		s.shards = append(s.shards, n)
	}
	m := memoryLine.FindStringSubmatch(text)
	if m == nil || len(s.shards) == 0 {
		return s, fmt.Errorf("slurm: submit/%s.sh is no script of this study: it has no --mem or no tasks", name)
	}
	s.memory, _ = strconv.Atoi(m[1])
	return s, nil
}
