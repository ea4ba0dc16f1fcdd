package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// A Build is one run over some notebooks.
type Build struct {
	Root, House string
	Sources     []Source
	Whole       bool   // the sources are all notebooks there are
	Out         string // folder to publish to
	Check, All  bool
	Limit       time.Duration
	Jobs        int // at once; 0: as many as processors and memory allow
	Progress    *Progress
	Publisher   Publisher
}

// Run executes what has changed, or all, and publishes. The error names what
// failed, at the end; until then all else goes its way.
func (b Build) Run(ctx context.Context) error {
	tools, err := ReadToolchain(b.Root, b.House)
	if err != nil {
		return err
	}
	recipes, err := b.recipes()
	if err != nil {
		return err
	}
	var jobs []Job
	var fresh []Result
	var names []string
	for i, s := range b.Sources {
		verdict := Judge(&s.Notebook, recipes[i], tools)
		if verdict.Fresh && !b.Check && !b.All {
			r, err := asCommitted(s)
			if err != nil {
				return err
			}
			fresh, names = append(fresh, r), append(names, s.Label)
			continue
		}
		if !b.Check {
			if err := Writable(s.Path); err != nil {
				return fmt.Errorf("%s: %w", s.Label, err)
			}
			if why := verdict.Why; why != "" {
				b.Progress.Line("%s: %s", s.Label, why)
			}
		}
		jobs = append(jobs, Job{Source: s, Recipe: recipes[i], Tools: tools, Check: b.Check, Failed: filepath.Join(b.Out, "failed"), Progress: b.Progress,
			Execution: Execution{Nbconvert: b.Publisher.Nbconvert, Limit: b.Limit}})
	}
	if len(names) > 0 {
		b.Progress.Line("not executed, for nothing they depend on has changed: %s", strings.Join(names, ", "))
	}
	done, failed, err := b.execute(ctx, jobs)
	if err != nil {
		return err
	}
	var list []string
	for _, s := range failed {
		list = append(list, s.Label)
	}
	summary := error(nil)
	if len(failed) > 0 {
		summary = fmt.Errorf("%d of %s failed: %s", len(failed), plural(len(b.Sources), "notebook"), strings.Join(list, ", "))
	}
	if b.Check {
		return summary
	}
	results := append(fresh, done...)
	if len(results) == 0 {
		return summary
	}
	paths := []string{}
	for _, r := range results {
		paths = append(paths, r.Source.Path)
	}
	inputs, err := Inputs(b.Root, b.House, paths)
	if err != nil {
		return err
	}
	err = b.Publisher.Publish(ctx, b.Out, Edition{Results: results, Failed: failed, Whole: b.Whole, Commit: ReadCommit(b.Root), Inputs: inputs})
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err == nil {
		b.Progress.Line("published: %s", filepath.Join(b.Out, "index.html"))
	}
	return errors.Join(err, summary)
}

// recipes are those of the sources, in their order.
func (b Build) recipes() ([]Recipe, error) {
	var imports []string
	for _, s := range b.Sources {
		imports = append(imports, s.Needs().Imports...)
	}
	all, err := ListPackages(b.Root, b.House, imports)
	if err != nil {
		return nil, err
	}
	modules := ""
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(b.Root, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		modules = digest([]byte(modules + strings.ReplaceAll(string(text), "\r\n", "\n")))
	}
	var list []Recipe
	for _, s := range b.Sources {
		list = append(list, NewRecipe(s, all, modules))
	}
	return list, nil
}

// asCommitted is the result of a notebook whose outputs are up to date. Its file
// takes the normal form if a front end has saved it in another.
func asCommitted(s Source) (Result, error) {
	nb := &s.Notebook
	claims, _ := nb.Examine(s.Label)
	if text, err := nb.Encode(); err == nil && string(text) != string(s.Text) {
		if _, err := writeBack(s, nb); err != nil {
			return Result{}, err
		}
	}
	entry, err := NewEntry(s.Name, nb, claims)
	return Result{s, entry, nb}, err
}

// execute runs the jobs, some at once, each in a room and a process group of its
// own. The results come in the order of the jobs, whichever ended first.
func (b Build) execute(ctx context.Context, jobs []Job) (done []Result, failed []Source, err error) {
	if len(jobs) == 0 {
		return nil, nil, ctx.Err()
	}
	wrong := map[string]error{}
	if !b.Check {
		var sources []Source
		for _, j := range jobs {
			sources = append(sources, j.Source)
		}
		if wrong, err = b.Publisher.Probe(ctx, sources); err != nil {
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
			case errors.As(err, new(Missing)):
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
	return slots(n)
}
