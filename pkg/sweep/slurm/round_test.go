//go:build unix

package slurm

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"credo/pkg/sweep/shard"
)

// pretence is a Slurm of shell scripts, which says of the last submission what the test wants.
type pretence struct {
	t   *testing.T
	dir string
	work
	said []string
}

func pretend(t *testing.T, shards int) *pretence {
	t.Helper()
	p := &pretence{t: t, dir: t.TempDir(), work: newWork(t, t.TempDir(), shards)}
	t.Setenv("PATH", p.dir+":"+os.Getenv("PATH"))
	for _, name := range []string{"sbatch", "squeue", "scancel", "sinfo", "scontrol"} {
		p.command(name, "")
	}
	return p
}

// command says what one of Slurm's commands does; its calls are noted.
func (p *pretence) command(name, script string) {
	p.t.Helper()
	path := filepath.Join(p.dir, name)
	if err := os.WriteFile(path+".new", fmt.Appendf(nil, "#!/bin/sh\necho %s \"$@\" >>%s/calls\n%s\n", name, p.dir, script), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		p.t.Fatal(err)
	}
}

// queue makes squeue say of task i of the last submission STATE|REASON; "": nothing.
func (p *pretence) queue(tasks ...string) {
	p.t.Helper()
	all, err := submissions(p.Folder)
	if err != nil {
		p.t.Fatal(err)
	}
	var lines strings.Builder
	for i, task := range tasks {
		if state, reason, ok := strings.Cut(task, "|"); ok {
			fmt.Fprintf(&lines, "%s|17|%d|%s|0:01|%s\n", all[len(all)-1].name, i, state, reason)
		}
	}
	p.command("squeue", "cat <<'END'\n"+lines.String()+"END")
}

func (p *pretence) calls() string {
	text, _ := os.ReadFile(filepath.Join(p.dir, "calls"))
	return string(text)
}

func (p *pretence) client(largest int) *client {
	return newClient(p.Folder, Settings{Minutes: 10, Memory: 100, Poll: 10 * time.Millisecond}, largest, func(line string) { p.said = append(p.said, line) })
}

// round makes a round and checks its count and what has been submitted: for each script its shards and memory.
func (p *pretence) round(c *client, grace time.Duration, want count, scripts ...string) {
	p.t.Helper()
	n, err := c.round(context.Background(), grace)
	if err != nil || n != want {
		p.t.Errorf("%+v %v, want %+v", n, err, want)
	}
	p.scripts(scripts...)
}

func (p *pretence) scripts(want ...string) {
	p.t.Helper()
	all, err := submissions(p.Folder)
	if err != nil {
		p.t.Fatal(err)
	}
	var got []string
	for _, s := range all {
		got = append(got, fmt.Sprint(s.shards, s.memory))
	}
	if strings.Join(got, "; ") != strings.Join(want, "; ") {
		p.t.Errorf("submitted %q, want %q", got, want)
	}
}

// says fails unless all of the words were said in one line.
func (p *pretence) says(words ...string) {
	p.t.Helper()
	for _, line := range p.said {
		all := true
		for _, w := range words {
			all = all && strings.Contains(line, w)
		}
		if all {
			return
		}
	}
	p.t.Errorf("said %q, want a line with %q", p.said, words)
}

const never = time.Hour

// All is sent at once in arrays that the cluster takes; a result counts whatever the queue says; what ended without one is
// sent again, but not before the grace.
func TestLost(t *testing.T) {
	p := pretend(t, 5)
	c := p.client(2)
	p.round(c, never, count{queued: 5}, "[1 2] 100", "[3 4] 100", "[5] 100")
	p.queue("PENDING|Priority")
	p.finish(t, 3)
	p.round(c, never, count{done: 1, queued: 1, lost: 3}, "[1 2] 100", "[3 4] 100", "[5] 100")
	p.round(c, 0, count{done: 1, queued: 4}, "[1 2] 100", "[3 4] 100", "[5] 100", "[1 2] 100", "[4] 100")
	p.queue("CANCELLED|None")
	p.finish(t, 4)
	p.finish(t, 1)
	p.round(c, never, count{done: 3, lost: 2}, "[1 2] 100", "[3 4] 100", "[5] 100", "[1 2] 100", "[4] 100")
}

// A task that Slurm itself starts again has its whole grace when it ends again.
func TestGraceAnew(t *testing.T) {
	p := pretend(t, 1)
	c := p.client(10)
	p.round(c, never, count{queued: 1}, "[1] 100")
	p.queue("FAILED|NodeFail")
	p.round(c, never, count{lost: 1}, "[1] 100")
	p.queue("RUNNING|None")
	p.round(c, never, count{running: 1}, "[1] 100")
	if since, is := c.ended[1]; is {
		t.Errorf("it runs, and has ended %v ago", time.Since(since))
	}
}

// A controller that does not answer says nothing about anything.
func TestUnknown(t *testing.T) {
	p := pretend(t, 2)
	c := p.client(10)
	p.round(c, 0, count{queued: 2}, "[1 2] 100")
	p.command("squeue", "echo no contact >&2; exit 1")
	if _, err := c.round(context.Background(), 0); err == nil || !strings.Contains(err.Error(), "no contact") {
		t.Errorf("%v, want squeue's own words", err)
	}
	p.scripts("[1 2] 100")
	p.command("squeue", "echo nonsense")
	if _, err := c.round(context.Background(), 0); err == nil || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("%v, want what squeue printed", err)
	}
	p.scripts("[1 2] 100")
}

// What sbatch refuses is not sent; what it seems to refuse but is in the queue was sent.
func TestRefused(t *testing.T) {
	p := pretend(t, 2)
	c := p.client(10)
	p.command("sbatch", "echo invalid account >&2; exit 1")
	if _, err := c.round(context.Background(), 0); !errors.Is(err, errRefused) || !strings.Contains(err.Error(), "invalid account") {
		t.Errorf("%v, want a refusal in sbatch's words", err)
	}
	p.scripts()
	p.command("squeue", "exit 1")
	if err := c.resend(context.Background(), []loss{{shard: 1, memory: 100}}, 0, &count{}); err == nil || errors.Is(err, errRefused) {
		t.Errorf("%v, want doubt while the queue does not answer", err)
	}
	p.scripts("[1] 100")
	p.command("squeue", `for last; do [ "$before" = -n ] && echo "$last|17|0|PENDING|0:00|None"; before=$last; done`)
	if err := c.resend(context.Background(), []loss{{shard: 2, memory: 100}}, 1, &count{}); err != nil {
		t.Errorf("%v, although it is in the queue", err)
	}
	p.scripts("[1] 100", "[2] 100")

	// What no node can give is refused, and yet in the queue.
	p.command("sbatch", "echo Memory specification can not be satisfied >&2; echo submission failed >&2; exit 1")
	p.command("squeue", `for last; do [ "$before" = -n ] && echo "$last|17|0|FAILED|0:00|BadConstraints"; before=$last; done`)
	err := c.resend(context.Background(), []loss{{shard: 2, memory: 100}}, 2, &count{})
	if !errors.Is(err, errRefused) || !strings.Contains(err.Error(), "Memory specification can not be satisfied; submission failed") {
		t.Errorf("%v, want a refusal in sbatch's words", err)
	}
	p.scripts("[1] 100", "[2] 100")
}

// Held tasks and closed nodes are named; stuck ones are cancelled and sent again.
func TestHindrances(t *testing.T) {
	p := pretend(t, 3)
	c := p.client(10)
	p.round(c, never, count{queued: 3}, "[1 2 3] 100")
	p.command("sinfo", "echo 'n2|drained*|bad disk'; echo 'n3|down|Not responding'")
	p.queue("PENDING|JobHeldUser", "PENDING|launch failed requeued held", "PENDING|BadConstraints")
	p.round(c, 0, count{queued: 1, held: 1, left: 1}, "[1 2 3] 100")
	p.says("shard 1: held (JobHeldUser)", "scontrol release 17")
	p.says("shard 2: stuck (launch_failed_requeued_held)")
	p.says("shard 3: waiting for ever (BadConstraints)", "scancel -n a_study-s-000001-")
	p.says("n2 is drained (bad disk), n3 is down (Not responding)")
	if !strings.Contains(p.calls(), "scancel 17_1\n") {
		t.Errorf("calls\n%swant scancel 17_1", p.calls())
	}
	said := len(p.said)
	p.queue("PENDING|JobHeldUser", "CANCELLED|None", "RUNNING|None")
	p.round(c, 0, count{running: 1, queued: 1, held: 1}, "[1 2 3] 100", "[2] 100")
	if more := p.said[said:]; len(more) != 1 || !strings.Contains(more[0], "sent") {
		t.Errorf("said %q, want only what is new", more)
	}
}

// What somebody cancelled is not sent again, but by a new client.
func TestCancelled(t *testing.T) {
	p := pretend(t, 2)
	c := p.client(10)
	p.round(c, never, count{queued: 2}, "[1 2] 100")
	p.queue("RUNNING|None", "CANCELLED|None")
	p.round(c, 0, count{running: 1, left: 1}, "[1 2] 100")
	p.says("shard 2: cancelled")
	p.queue("RUNNING|None") // Slurm has forgotten the other
	p.round(c, 0, count{running: 1, left: 1}, "[1 2] 100")
	p.queue("RUNNING|None", "CANCELLED|None")
	p.round(p.client(10), 0, count{running: 1, queued: 1}, "[1 2] 100", "[2] 100")

	// Tasks that have not begun when their array is cancelled are one line of the queue, without an index.
	p = pretend(t, 2)
	c = p.client(10)
	p.round(c, never, count{queued: 2}, "[1 2] 100")
	p.command("squeue", `for last; do [ "$before" = -n ] && echo "$last|17|N/A|CANCELLED|0:00|Priority"; before=$last; done`)
	p.round(c, 0, count{left: 2}, "[1 2] 100")
	p.says("shards 1, 2: cancelled")
	p.round(p.client(10), 0, count{queued: 2}, "[1 2] 100", "[1 2] 100")
}

// A shard is sent three times without progress and as often as it makes some; memory that was exceeded is doubled.
func TestAttempts(t *testing.T) {
	p := pretend(t, 2)
	c := p.client(10)
	p.round(c, 0, count{queued: 2}, "[1 2] 100")
	p.queue("OUT_OF_MEMORY|OutOfMemory", "FAILED|NonZeroExitCode")
	p.run(t, 1, 1)
	p.round(c, 0, count{queued: 2}, "[1 2] 100", "[2] 100", "[1] 200")
	p.says("shard 1: killed for its memory", "200 MB")
	p.queue()
	p.round(c, 0, count{queued: 2}, "[1 2] 100", "[2] 100", "[1] 200", "[2] 100", "[1] 200")
	last, err := submissions(p.Folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(logFile(p.Folder, last[3].name, "0"), []byte("one\nno disk space\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	p.round(c, 0, count{queued: 1, left: 1}, "[1 2] 100", "[2] 100", "[1] 200", "[2] 100", "[1] 200", "[1] 200")
	p.says("shard 2: sent 3 times, for 10 min, without progress: one; no disk space")
	words := "slurmstepd-n1: error: StepId=2.batch exceeded memory limit (14442496 > 5242880), being killed\none\ntwo\nthree\n"
	if err := os.WriteFile(logFile(p.Folder, last[4].name, "0"), []byte(words), 0o666); err != nil {
		t.Fatal(err)
	}
	if again := p.client(10).need(1, last[:5], ended, sight{place: place{last[4].name, 0}}); again != 400 {
		t.Errorf("a task of 200 MB whose log says that they were exceeded is followed by one of %d, want 400", again)
	}
	p.finish(t, 2) // late
	p.round(c, never, count{done: 1, lost: 1}, "[1 2] 100", "[2] 100", "[1] 200", "[2] 100", "[1] 200", "[1] 200")
}

// What happens to one shard after another is said of each.
func TestOneAfterAnother(t *testing.T) {
	p := pretend(t, 2)
	c := p.client(10)
	p.round(c, 0, count{queued: 2}, "[1 2] 100")
	p.queue("OUT_OF_MEMORY|OutOfMemory", "RUNNING|None")
	first, err := submissions(p.Folder)
	if err != nil {
		t.Fatal(err)
	}
	p.round(c, 0, count{queued: 1, running: 1}, "[1 2] 100", "[1] 200")
	p.queue("RUNNING|None") // the queue has forgotten the first submission
	if err := os.WriteFile(logFile(p.Folder, first[0].name, "1"), []byte("exceeded memory limit\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	p.round(c, 0, count{queued: 1, running: 1}, "[1 2] 100", "[1] 200", "[2] 200")
	p.says("shard 1: killed for its memory; 200 MB")
	p.says("shard 2: killed for its memory; 200 MB")
}

// A variable of the user's that would overrule the script does not reach sbatch, one that completes it does; none that would hide tasks
// reaches squeue.
func TestEnvironment(t *testing.T) {
	p := pretend(t, 1)
	for _, name := range []string{"SBATCH_JOB_NAME", "SBATCH_WAIT", "SBATCH_ERROR", "SBATCH_CLUSTERS", "SQUEUE_PARTITION", "SQUEUE_USERS"} {
		t.Setenv(name, "mine")
	}
	t.Setenv("SBATCH_PARTITION", "long")
	p.command("sbatch", `[ -z "$SBATCH_JOB_NAME$SBATCH_WAIT$SBATCH_ERROR$SBATCH_CLUSTERS" ] && [ "$SBATCH_PARTITION" = long ]`)
	p.command("squeue", `[ -z "$SQUEUE_PARTITION$SQUEUE_USERS" ]`)
	c := p.client(10)
	p.round(c, never, count{queued: 1}, "[1] 100")
	p.round(c, never, count{lost: 1}, "[1] 100")
}

// What status tells of the queue.
func TestQueue(t *testing.T) {
	p := pretend(t, 3)
	says := func(want map[int]string) {
		t.Helper()
		got, err := Queue(context.Background(), p.Folder)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%v %v, want %v", got, err, want)
		}
	}
	p.command("squeue", "exit 1")
	says(map[int]string{}) // nothing was sent
	p.command("squeue", "")
	p.round(p.client(10), never, count{queued: 3}, "[1 2 3] 100")
	p.queue("PENDING|Priority", "FAILED|NonZeroExitCode")
	p.finish(t, 1)
	says(map[int]string{2: "FAILED (NonZeroExitCode) in the queue, as 17_1", 3: "no longer in the queue"})
	p.command("squeue", "exit 1")
	if _, err := Queue(context.Background(), p.Folder); err == nil {
		t.Error("a queue that does not answer is believed")
	}
}

// The command line: what it refuses, and what it sends.
func TestEngine(t *testing.T) {
	p := pretend(t, 3)
	var out, complaints strings.Builder
	do := func(args ...string) error {
		return Engine(context.Background(), p.Folder, nil, args, &out, &complaints)
	}
	if err := do("-minutes", "x"); shard.ExitCode(err) != shard.ExitRefused {
		t.Errorf("%v has exit status %d, want %d", err, shard.ExitCode(err), shard.ExitRefused)
	}
	if err := do("-minutes", "10", "long"); shard.ExitCode(err) != shard.ExitRefused || !strings.Contains(err.Error(), `"long"`) {
		t.Errorf("%v, want a refusal of the option", err)
	}
	if err := os.Remove(filepath.Join(p.dir, "scontrol")); err != nil {
		t.Fatal(err)
	}
	path := os.Getenv("PATH")
	t.Setenv("PATH", p.dir)
	if err := do("-minutes", "10"); err == nil || !strings.Contains(err.Error(), "there is no scontrol here") {
		t.Errorf("%v, want a word on where the command is given", err)
	}
	t.Setenv("PATH", path)
	p.command("scontrol", "echo MaxArraySize = 0")
	if err := do("-minutes", "10"); err == nil || !strings.Contains(err.Error(), "no array jobs") {
		t.Errorf("%v, want a word on array jobs", err)
	}
	p.command("scontrol", "echo MaxArraySize = 3")
	if most, err := largest(context.Background()); most != 3 || err != nil {
		t.Errorf("indices below 3 make arrays of %d, %v; want 3", most, err)
	}
}
