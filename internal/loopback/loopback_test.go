//go:build linux

package loopback

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

func TestMain(m *testing.M) {
	Keep()
	os.Exit(m.Run())
}

// submit sends an array of two shell jobs that note their process ids and sleep.
func submit(c *Cluster) string {
	script := fmt.Sprintf("#!/bin/sh\necho $$ >%s/pid.$SLURM_ARRAY_TASK_ID\nenv -i setsid sleep 1000 &\necho $! >%[1]s/stray.$SLURM_ARRAY_TASK_ID\nexec sleep 1000\n", c.Dir)
	path := filepath.Join(c.Dir, "job.sh")
	if err := os.WriteFile(path, []byte(script), 0o755); err != nil {
		c.t.Fatal(err)
	}
	return c.Run("sbatch", "--parsable", "--array=0-1", "--time=10", "--mem=50", "--output=/dev/null", "--chdir="+c.Dir, path)
}

// pids waits for what the two jobs noted.
func pids(c *Cluster) []int {
	var all []int
	for _, file := range []string{"pid.0", "pid.1", "stray.0", "stray.1"} {
		Until(c.t, "the job notes "+file, func() bool {
			text, err := os.ReadFile(filepath.Join(c.Dir, file))
			pid, _ := strconv.Atoi(strings.TrimSpace(string(text)))
			if err != nil || pid == 0 {
				return false
			}
			all = append(all, pid)
			return true
		})
	}
	return all
}

func alive(pids []int) (left []int) {
	for _, pid := range pids {
		if syscall.Kill(pid, 0) == nil {
			left = append(left, pid)
		}
	}
	return left
}

// A job runs on each node, the controller may be killed and started again, and nothing is
// left at the end: no daemon, no job, not what a job hid in a session of its own with an empty environment.
func TestCluster(t *testing.T) {
	var c *Cluster
	var jobs []int
	t.Run("up", func(t *testing.T) {
		c = Start(t, 2)
		submit(c)
		jobs = pids(c)
		c.Kill("slurmctld")
		if left := alive(jobs); len(left) != 4 {
			t.Errorf("of jobs %v run %v without the controller", jobs, left)
		}
		c.Start("slurmctld")
		Until(t, "the controller answers", func() bool {
			_, err := c.Try("squeue", "-h")
			return err == nil
		})
	})
	if c == nil {
		t.SkipNow()
	}
	gone(t, c.Dir, append(jobs, c.pids["munged"], c.pids["slurmctld"], c.pids["n1"], c.pids["n2"]))
}

func gone(t *testing.T, dir string, pids []int) {
	t.Helper()
	Until(t, fmt.Sprintf("folder %s and all of processes %v are gone", dir, pids), func() bool {
		_, err := os.Stat(dir)
		return len(alive(pids)) == 0 && os.IsNotExist(err)
	})
}

// A test that is killed leaves nothing either.
func TestKilled(t *testing.T) {
	const victim = "CREDO_LOOPBACK_VICTIM"
	if os.Getenv(victim) != "" {
		c := Start(t, 2)
		submit(c)
		fmt.Println("victim", c.Dir, c.pids["munged"], c.pids["slurmctld"], c.pids["n1"], c.pids["n2"], strings.Trim(fmt.Sprint(pids(c)), "[]"))
		select {}
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=^TestKilled$", "-test.timeout=60s", "-test.v")
	cmd.Env = append(os.Environ(), victim+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var words []string
	for lines := bufio.NewScanner(out); words == nil && lines.Scan(); {
		if strings.Contains(lines.Text(), "no real Slurm") {
			t.Skip(strings.TrimSpace(lines.Text()))
		}
		if rest, ok := strings.CutPrefix(lines.Text(), "victim "); ok {
			words = strings.Fields(rest)
		}
	}
	cmd.Process.Kill()
	cmd.Wait()
	if len(words) != 9 {
		t.Fatalf("the victim told %q", words)
	}
	var all []int
	for _, w := range words[1:] {
		pid, _ := strconv.Atoi(w)
		all = append(all, pid)
	}
	gone(t, words[0], all)
}
