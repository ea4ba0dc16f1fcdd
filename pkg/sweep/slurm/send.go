package slurm

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"credo/internal/durable"
	"credo/pkg/sweep/shard"
)

// errRefused is what sbatch's refusal is: the job is not in the queue, for certain.
var errRefused = errors.New("sbatch refuses")

// send writes a submission of these shards, not more than [largest], and sends it. number is its number
// among the study's. An error that is not errRefused leaves open whether the job was sent: the queue will tell.
func send(ctx context.Context, f *shard.Folder, set Settings, number int, shards []int, memory int) (submission, error) {
	s := submission{ // another client may send the same number at once
		name:   fmt.Sprintf("%s-%06d-%s", f.Plan().Name, number, durable.Unique()),
		shards: shards, memory: memory,
	}
	for _, dir := range []string{filepath.Dir(logFile(f, s.name, "")), filepath.Join(f.Dir(), "submit")} {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return s, fmt.Errorf("slurm: %w", err)
		}
	}
	file := filepath.Join("submit", s.name+".sh")
	if err := f.Write(file, []byte(s.script(f, set))); err != nil {
		return s, err
	}
	// Not to be interrupted; a full queue keeps it waiting for two minutes.
	_, err := call(context.WithoutCancel(ctx), 150*time.Second, "sbatch", filepath.Join(f.Dir(), file))
	if err == nil {
		return s, nil
	}
	// What failed, or did not answer, may have been sent. Only a queue that twice does not know it tells otherwise, or keeps it as failed
	// before it began, as it does with what no node can give.
	for range 2 {
		select {
		case <-ctx.Done():
			return s, err
		case <-time.After(set.Poll / 2):
		}
		found, e := tasks(ctx, []string{s.name})
		if e != nil {
			return s, err
		}
		if slices.ContainsFunc(found, func(t task) bool { return t.state != "FAILED" || reasons[t.reason] != hopeless }) {
			return s, nil
		}
	}
	return s, errors.Join(fmt.Errorf("%w: %w", errRefused, err), os.Remove(filepath.Join(f.Dir(), file)))
}
