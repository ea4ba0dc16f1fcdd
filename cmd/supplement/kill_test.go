//go:build unix

package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"credo/internal/notebook"
)

var kills = flag.Int("kills", 24, "how often TestKilled kills a run")

// A run that is killed at any moment damages no notebook, and the next run is
// right: it publishes what a run that was left alone publishes.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("dozens of runs: not under -short")
	}
	const workers = 4
	var wg sync.WaitGroup
	for w := range workers {
		p := newPlace(t)
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(w), 13))
			span := 600 * time.Millisecond // of a run; learned from those that ended before
			for k := range (*kills + workers - 1) / workers {
				p.edit(func(nb *notebook.Notebook) { nb.Cells[0].Metadata["k"] = k })
				before := unsealed(t, []byte(p.read("notebooks/01_a.ipynb")))
				cmd := p.command("-all")
				if err := cmd.Start(); err != nil {
					t.Error(err)
					return
				}
				begin := time.Now()
				ended := make(chan error, 1)
				go func() { ended <- cmd.Wait() }()
				select {
				case <-ended:
					span = time.Since(begin)
				case <-time.After(time.Duration(r.Float64() * 1.1 * float64(span))):
					_ = cmd.Process.Kill()
					<-ended
				}
				if !empties(p.temp) {
					t.Error("a killed run left its temporary folder")
				}
				if now, err := os.ReadFile(p.path("notebooks/01_a.ipynb")); err != nil || !bytes.Equal(unsealed(t, now), before) {
					t.Errorf("the notebook is damaged: %v", err)
				}
				begin = time.Now()
				if out, code := p.run(); code != 0 {
					t.Errorf("the next run: %d: %s", code, out)
				}
				span = max(span, time.Since(begin))
				p.whole()
			}
			kept := contents(t, p.path("build/supplement"))
			if err := os.RemoveAll(p.path("build")); err != nil {
				t.Error(err)
			}
			if out, code := p.run(); code != 0 {
				t.Errorf("the last run: %d: %s", code, out)
			}
			for name, text := range contents(t, p.path("build/supplement")) {
				if kept[name] != text {
					t.Errorf("%s is another than without kills", name)
				}
			}
		})
	}
	wg.Wait()
}

func contents(t *testing.T, dir string) map[string]string {
	files := map[string]string{}
	list, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, path := range list {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
		}
		files[filepath.Base(path)] = string(text)
	}
	return files
}

// empties waits until a folder is empty.
func empties(dir string) bool {
	for range 200 {
		if list, err := os.ReadDir(dir); err == nil && len(list) == 0 {
			return true
		}
		time.Sleep(25 * time.Millisecond)
	}
	return false
}

// Whatever ends a run, nothing that it started lives on: not Jupyter, nor the
// kernel, which is in another process group, nor the temporary folder.
func TestNoOrphans(t *testing.T) {
	if _, err := exec.LookPath("setsid"); err != nil {
		t.Skip(err)
	}
	for end, status := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 130, syscall.SIGHUP: 130, syscall.SIGKILL: -1} {
		t.Run(end.String(), func(t *testing.T) {
			if signal.Ignored(end) {
				t.Skip("what runs this test ignores the signal, as nohup does")
			}
			t.Parallel()
			p := newPlace(t)
			// A number that no other sleep has, to find them by.
			seconds := fmt.Sprintf("%d.%d", 600+int(end), os.Getpid())
			p.hook("HOOK", `setsid sh -c 'echo $$ >"$CREDO_PIDFILE"; sleep `+seconds+`; exit' & sleep `+seconds+`; exit`)
			cmd := p.command("-all", "-jobs", "2")
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			for range 400 {
				if sleeping(t, seconds) == 4 {
					break
				}
				time.Sleep(25 * time.Millisecond)
			}
			if n := sleeping(t, seconds); n != 4 { // two notebooks, each with a kernel
				t.Errorf("%d processes before the signal", n)
			}
			p.ended(cmd, end, status, func() int { return sleeping(t, seconds) })
		})
	}
}

// The same without Jupyter: the program of a cell ends with the run.
func TestNoOrphansNatively(t *testing.T) {
	for signal, status := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 130, syscall.SIGKILL: -1} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.program("%%\ntime.Sleep(10 * time.Minute)")
			cmd := p.command("-check", "-kernel", "0", "-notebook", "01*")
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			for range 1200 {
				if running(t, p.temp) > 0 {
					break
				}
				time.Sleep(25 * time.Millisecond)
			}
			if n := running(t, p.temp); n != 1 {
				t.Errorf("%d processes before the signal", n)
			}
			p.ended(cmd, signal, status, func() int { return running(t, p.temp) })
		})
	}
}

// ended sends the signal to a run and waits: it ends with the status and leaves
// neither process, nor temporary folder, nor anything half-written.
func (p *place) ended(cmd *exec.Cmd, signal syscall.Signal, status int, left func() int) {
	p.t.Helper()
	if err := cmd.Process.Signal(signal); err != nil {
		p.t.Error(err)
	}
	err := cmd.Wait()
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != status {
		p.t.Errorf("%v, want status %d", err, status)
	}
	if !empties(p.temp) {
		p.t.Error("the temporary folder is left")
	}
	if n := left(); n != 0 {
		p.t.Errorf("%d processes live on", n)
	}
	p.whole()
}

// running counts the programs of a first cell below a folder.
func running(t *testing.T, dir string) int {
	out, err := exec.Command("ps", "-eo", "args=").Output()
	if err != nil {
		t.Skip(err)
	}
	n := 0
	for line := range strings.Lines(string(out)) {
		if strings.HasPrefix(line, dir) && strings.HasSuffix(strings.TrimSpace(line), "/run 1") {
			n++
		}
	}
	return n
}

// sleeping counts the processes `sleep seconds`.
func sleeping(t *testing.T, seconds string) int {
	out, err := exec.Command("ps", "-eo", "args=").Output()
	if err != nil {
		t.Skip(err)
	}
	n := 0
	for line := range strings.Lines(string(out)) {
		if strings.TrimSpace(line) == "sleep "+seconds {
			n++
		}
	}
	return n
}

// The umask holds for what is published.
func TestUmask(t *testing.T) {
	p := newPlace(t)
	if err := os.RemoveAll(p.path("build")); err != nil {
		t.Fatal(err)
	}
	cmd := p.command()
	cmd.Args = append([]string{"sh", "-c", `umask 077; exec "$0" "$@"`, cmd.Path}, cmd.Args[1:]...)
	cmd.Path = "/bin/sh"
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, name := range []string{"build/supplement", "build/supplement/01_a.html"} {
		if info, err := os.Stat(p.path(name)); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

// Two runs that publish to one folder at once both arrive there.
func TestTwoPublish(t *testing.T) {
	p := newPlace(t)
	if err := os.RemoveAll(p.path("build")); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for _, glob := range []string{"01*", "02*"} {
		wg.Go(func() {
			if out, code := p.run("-notebook", glob); code != 0 {
				t.Errorf("%d: %s", code, out)
			}
		})
	}
	wg.Wait()
	othersPublished(p, "")
	p.whole()
}
