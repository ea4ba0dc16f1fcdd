package sweep

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"credo/pkg/experiment"
	"credo/pkg/sweep/shard"
)

// outcome is what a run leaves.
type outcome struct {
	columns []string
	values  []float64
	err     error
}

// measure makes a run and sorts what it measured.
func measure(ctx context.Context, runs *experiment.Runs, run int) (o outcome) {
	v, err := runs.Do(ctx, run)
	if err != nil {
		return outcome{err: err}
	}
	o.columns = v.Columns()
	for _, name := range o.columns {
		o.values = append(o.values, v[name])
	}
	if len(v) == 0 {
		o.err = fmt.Errorf("run %d measured nothing, must measure at least one number", run)
	}
	return o
}

// piece is a shard that is being computed.
type piece struct {
	shard   int
	todo    []int
	mu      sync.Mutex
	attempt *shard.Attempt // nil before the first run begins
	left    int            // runs that have not ended
}

// compute computes what is missing of shards, on all cores. It returns how many runs failed. If the context ends first, what has been
// computed is kept.
func compute(ctx context.Context, f *shard.Folder, runs *experiment.Runs, shards []int, r *report) (failed int, err error) {
	pieces, owner := []*piece{}, []*piece{} // owner of each run that is to be made
	for _, k := range shards {
		todo, err := f.Todo(k)
		if err != nil {
			return 0, err
		}
		p := &piece{shard: k, todo: todo, left: len(todo)}
		pieces = append(pieces, p)
		for range todo {
			owner = append(owner, p)
		}
	}
	r.begin(len(owner))
	defer r.end()
	first := make(map[*piece]int)
	for i := len(owner) - 1; i >= 0; i-- {
		first[owner[i]] = i
	}
	for _, p := range pieces {
		if len(p.todo) == 0 { // all runs are there, but no result
			if err := errors.Join(p.begin(f), p.end()); err != nil {
				return 0, err
			}
		}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var broken error // the first that is no run's: no more runs are begun
	stop := func(err error) {
		if broken == nil {
			broken = err
		}
		cancel(err)
	}
	_, err = experiment.Ensemble(ctx, len(owner), func(ctx context.Context, i int) (*outcome, error) {
		p := owner[i]
		if err := p.begin(f); err != nil {
			return nil, err
		}
		o := measure(ctx, runs, p.todo[i-first[p]])
		if o.err != nil && ctx.Err() != nil { // it was told to stop
			return nil, ctx.Err()
		}
		return &o, nil
	}, func(i int, o *outcome) {
		p := owner[i]
		if o.err != nil {
			failed++
			p.attempt.Fail(o.err)
			r.failed(o.err)
		} else if err := p.attempt.Add(p.todo[i-first[p]], o.columns, o.values); err != nil {
			stop(err)
		}
		*o = outcome{} // Ensemble keeps the pointer
		if p.left--; p.left == 0 {
			if err := p.end(); err != nil {
				stop(err)
			}
		}
		r.step()
	})
	switch cause := context.Cause(ctx); {
	case broken != nil:
		err = broken
	case cause != nil && err != nil:
		err = cause
	}
	for _, p := range pieces {
		if e := p.end(); err == nil {
			err = e
		}
	}
	return failed, err
}

// begin begins the attempt, once.
func (p *piece) begin(f *shard.Folder) (err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.attempt == nil {
		p.attempt, err = f.Begin(p.shard)
	}
	return err
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
