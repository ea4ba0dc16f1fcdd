package sweep

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"credo/internal/durable"
	"credo/pkg/experiment"
	"credo/pkg/sweep/shard"
)

func runCommand(ctx context.Context, s *session, args []string) error {
	which := s.String("shard", "", "do only the `i/n`-th of the shards, 1 ≤ i ≤ n")
	if err := s.parse(args); err != nil {
		return err
	}
	i, n, err := part(*which, s.runs.Len())
	if err != nil {
		return shard.Refuse(err)
	}
	f, err := s.open(0)
	if errors.Is(err, shard.ErrNoPlan) {
		shards := n // machines that share nothing cut alike, without timing runs
		if n == 1 {
			shards = 0
		}
		f, err = s.cut(ctx, shards, false)
	}
	if err != nil {
		return err
	}
	if n > f.Plan().Shards {
		return shard.Refuse(fmt.Errorf("-shard = %s, but the study is cut in %s", *which, count(f.Plan().Shards, "shard")))
	}
	var shards, last []int // those that another process may be at come last: it may have done them by then
	mine := 0
	for k := i; k <= f.Plan().Shards; k += n {
		mine++
		switch st := f.Look(k); st.State {
		case shard.Done:
		case shard.Running:
			last = append(last, k)
		case shard.Refused:
			fmt.Fprintf(s.errs, "%s: %s; it is computed anew\n", s.name, plain(st.Reason))
			fallthrough
		default:
			shards = append(shards, k)
		}
	}
	// In an order of each process's own, so that two which begin at once, here or on two machines, seldom do one shard twice.
	own := rand.New(rand.NewPCG(experiment.Seed(0, durable.Unique()), 0))
	own.Shuffle(len(shards), func(i, j int) { shards[i], shards[j] = shards[j], shards[i] })
	made, failed, err := compute(ctx, f, s.runs, append(shards, last...), report(s.errs))
	switch stop := new(shard.Exit); {
	case errors.As(err, stop) && stop.Code >= shard.ExitStopped:
		return shard.Exit{Code: stop.Code, Err: fmt.Errorf("stopped (%w) after %s, which are kept; the same command goes on from there", stop.Err, count(made, "run"))}
	case err != nil:
		return err
	case failed > 0:
		return fmt.Errorf("%d of %d runs failed; %s status says why", failed, made+failed, s.name)
	}
	fmt.Fprintf(s.out, "%d of %d shards are done, %s of them now\n", mine, mine, count(made, "run"))
	if mine == f.Plan().Shards {
		fmt.Fprintf(s.out, "%s merge of the same study puts them together.\n", s.name)
	}
	return nil
}

// part reads i/n; nothing is 1/1.
func part(which string, runs int) (i, n int, err error) {
	if which == "" {
		return 1, 1, nil
	}
	left, right, _ := strings.Cut(which, "/")
	i, e := strconv.Atoi(left)
	n, e2 := strconv.Atoi(right)
	if e != nil || e2 != nil || i < 1 || i > n || n > runs {
		return 0, 0, fmt.Errorf("-shard = %q, must be i/n with 1 ≤ i ≤ n ≤ %d", which, runs)
	}
	return i, n, nil
}
