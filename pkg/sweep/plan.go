package sweep

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"strings"
	"time"

	"credo/internal/progress"
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
	f, err := s.cut(ctx, *shards, true)
	if err != nil {
		return err
	}
	p, e := f.Plan(), f.Estimate()
	total := time.Duration(e.Seconds * float64(p.Runs) * float64(time.Second))
	cores := min(runtime.GOMAXPROCS(0), p.Runs)
	here := total / time.Duration(cores)
	fmt.Fprintf(s.out, "%s: %s in %s, in %s\n", p.Name, count(p.Runs, "run"), count(p.Shards, "shard"), f.Dir())
	if e.Timed > 0 {
		fmt.Fprintf(s.out, "A run takes about %s (%d timed), the slowest %s, all about %s on one core and %s on %d here; a shard %s on one core.\n",
			progress.Lasts(seconds(e.Seconds)), e.Timed, progress.Lasts(seconds(e.Slowest)), progress.Lasts(total), progress.Lasts(here), cores, progress.Lasts(seconds(p.Shard(e))))
		fmt.Fprintf(s.out, "Memory: %d MB with %s at once.\n", (e.Memory+1<<20-1)>>20, count(e.Cores, "run"))
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

// cut opens the study's folder, and plans it first if nobody has: in a number of shards, or, if that is 0, in as many as take the
// goal each. Runs are timed for that, or if timed asks for it and nobody has.
func (s *session) cut(ctx context.Context, shards int, timed bool) (*shard.Folder, error) {
	f, err := s.open(shards)
	none := errors.Is(err, shard.ErrNoPlan)
	if err != nil && !none {
		return nil, err
	}
	var e shard.Estimate
	if none && (timed || shards == 0) || !none && timed && f.Estimate().Timed == 0 {
		if e, err = s.pilot(ctx); err != nil {
			return nil, err
		}
	}
	if none {
		want := s.plan
		want.Shards = shards
		if shards == 0 {
			want.Shards = int(max(1, min(math.Ceil(e.Seconds*float64(s.runs.Len())/goal), float64(s.runs.Len()))))
		}
		_, failed := shard.Create(s.dir, want, s.words)
		if f, err = s.open(shards); err != nil { // else another process may have planned meanwhile, in another number
			return nil, cmp.Or(failed, err)
		}
	}
	if e.Timed > 0 {
		err = f.WriteEstimate(e)
	}
	return f, err
}
