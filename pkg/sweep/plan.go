package sweep

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"credo/internal/progress"
	"credo/pkg/experiment"
	"credo/pkg/sweep/shard"
	"credo/pkg/sweep/slurm"
)

// goal is how long a shard should take on one core, in seconds: batch systems want 5 to 15 minutes.
const goal = 600

func planCommand(ctx context.Context, s *session, args []string) error {
	shards := s.Int("shards", 0, "cut the study in `K` shards; 0: in shards of ten minutes on one core")
	if err := s.parse(args); err != nil {
		return err
	}
	if *shards < 0 || *shards > s.runs.Len() {
		return shard.Refuse(fmt.Errorf("-shards = %d outside [1, %d], 0 meaning as many as take ten minutes", *shards, s.runs.Len()))
	}
	f, e, err := s.cut(ctx, *shards)
	if err != nil {
		return err
	}
	p := f.Plan()
	total := time.Duration(e.Seconds * float64(p.Runs) * float64(time.Second))
	here := total / time.Duration(runtime.GOMAXPROCS(0))
	fmt.Fprintf(s.out, "%s: %s in %s, in %s\n", p.Name, count(p.Runs, "run"), count(p.Shards, "shard"), f.Dir())
	if e.Timed > 0 {
		fmt.Fprintf(s.out, "A run takes about %s (%d timed, the slowest %s), all about %s on one core and %s on the %d here; a shard %s on one core.\n",
			progress.Lasts(seconds(e.Seconds)), e.Timed, progress.Lasts(seconds(e.Slowest)), progress.Lasts(total), progress.Lasts(here), runtime.GOMAXPROCS(0), progress.Lasts(seconds(p.Shard(e))))
		fmt.Fprintf(s.out, "Memory: %d MB with %d runs at once.\n", (e.Memory+1<<20-1)>>20, e.Cores)
	}
	if e.Timed > 0 && here < goal*time.Second {
		fmt.Fprintf(s.out, "That is small: run it here, %s run, and %[1]s merge.\n", s.name)
	} else if program, err := os.Executable(); err == nil && runtime.GOOS == "linux" {
		if err := slurm.Static(program); err != nil {
			fmt.Fprintf(s.out, "Before it goes to a cluster: %s\n", strings.TrimPrefix(err.Error(), "slurm: "))
		}
	}
	return nil
}

// count is a number of things.
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// cut plans the study, unless it has been planned, in a number of shards; 0: as many as take the goal each.
func (s *session) cut(ctx context.Context, shards int) (*shard.Folder, shard.Estimate, error) {
	f, err := shard.Open(s.dir, s.shards(shards), s.words)
	if err == nil || !errors.Is(err, shard.ErrNoPlan) {
		if err != nil {
			return nil, shard.Estimate{}, shard.Refuse(err)
		}
		return f, f.Estimate(), nil
	}
	e, err := pilot(ctx, s.runs)
	if err != nil {
		return nil, e, err
	}
	if shards == 0 {
		shards = int(max(1, min(math.Ceil(e.Seconds*float64(s.runs.Len())/goal), float64(s.runs.Len()))))
	}
	if f, err = shard.Create(s.dir, s.shards(shards), s.words); err != nil {
		return nil, e, err
	}
	if s.text != nil {
		if err := f.Write("study.json", s.text); err != nil {
			return nil, e, err
		}
	}
	return f, e, f.WriteEstimate(e)
}

func (s *session) shards(n int) shard.Plan {
	p := s.plan
	p.Shards = n
	return p
}

// pilot times runs, dealt at random, on all cores, until two seconds or a thousand runs are over and each core has made one.
func pilot(ctx context.Context, runs *experiment.Runs) (e shard.Estimate, err error) {
	const patience, most = 2 * time.Second, 1000
	order := shard.NewPlan("", runs.Digest(), "", runs.Len(), 1).Deal()[0]
	e.Cores = min(runtime.GOMAXPROCS(0), len(order))
	e.Host, _ = os.Hostname()
	var mu sync.Mutex
	var wg sync.WaitGroup
	begin, next, spent := time.Now(), 0, 0.
	for range e.Cores {
		wg.Go(func() {
			for alone := true; ; alone = false {
				mu.Lock()
				i := next
				next++
				stop := ctx.Err() != nil || err != nil || i >= len(order) || !alone && (i >= most || time.Since(begin) > patience)
				mu.Unlock()
				if stop {
					return
				}
				from := time.Now()
				o := measure(ctx, runs, order[i])
				took := time.Since(from).Seconds()
				mu.Lock()
				if o.err != nil {
					err = o.err
				} else {
					e.Timed, spent, e.Slowest = e.Timed+1, spent+took, max(e.Slowest, took)
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return e, fmt.Errorf("stopped (%w) while runs were timed; nothing has been written", cause)
	}
	if e.Timed > 0 {
		e.Seconds, e.Memory, err = spent/float64(e.Timed), memory(), nil
	}
	return e, err
}

// memory is the most that this process has taken so far, in bytes.
func memory() int64 {
	text, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "VmHWM:" {
			if kb, err := strconv.ParseInt(f[1], 10, 64); err == nil {
				return kb << 10
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}
