//go:build linux

package loopback

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Cluster is a running Slurm.
type Cluster struct {
	Dir string // of its state; slurm.conf is there

	t       testing.TB
	orders  io.WriteCloser
	answers *bufio.Reader
	daemons map[string][]string // name to command
	pids    map[string]int
}

// Start starts a cluster of so many nodes, n1, n2 and so on, of one processor each, and
// points Slurm's commands of this process to it. It skips the test with a sentence where Slurm is not
// installed, and ends the cluster with the test.
func Start(t testing.TB, nodes int) *Cluster {
	t.Helper()
	daemons := make(map[string][]string)
	for _, name := range []string{"munged", "slurmctld", "slurmd", "sbatch"} {
		path, err := exec.LookPath(name)
		if err != nil {
			path, err = exec.LookPath("/usr/sbin/" + name) // which not everyone has in PATH
		}
		if err != nil {
			t.Skipf("no real Slurm: %s is not installed; on Debian, as root: apt-get install --no-install-recommends slurmctld slurmd slurm-client munge", name)
		}
		daemons[name] = []string{path}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	dir, err := os.MkdirTemp("", "slurm") // short: the path of a socket has at most 108 bytes
	must(err)
	must(os.Chmod(dir, 0o755)) // munged asks that its socket's folder can be entered by all
	for _, sub := range []string{"munge", "state", "spool"} {
		must(os.Mkdir(filepath.Join(dir, sub), 0o755))
	}
	host, err := os.Hostname()
	must(err)
	host, _, _ = strings.Cut(host, ".")
	me, err := user.Current()
	must(err)
	ports, err := freePorts(nodes + 1)
	must(err)
	conf := filepath.Join(dir, "slurm.conf")
	must(os.WriteFile(conf, []byte(configuration(dir, host, me.Username, ports)), 0o644))
	munge := func(file string) string { return filepath.Join(dir, "munge", file) }
	key := make([]byte, 1024)
	rand.Read(key)
	must(os.WriteFile(munge("key"), key, 0o400))

	c := &Cluster{Dir: dir, t: t, daemons: daemons, pids: make(map[string]int)}
	t.Setenv("SLURM_CONF", conf)
	c.hire()
	daemons["munged"] = append(daemons["munged"], "--foreground", "--force", "--num-threads=2", "--key-file="+munge("key"), "--socket="+munge("socket"),
		"--pid-file="+munge("pid"), "--log-file="+munge("log"), "--seed-file="+munge("seed"))
	daemons["slurmctld"] = append(daemons["slurmctld"], "-D", "-f", conf)
	for i := range nodes {
		name := fmt.Sprintf("n%d", i+1)
		daemons[name] = append(daemons["slurmd"][:1:1], "-D", "-N", name, "-f", conf)
		must(os.Mkdir(filepath.Join(dir, "spool", name), 0o755))
	}
	c.Start("munged")
	c.Until("munged answers", 10*time.Second, func() bool {
		_, err := os.Stat(munge("socket"))
		return err == nil
	})
	c.Start("slurmctld")
	for i := range nodes {
		c.Start(fmt.Sprintf("n%d", i+1))
	}
	c.Until("all nodes are idle", 30*time.Second, func() bool {
		out, _ := c.Try("sinfo", "-h", "-N", "-t", "idle", "-o", "%N")
		return len(strings.Fields(out)) == nodes
	})
	return c
}

// hire starts the keeper, which ends with the test.
func (c *Cluster) hire() {
	c.t.Helper()
	self, err := os.Executable()
	if err != nil {
		c.t.Fatal(err)
	}
	keeper := exec.Command(self)
	keeper.Env = append(os.Environ(), keeps+"="+c.Dir)
	keeper.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // a signal to the test's group is not for it
	complaints, err := os.Create(filepath.Join(c.Dir, "keeper.log"))
	if err != nil {
		c.t.Fatal(err)
	}
	defer complaints.Close()
	keeper.Stderr = complaints
	if c.orders, err = keeper.StdinPipe(); err != nil {
		c.t.Fatal(err)
	}
	out, err := keeper.StdoutPipe()
	if err != nil {
		c.t.Fatal(err)
	}
	c.answers = bufio.NewReader(out)
	if err := keeper.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() {
		if c.t.Failed() {
			c.tell()
		}
		c.orders.Close()
		if err := keeper.Wait(); err != nil {
			c.t.Errorf("loopback: the keeper of %s: %v", c.Dir, err)
		}
	})
}

// Start starts a daemon, "slurmctld" or a node, that does not run.
func (c *Cluster) Start(daemon string) {
	c.t.Helper()
	line, err := json.Marshal(order{c.daemons[daemon], filepath.Join(c.Dir, daemon+".out")})
	if err == nil {
		_, err = c.orders.Write(append(line, '\n'))
	}
	var answer string
	if err == nil {
		answer, err = c.answers.ReadString('\n')
	}
	pid, _ := strconv.Atoi(strings.TrimSpace(answer))
	if err != nil || pid == 0 {
		c.t.Fatalf("loopback: %s did not start: %v; see keeper.log", daemon, err)
	}
	c.pids[daemon] = pid
}

// Kill kills a daemon with signal 9 and waits for its end.
func (c *Cluster) Kill(daemon string) {
	c.t.Helper()
	pid := c.pids[daemon]
	syscall.Kill(pid, syscall.SIGKILL)
	c.Until(daemon+" is gone", 5*time.Second, func() bool { return syscall.Kill(pid, 0) == syscall.ESRCH })
}

// Run runs one of Slurm's commands and returns what it printed; a failure fails the test.
func (c *Cluster) Run(name string, args ...string) string {
	c.t.Helper()
	out, err := c.Try(name, args...)
	if err != nil {
		c.t.Fatalf("%s %s: %v: %s", name, strings.Join(args, " "), err, out)
	}
	return out
}

// Try is Run for a command that may fail; it has 30 seconds, as one that finds no controller
// waits for 9.
func (c *Cluster) Try(name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

// Until waits for a condition, and fails the test if it does not come in time.
func (c *Cluster) Until(what string, patience time.Duration, condition func() bool) {
	c.t.Helper()
	for end := time.Now().Add(patience); !condition(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			c.t.Fatalf("loopback: after %v not yet: %s", patience, what)
		}
	}
}

// tell logs the last lines of each of the cluster's logs.
func (c *Cluster) tell() {
	for _, pattern := range []string{"*.out", "*.log"} {
		logs, _ := filepath.Glob(filepath.Join(c.Dir, pattern))
		for _, path := range logs {
			text, _ := os.ReadFile(path)
			lines := strings.Split(strings.TrimSpace(string(text)), "\n")
			c.t.Logf("%s:\n%s", filepath.Base(path), strings.Join(lines[max(0, len(lines)-10):], "\n"))
		}
	}
}
