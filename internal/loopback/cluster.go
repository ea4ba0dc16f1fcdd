//go:build linux

package loopback

import (
	"bufio"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
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
	Until(t, "munged answers", func() bool {
		_, err := os.Stat(munge("socket"))
		return err == nil
	})
	c.Start("slurmctld")
	for i := range nodes {
		c.Start(fmt.Sprintf("n%d", i+1))
	}
	Until(t, "all nodes are idle", func() bool {
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
