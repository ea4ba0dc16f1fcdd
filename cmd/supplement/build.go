package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"credo/internal/durable"
	"credo/internal/notebook"
	"credo/internal/workshop"
)

// A Build is one run over some notebooks.
type Build struct {
	Root, House string
	Sources     []notebook.Source
	Whole       bool   // the sources are all notebooks there are
	Out         string // folder to publish to
	Check, All  bool
	Kernel      int // with Check: how many notebooks take their turn with the kernel
	Limit       time.Duration
	Jobs        int // at once; 0: as many as processors and memory allow
	Progress    *workshop.Progress
	Nbconvert   string
	Publisher   Publisher
	library     Library
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
	if !b.Check {
		if b.library, err = ReadLibrary(b.Root, b.House, b.Sources); err != nil {
			return err
		}
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
			if err := durable.Writable(s.Path); err != nil {
				return fmt.Errorf("%s: %w", s.Label, err)
			}
			if why := verdict.Why; why != "" {
				b.Progress.Line("%s: %s", s.Label, why)
			}
		}
		jobs = append(jobs, Job{Source: s, Recipe: recipes[i], Tools: tools, Check: b.Check, Failed: filepath.Join(b.Out, "failed"), Progress: b.Progress,
			Execution: Execution{Nbconvert: b.Nbconvert, Limit: b.Limit}})
	}
	if len(names) > 0 {
		b.Progress.Line("not executed, for nothing they depend on has changed: %s", strings.Join(names, ", "))
	}
	if b.Check && !b.All && len(jobs) > 0 {
		if jobs, err = b.nativeJobs(ctx, jobs); err != nil {
			return err
		}
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
	err = b.Publisher.Publish(ctx, b.Out, Edition{Results: results, Failed: failed, Whole: b.Whole, Commit: ReadCommit(b.Root), Inputs: inputs, Library: b.library, Go: tools.Go})
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err == nil {
		b.Progress.Line("published: %s", filepath.Join(b.Out, "index.html"))
	}
	return errors.Join(err, summary)
}

// asCommitted is the result of a notebook whose outputs are up to date. Its file
// takes the normal form if a front end has saved it in another.
func asCommitted(s notebook.Source) (Result, error) {
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
