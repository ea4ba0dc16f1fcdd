package sweep

import (
	"context"
	"fmt"
	"strings"

	"credo/pkg/sweep/shard"
	"credo/pkg/sweep/slurm"
)

func statusCommand(ctx context.Context, s *session, args []string) error {
	if err := s.parse(args); err != nil {
		return err
	}
	f, err := s.open(0)
	if err != nil {
		return err
	}
	queue, err := slurm.Queue(ctx, f)
	if err != nil {
		fmt.Fprintln(s.errs, err)
	}
	states := map[shard.State]int{}
	runs := 0
	for k := 1; k <= f.Plan().Shards; k++ {
		st := f.Look(k)
		states[st.State]++
		runs += st.Done
		if st.State != shard.Done && (st.State != shard.Missing || queue[k] != "") {
			fmt.Fprintf(s.out, "shard %d: %s, %d of %d runs", k, st.State, st.Done, st.Runs)
			if st.Reason != "" {
				fmt.Fprintf(s.out, ": %s", plain(st.Reason))
			}
			if queue[k] != "" {
				fmt.Fprintf(s.out, "; %s", queue[k])
			}
			fmt.Fprintln(s.out)
		}
	}
	var parts []string
	for _, state := range []shard.State{shard.Done, shard.Running, shard.Started, shard.Failed, shard.Refused, shard.Missing} {
		if states[state] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", states[state], state))
		}
	}
	fmt.Fprintf(s.out, "%s: %s: %s; %d of %d runs\n", f.Plan().Name, count(f.Plan().Shards, "shard"), strings.Join(parts, ", "), runs, f.Plan().Runs)
	if left := f.Plan().Shards - states[shard.Done]; left > 0 {
		return shard.Exit{Code: shard.ExitIncomplete, Err: fmt.Errorf("%d of %d shards are not done", left, f.Plan().Shards)}
	}
	return nil
}
