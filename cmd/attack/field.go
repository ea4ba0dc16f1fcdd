package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"credo/internal/book"
	"credo/internal/native"
	"credo/internal/notebook"
	"credo/internal/workshop"
)

// A field is where notebooks are attacked.
type field struct {
	root      string // of their module
	sources   []notebook.Source
	limit     time.Duration
	jobs      int
	shop      workshop.Workshop
	workspace *book.Workspace
	progress  *workshop.Progress
}

// enter finds the notebooks and the tools, and makes a temporary folder to work in.
func enter(ctx context.Context, glob string, limit time.Duration, jobs int) (f *field, err error) {
	workshop.Settle()
	if err := workshop.CheckHome(); err != nil {
		return nil, err
	}
	here, root, err := workshop.Here()
	if err != nil {
		return nil, err
	}
	f = &field{limit: limit, jobs: jobs, root: root}
	if f.sources, err = notebook.Find(f.root, here, glob); err != nil {
		return nil, err
	}
	house, err := workshop.LocateHouse(f.root)
	if err != nil {
		return nil, err
	}
	if err := workshop.LocateKernel(house); err != nil {
		return nil, err
	}
	if f.shop, err = workshop.New(f.root, house); err != nil {
		return nil, err
	}
	if f.workspace, err = native.Open(ctx, f.shop); err != nil {
		f.shop.Close()
		return nil, err
	}
	if f.jobs == 0 {
		f.jobs = workshop.Slots(1 << 20)
	}
	f.progress = workshop.NewProgress(os.Stderr)
	return f, nil
}

func (f *field) close() {
	f.progress.Close()
	f.shop.Close()
}

// An outcome is what one execution of a notebook gave.
type outcome struct {
	notebook *notebook.Notebook
	claims   []notebook.Claim
	failed   []notebook.Failure // of cells, not of claims
	took     time.Duration
}

// execute runs a notebook once; stopped cells are among the failed.
func (f *field) execute(ctx context.Context, s notebook.Source, e *native.Execution) (o outcome, err error) {
	begin := time.Now()
	text, stopped := e.Run(ctx, s.Path)
	if text == nil {
		return o, stopped
	}
	if o.notebook, err = notebook.Parse(text); err != nil {
		return o, err
	}
	o.notebook.Normalise()
	claims, failures := o.notebook.Examine(s.Name)
	o.claims, o.took = claims, time.Since(begin)
	for _, failure := range failures {
		if !failure.Claim {
			o.failed = append(o.failed, failure)
		}
	}
	if stopped != nil {
		o.failed = append(o.failed, notebook.Failure{What: stopped.Error()})
	}
	return o, nil
}

// each does n things, some at once, until one fails.
func (f *field) each(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	free := make(chan struct{}, f.jobs)
	var wg sync.WaitGroup
	for i := range n {
		free <- struct{}{}
		wg.Go(func() {
			defer func() { <-free }()
			if ctx.Err() != nil {
				return
			}
			if err := do(ctx, i); err != nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

// program converts a notebook.
func (f *field) program(s notebook.Source) (*native.Execution, error) {
	e, err := native.New(s, f.workspace, f.limit)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be made a program: %w", s.Label, err)
	}
	return e, nil
}

// started reports the cells of an execution.
func (f *field) started(name string) func(int, time.Duration) {
	return func(cell int, _ time.Duration) { f.progress.Set(name, fmt.Sprintf("In [%d]", cell)) }
}
