//go:build linux

package loopback

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

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
	Until(c.t, daemon+" is gone", func() bool { return syscall.Kill(pid, 0) == syscall.ESRCH })
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

// Until waits for a condition, and fails the test if it does not come within a minute.
func Until(t testing.TB, what string, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !condition(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("after a minute not yet: %s", what)
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
