//go:build linux

package main

import (
	"bytes"
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
)

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

// reference is the study done by one process on one core, all at once.
func reference(t *testing.T) paced {
	t.Helper()
	p := paced{t, filepath.Join(t.TempDir(), "paced"), t.TempDir(), "0s"}
	build := exec.Command("go", "build", "-o", p.program, "./testdata/paced")
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // runs on any machine
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Setenv("GOMAXPROCS", "1")
	p.do("plan", "-shards", "20")
	p.do("run")
	p.do("merge")
	os.Unsetenv("GOMAXPROCS") // t restores what was
	return p
}

// beside is the same study in another folder, at another pace.
func (p paced) beside(pause string) paced {
	p.dir, p.pause = filepath.Join(p.t.TempDir(), "its study"), pause
	return p
}

// equals fails unless the tables are those of another to the byte, and no parts are left.
func (p paced) equals(other paced) {
	p.t.Helper()
	for _, table := range []string{"table.csv", "table.parquet"} {
		want, got := other.files(table)[table], p.files(table)[table]
		if want == "" || got != want {
			p.t.Errorf("%s has %d bytes and not the %d of one core's", table, len(got), len(want))
		}
	}
	if left := p.files("parts/*"); len(left) > 0 {
		p.t.Errorf("parts are left: %q", left)
	}
}

func (p paced) start(out io.Writer, command ...string) *exec.Cmd {
	p.t.Helper()
	cmd := exec.Command(p.program, append([]string{"-pause", p.pause}, command...)...)
	cmd.Args = append(cmd.Args[:4:4], append([]string{"-out", p.dir}, command[1:]...)...)
	cmd.Stdout, cmd.Stderr = out, out
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM} // it ends with a test that is killed
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
