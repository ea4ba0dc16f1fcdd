//go:build linux

package slurm

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"credo/internal/loopback"
)

func TestMain(m *testing.M) {
	loopback.Keep()
	os.Exit(m.Run())
}

// log is what a program prints, for the test's log and to wait for.
type log struct {
	t     *testing.T
	begun time.Time
	mu    sync.Mutex
	text  strings.Builder
}

func (l *log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.t.Logf("%5.1f s  %s", time.Since(l.begun).Seconds(), bytes.TrimSpace(b))
	return l.text.Write(b)
}

// has tells whether a line matches.
func (l *log) has(pattern string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return regexp.MustCompile(`(?m)` + pattern).MatchString(l.text.String())
}

// paced is the program of testdata with a folder of its own, at some speed.
type paced struct {
	t       *testing.T
	program string
	dir     string
	pause   string
}

func (p paced) start(out io.Writer, command ...string) *exec.Cmd {
	p.t.Helper()
	cmd := exec.Command(p.program, append([]string{"-pause", p.pause}, command...)...)
	cmd.Args = append(cmd.Args[:4:4], append([]string{"-out", p.dir}, command[1:]...)...)
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { cmd.Process.Kill() })
	return cmd
}

func (p paced) do(command ...string) {
	p.t.Helper()
	var out bytes.Buffer
	if err := p.start(&out, command...).Wait(); err != nil {
		p.t.Fatalf("%q: %v\n%s", command, err, out.String())
	}
}

// files are the contents of a folder of the study by name.
func (p paced) files(sub string) map[string]string {
	p.t.Helper()
	all := make(map[string]string)
	paths, _ := filepath.Glob(filepath.Join(p.dir, sub))
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil && !os.IsNotExist(err) {
			p.t.Fatal(err)
		}
		all[filepath.Base(path)] = string(text)
	}
	return all
}

// busy finds a shard of which some runs but not all are done, other than those: its number and its process.
func (p paced) busy(not ...int) (shard, pid int) {
	for name, text := range p.files("parts/*") {
		fields := strings.FieldsFunc(name, func(c rune) bool { return c == '.' || c == '-' })
		shard, _ = strconv.Atoi(fields[0])
		pid, _ = strconv.Atoi(fields[len(fields)-2])
		lines := strings.Count(text, "\n") // the first is the header
		if !slices.Contains(not, shard) && lines >= 3 && lines <= 6 && syscall.Kill(pid, 0) == nil {
			return shard, pid
		}
	}
	return 0, 0
}

// A real Slurm, twenty shards of ten runs on two nodes, and everything that can be done to them: a job is held, a node drained,
// a shard requeued, another killed, a third cancelled, and the controller killed and started again. The client names what hinders, sends
// again what was lost, and the results are those of one process on one core to the byte.
func TestReal(t *testing.T) {
	if testing.Short() {
		t.Skip("a real Slurm takes a minute")
	}
	c := loopback.Start(t, 2)
	p := paced{t, filepath.Join(c.Dir, "paced"), filepath.Join(t.TempDir(), "its study"), "200ms"}
	build := exec.Command("go", "build", "-o", p.program, "./testdata/paced")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	alone := paced{t, p.program, t.TempDir(), "0s"}
	t.Setenv("GOMAXPROCS", "1")
	alone.do("plan", "-shards", "20")
	alone.do("run")
	alone.do("merge")
	os.Unsetenv("GOMAXPROCS")
	p.do("plan", "-shards", "20")

	out := &log{t: t, begun: time.Now()}
	watch := []string{"slurm", "-watch", "-anyway", "-minutes", "5", "-memory", "100", "-poll", "1s", "-grace", "3s"}
	client := p.start(out, watch...)
	array := ""
	done := func() int { return len(p.files("results/*.tsv")) }
	task := func(shard int) string { // its number in the first submission is one less
		return fmt.Sprintf("%s_%d", array, shard-1)
	}
	c.Until("a shard is done", 60*time.Second, func() bool { return done() > 0 })
	array, _, _ = strings.Cut(c.Run("squeue", "-h", "-r", "-t", "all", "-o", "%F"), "\n")

	c.Run("scontrol", "hold", task(20))
	c.Run("scontrol", "update", "nodename=n2", "state=drain", "reason=bad disk")
	c.Until("the held job is named", 30*time.Second, func() bool { return out.has(`^shard 20: held \(JobHeld`) })
	c.Until("the drained node is named", 30*time.Second, func() bool { return out.has(`n2 is drain(ing|ed) \(bad disk\)`) })
	c.Run("scontrol", "release", task(20))
	c.Run("scontrol", "update", "nodename=n2", "state=resume")

	var requeued, killed, cancelled, pid int
	c.Until("a shard can be requeued", 30*time.Second, func() bool { requeued, _ = p.busy(20); return requeued > 0 })
	c.Run("scontrol", "requeue", task(requeued))
	c.Until("a shard can be cancelled", 30*time.Second, func() bool { cancelled, _ = p.busy(20, requeued); return cancelled > 0 })
	c.Run("scancel", task(cancelled))
	c.Until("the cancelled shard is named", 30*time.Second, func() bool { return out.has(fmt.Sprintf(`^shard %d: cancelled`, cancelled)) })
	c.Until("a shard can be killed", 30*time.Second, func() bool { killed, pid = p.busy(20, requeued, cancelled); return killed > 0 })
	syscall.Kill(pid, syscall.SIGKILL)
	c.Until("the killed shard is sent again", 30*time.Second, func() bool { return out.has(fmt.Sprintf(`^shard %d: sent as paced-000002`, killed)) })

	time.Sleep(6 * time.Second) // the controller writes what it knows every 5 s
	c.Kill("slurmctld")
	c.Until("the client misses the controller", 60*time.Second, func() bool { return out.has("nothing is called lost") })
	c.Start("slurmctld")
	if err := heal(c, client); err == nil && !out.has(fmt.Sprintf(`given up: shard %d;`, cancelled)) {
		t.Errorf("the client ended with %v, want a word on shard %d, which was cancelled", err, cancelled)
	}
	if err := heal(c, p.start(out, watch...)); err != nil {
		t.Errorf("the second client: %v", err)
	}

	for _, table := range []string{"table.csv", "table.parquet"} {
		want, got := alone.files(table)[table], p.files(table)[table]
		if want == "" || got != want {
			t.Errorf("%s has %d bytes and not the %d of one core's", table, len(got), len(want))
		}
	}
	if left := p.files("parts/*"); len(left) > 0 {
		t.Errorf("parts are left: %v", left)
	}
	if !out.has(fmt.Sprintf(`^shards? .*\b%d\b.*: sent as paced-00000[2-9]`, killed)) {
		t.Errorf("the killed shard %d was not sent again", killed)
	}
}

// heal waits for the end of a client. Of two jobs to which a restarted controller has given the same number the second drains
// its node; an administrator brings it back.
func heal(c *loopback.Cluster, client *exec.Cmd) error {
	end := make(chan error, 1)
	go func() { end <- client.Wait() }()
	for {
		select {
		case err := <-end:
			return err
		case <-time.After(time.Second):
			for _, node := range []string{"n1", "n2"} {
				if why, _ := c.Try("sinfo", "-h", "-n", node, "-o", "%E"); strings.Contains(why, "Duplicate") {
					c.Try("scontrol", "update", "nodename="+node, "state=resume")
				}
			}
		}
	}
}
