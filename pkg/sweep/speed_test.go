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

// timed runs a command and returns how long it took, for how long it computed, and the most memory it had in bytes.
func (p *place) timed(args ...string) (wall, cpu time.Duration, memory int64) {
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
	return time.Since(begin), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), int64(most)
}

// A hundred thousand runs that take no time are planned, run and merged in less than 2 GiB. What is done for one is printed; it should
// be at most 50 µs of a core.
func TestHundredThousand(t *testing.T) {
	lesson.Long(t)
	const runs, room = 100_000, 2 << 30
	for _, shards := range []string{"1", "400"} {
		p := newPlace(t, fmt.Sprintf("%d,100,0", runs/100))
		p.env = []string{"GOMAXPROCS=1"}
		for _, args := range [][]string{{"plan", "-shards", shards}, {"run"}, {"status"}, {"merge"}} {
			wall, cpu, memory := p.timed(args...)
			t.Logf("%s shards: %s took %v, %v of a core, %.1f µs a run, and %d MB", shards, args[0],
				wall.Round(time.Millisecond), cpu.Round(time.Millisecond), float64(cpu.Microseconds())/runs, memory>>20)
			if memory > room {
				t.Errorf("%s took %d bytes", args[0], memory)
			}
		}
	}
}

// onCores is how long all runs of a study in twenty shards take, by the clock on the wall and by the cores' own.
func onCores(t testing.TB, study string, cores int) (wall, cpu time.Duration) {
	t.Helper()
	p := newPlace(t, study)
	p.env = []string{fmt.Sprintf("GOMAXPROCS=%d", cores)}
	p.timed("plan", "-shards", "20")
	wall, cpu, _ = p.timed("run")
	return wall, cpu
}

// BenchmarkRun prints what a run costs that takes no time.
func BenchmarkRun(b *testing.B) {
	for b.Loop() {
		p := newPlace(b, "100,100,0")
		took, _, _ := p.timed("plan", "-shards", "10")
		for _, command := range []string{"run", "merge"} {
			more, _, _ := p.timed(command)
			took += more
		}
		b.ReportMetric(float64(took.Microseconds())/10_000, "µs/run")
	}
}

// BenchmarkEfficiency prints how much faster two cores are than one, as a share of twice, with runs of a neuron of a few milliseconds and
// with runs that sleep, which hardly feel what else the machine does; commands, starts and files are in it. And, for the first, the time of one core
// that one core takes, as a share of what two take.
func BenchmarkEfficiency(b *testing.B) {
	for name, study := range map[string]string{"computing": "neuron,200", "sleeping": "5,160,5000"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				one, cpu := onCores(b, study, 1)
				two, both := onCores(b, study, 2)
				b.ReportMetric(one.Seconds()/two.Seconds()/2, "of-twice")
				b.ReportMetric(cpu.Seconds()/both.Seconds(), "of-the-work")
			}
		})
	}
}
