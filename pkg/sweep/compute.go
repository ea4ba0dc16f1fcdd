package sweep

import (
	"context"
	"errors"
	"sync"

	"credo/pkg/experiment"
	"credo/pkg/sweep/shard"
)

// outcome is what a run leaves.
type outcome struct {
	values experiment.Values
	err    error
}

// piece is a shard that is being computed.
type piece struct {
	shard     int
	mu        sync.Mutex
	attempt   *shard.Attempt // nil before the first run begins, and at the end
	elsewhere bool           // another process has done the shard in the meantime
	left      int            // runs that have not ended
}

// task is a run that is to be made.
type task struct {
	*piece
	run int
}

// compute computes what is missing of shards, on all cores. It returns how many runs it made, and how many failed; complain is told why. If
// the context ends first, or the disk is full, what has been computed is kept.
func compute(ctx context.Context, f *shard.Folder, runs *experiment.Runs, shards []int, complain func(error)) (made, failed int, err error) {
	var pieces []*piece
	var tasks []task
	for _, k := range shards {
		todo, err := f.Todo(k)
		p := &piece{shard: k, left: len(todo)}
		if err == nil && len(todo) == 0 { // all runs are there, but no result
			_, err = p.begin(f)
			err = errors.Join(err, p.end())
		}
		if err != nil {
			return 0, 0, err
		}
		pieces = append(pieces, p)
		for _, run := range todo {
			tasks = append(tasks, task{p, run})
		}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var broken error // the first that is no run's: no more runs are begun
	stop := func(err error) {
		if broken == nil && err != nil {
			broken = err
			cancel(err)
		}
	}
	_, err = experiment.Ensemble(ctx, len(tasks), func(ctx context.Context, i int) (*outcome, error) {
		t := tasks[i]
		if done, err := t.begin(f); err != nil || done {
			return nil, err
		}
		v, err := runs.Do(ctx, t.run)
		if err != nil && ctx.Err() != nil { // it was told to stop
			return nil, ctx.Err()
		}
		return &outcome{v, err}, nil
	}, func(i int, o *outcome) {
		t := tasks[i]
		switch {
		case o == nil: // another process has done it
		case o.err != nil:
			failed++
			t.attempt.Fail(o.err)
			complain(o.err)
		default:
			made++
			columns, values := o.values.Sorted()
			stop(t.attempt.Add(t.run, columns, values))
			*o = outcome{} // Ensemble keeps the pointer
		}
		if t.left--; t.left == 0 {
			stop(t.end())
		}
	})
	switch cause := context.Cause(ctx); {
	case broken != nil:
		err = broken
	case err != nil && cause != nil:
		err = cause
	case err != nil: // an attempt could not begin; which run wanted it does not matter
		err = errors.Unwrap(err)
	}
	for _, p := range pieces {
		if e := p.end(); err == nil {
			err = e
		}
	}
	return made, failed, err
}

// begin begins the attempt, once, unless another process has done the shard.
func (p *piece) begin(f *shard.Folder) (done bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.attempt == nil && !p.elsewhere {
		if p.elsewhere = f.Look(p.shard).State == shard.Done; !p.elsewhere {
			p.attempt, err = f.Begin(p.shard)
		}
	}
	return p.elsewhere, err
}

// end ends the attempt, if it has begun and has not ended.
func (p *piece) end() error {
	if p.attempt == nil {
		return nil
	}
	_, err := p.attempt.End()
	p.attempt = nil
	return err
}
