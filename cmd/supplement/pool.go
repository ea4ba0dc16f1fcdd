package main

import (
	"context"
	"errors"
	"sync"

	"credo/internal/notebook"
	"credo/internal/workshop"
)

// execute runs the jobs, some at once, each in a room and a process group of its
// own. The results come in the order of the jobs, whichever ended first.
func (b Build) execute(ctx context.Context, jobs []Job) (done []Result, failed []notebook.Source, err error) {
	if len(jobs) == 0 {
		return nil, nil, ctx.Err()
	}
	wrong := map[string]error{}
	if !b.Check {
		var sources []notebook.Source
		for _, j := range jobs {
			sources = append(sources, j.Source)
		}
		if wrong, err = b.Publisher.Probe(ctx, b.library, sources); err != nil {
			return nil, nil, err
		}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	results, errs := make([]Result, len(jobs)), make([]error, len(jobs))
	free := make(chan struct{}, b.places(len(jobs)))
	var wg sync.WaitGroup
	for i, j := range jobs {
		if errs[i] = wrong[j.Source.Name]; errs[i] != nil {
			b.Progress.Line("%s; not executed", errs[i])
			continue
		}
		free <- struct{}{}
		wg.Go(func() {
			defer func() { <-free }()
			if ctx.Err() != nil {
				return
			}
			room, err := b.Publisher.Shop.Room(j.Source.Name)
			if err == nil {
				j.Execution.Shop = room
				results[i], err = j.Run(ctx)
			}
			switch {
			case errors.As(err, new(workshop.Missing)):
				cancel(err)
			case err != nil && ctx.Err() == nil:
				b.Progress.Line("%s", err)
			}
			errs[i] = err
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return nil, nil, context.Cause(ctx)
	}
	for i, j := range jobs {
		if errs[i] != nil {
			failed = append(failed, j.Source)
		} else {
			done = append(done, results[i])
		}
	}
	return done, failed, nil
}

func (b Build) places(n int) int {
	if b.Jobs > 0 {
		return min(b.Jobs, n)
	}
	return workshop.Slots(n)
}
