//go:build unix

package sweep_test

import (
	"fmt"
	"runtime"
	"syscall"
	"testing"
	"time"

	"credo/internal/lesson"
)

// timed runs a command and returns how long it took and the most memory it had in bytes.
func (p *place) timed(args ...string) (time.Duration, int64) {
	p.t.Helper()
	cmd := p.command(args...)
	begin := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		p.t.Fatalf("%q: %v: %s", args, err, out)
	}
	most := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss
	if runtime.GOOS != "darwin" {
		most <<= 10
	}
	return time.Since(begin), int64(most)
}

// A hundred thousand runs that take no time: all that is done for one costs at most 50 µs, on one core, in less than 2 GiB.
func TestHundredThousand(t *testing.T) {
	lesson.Long(t)
	const runs, most, room = 100_000, 50 * time.Microsecond, 2 << 30
	for _, shards := range []string{"1", "400"} {
		p := newPlace(t, fmt.Sprintf("%d,100,0", runs/100))
		p.env = []string{"GOMAXPROCS=1"}
		var sum time.Duration
		for _, args := range [][]string{{"plan", "-shards", shards}, {"run"}, {"status"}, {"merge"}} {
			took, memory := p.timed(args...)
			t.Logf("%s shards: %s took %v, %.1f µs a run, and %d MB", shards, args[0], took.Round(time.Millisecond), float64(took.Microseconds())/runs, memory>>20)
			if memory > room {
				t.Errorf("%s took %d bytes", args[0], memory)
			}
			sum += took
		}
		if sum > runs*most {
			t.Errorf("%v a run, want at most %v", sum/runs, most)
		}
	}
}

// Two cores do in half the time what one does, to one part in twenty: commands, starts and files are in it. Runs sleep, so that it
// does not matter what else the machine does; BenchmarkEfficiency has runs that compute.
func TestTwoCores(t *testing.T) {
	lesson.Long(t)
	var took [2]time.Duration
	for k := range took {
		p := newPlace(t, "5,160,5000")
		p.env = []string{fmt.Sprintf("GOMAXPROCS=%d", k+1)}
		p.timed("plan", "-shards", "20")
		took[k], _ = p.timed("run")
	}
	share := took[0].Seconds() / took[1].Seconds() / 2
	t.Logf("%v on one core, %v on two: %.3f of twice", took[0], took[1], share)
	if share < 0.95 {
		t.Errorf("%.3f of twice one core, want at least 0.95", share)
	}
}

// BenchmarkRun prints what a run costs that takes no time.
func BenchmarkRun(b *testing.B) {
	for b.Loop() {
		p := newPlace(b, "100,100,0")
		took, _ := p.timed("plan", "-shards", "10")
		for _, command := range []string{"run", "merge"} {
			more, _ := p.timed(command)
			took += more
		}
		b.ReportMetric(float64(took.Microseconds())/10_000, "µs/run")
	}
}

// BenchmarkEfficiency prints how much faster two cores are than one, as a share of twice, with runs of a neuron of a few milliseconds.
func BenchmarkEfficiency(b *testing.B) {
	for b.Loop() {
		var took [2]time.Duration
		for k := range took {
			p := newPlace(b, "neuron,200")
			p.env = []string{fmt.Sprintf("GOMAXPROCS=%d", k+1)}
			p.timed("plan", "-shards", "20")
			took[k], _ = p.timed("run")
		}
		b.ReportMetric(took[0].Seconds()/took[1].Seconds()/2, "of-twice")
	}
}
