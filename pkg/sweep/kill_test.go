//go:build unix

package sweep_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"credo/internal/lesson"
	"credo/pkg/model"
)

var counted = regexp.MustCompile(`(\d+) of (\d+) runs\n`)

// kept is how many runs status says are there.
func (p *place) kept() int {
	p.t.Helper()
	out, _ := p.command("status").Output() // 3 while not done
	m := counted.FindSubmatch(out)
	if m == nil {
		p.t.Fatalf("status says %s", out)
	}
	n, _ := strconv.Atoi(string(m[1]))
	return n
}

// Processes are killed two hundred times, at random moments, two at a time: no run that has been kept is lost, none is there
// twice, and the table is what it would have been.
func TestKilled(t *testing.T) {
	lesson.Long(t)
	const kills = 200
	p := newPlace(t, "40,100,2000")
	p.run(0, "plan", "-shards", "25")
	rng, before, busy := model.Stream(21, 0), 0, 0
	span := 60 // ms; longer where a process does not get to anything
	for n := 0; n < kills; n += 2 {
		var two [2]*exec.Cmd
		for k := range two {
			two[k] = p.command("run")
			if k == 1 && n%4 == 0 { // beside the same shards or others
				two[k] = p.command("run", "-shard", "2/2")
			}
			if err := two[k].Start(); err != nil {
				t.Fatal(err)
			}
		}
		for _, cmd := range two {
			time.Sleep(time.Duration(rng.IntN(span)) * time.Millisecond)
			if killed(cmd) {
				busy++
			}
		}
		if n%20 == 0 {
			now := p.kept()
			if now < before {
				t.Fatalf("%d runs after %d kills, %d before", now, n, before)
			}
			if n > 0 && now == before {
				span *= 2
			}
			before = now
		}
	}
	t.Logf("%d of 4000 runs after %d kills of living processes, within %d ms", before, busy, span)
	if before == 0 || before == 4000 {
		t.Errorf("%d runs were there before the last kills: the test kills too early or too late", before)
	}
	p.run(0, "run")
	for range 20 {
		cmd := p.command("merge")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(20+rng.IntN(span)) * time.Millisecond)
		killed(cmd)
		if got, err := os.ReadFile(p.path("table.csv")); err == nil && !bytes.Equal(got, table(t, p.study)) {
			t.Fatal("a killed merge has left another table")
		}
	}
	p.merged()
}

// killed kills a process and tells whether that ended it.
func killed(cmd *exec.Cmd) bool {
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
	return ok && status.Signaled()
}

// Two processes compute one shard at once, as after a requeue: both succeed and the result is the same.
func TestTwoAtOnce(t *testing.T) {
	p := newPlace(t, "6,10,2000")
	p.run(0, "plan", "-shards", "2")
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if out, err := p.command("run", "-shard", "1/2").CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	wg.Wait()
	p.run(0, "run")
	p.merged()
}

// Two processes that begin at the same moment share the shards: they make few runs twice.
func TestShared(t *testing.T) {
	p := newPlace(t, "20,10,10000")
	p.run(0, "plan", "-shards", "40")
	var wg sync.WaitGroup
	var made [2]int
	for k := range made {
		wg.Go(func() {
			cmd := p.command("run")
			cmd.Env = append(cmd.Env, "GOMAXPROCS=1")
			out, err := cmd.Output()
			if _, e := fmt.Sscanf(string(out), "40 of 40 shards are done, %d runs", &made[k]); err != nil || e != nil {
				t.Errorf("%v, %v: %s", err, e, out)
			}
		})
	}
	wg.Wait()
	t.Logf("%d and %d runs of 200", made[0], made[1])
	if made[0]+made[1] > 300 {
		t.Errorf("%d and %d runs, of 200 that there are", made[0], made[1])
	}
	p.merged()
}

// A signal to stop ends the program with a status that tells batch systems that there is more to do; what was computed is kept.
func TestStopped(t *testing.T) {
	for signal, status := range map[syscall.Signal]int{syscall.SIGTERM: 75, syscall.SIGUSR1: 75, syscall.SIGHUP: 75, syscall.SIGINT: 130} {
		p := newPlace(t, "10,20,5000")
		p.run(0, "plan", "-shards", "3")
		cmd := p.command("run")
		var out bytes.Buffer
		cmd.Stderr = &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for p.kept() < 10 {
			time.Sleep(10 * time.Millisecond)
		}
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		err := cmd.Wait()
		if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != status {
			t.Errorf("%v: %v, want status %d", signal, err, status)
		}
		says(t, out.String(), "stopped ("+signal.String()+")", "are kept")
		kept := p.kept()
		if kept < 10 || kept == 200 {
			t.Errorf("%v: %d runs are kept", signal, kept)
		}
		says(t, p.run(0, "run"), fmt.Sprintf("%d runs of them now", 200-kept))
		p.merged()
	}
}

// On a full disk the program says so, keeps what fits, and goes on when there is space. The disk is one in memory, in a name
// space of its own.
func TestFullDisk(t *testing.T) {
	p := newPlace(t, "40,20,0")
	if err := os.Mkdir(p.dir, 0o777); err != nil {
		t.Fatal(err)
	}
	script := `mount -t tmpfs -o size=400k disk "$0" || exit 9
"$@" plan -shards 3 -out "$0" || exit 8
head -c 340000 /dev/zero >"$0/filler" || exit 7
"$@" run -out "$0" && exit 6
"$@" merge -out "$0" && exit 5
rm "$0/filler"
"$@" run -out "$0" || exit 4
"$@" status -out "$0" || exit 3
"$@" merge -out "$0" || exit 2
cp "$0/table.csv" "$SWEEP_TABLE"`
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "table.csv")
	cmd := exec.Command("unshare", "-rm", "sh", "-c", script, p.dir, self)
	cmd.Env = append(os.Environ(), "SWEEP="+p.study, "SWEEP_TABLE="+copied)
	out, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && (exit.ExitCode() == 9 || exit.ExitCode() == 1) || errors.Is(err, exec.ErrNotFound) {
		t.Skipf("no disk can be mounted here, so a full one is not tested: %v: %s", err, out)
	}
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	says(t, string(out), "no space left on device", "3 done; 800 of 800 runs")
	if got, err := os.ReadFile(copied); err != nil || !bytes.Equal(got, table(t, p.study)) {
		t.Errorf("%v, or another table", err)
	}
}
