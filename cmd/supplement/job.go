package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"credo/internal/durable"
	"credo/internal/native"
	"credo/internal/notebook"
	"credo/internal/workshop"
)

// A Job executes one notebook and decides what becomes of the result.
type Job struct {
	Source    notebook.Source
	Recipe    Recipe
	Tools     Toolchain
	Check     bool   // compare only
	Failed    string // folder for executions that failed
	Progress  *workshop.Progress
	Execution Execution
	Native    *native.Execution // nil: by the kernel
}

// A Result is a notebook with outputs that hold, executed or as committed.
type Result struct {
	Source   notebook.Source
	Entry    Entry
	Notebook *notebook.Notebook
}

// Run returns the notebook's executed, normalised form. On failure the error names
// every cell and claim concerned, the file is as it was, and the execution lies in
// the folder Failed.
func (j Job) Run(ctx context.Context) (Result, error) {
	begin := time.Now()
	s, cells := j.Source, j.Source.Running()
	j.Progress.Set(s.Name, "starts")
	defer j.Progress.Set(s.Name, "")
	started := func(cell int, _ time.Duration) {
		at := 0
		if cell <= len(cells) {
			at = cells[cell-1] + 1
		}
		j.Progress.Set(s.Name, fmt.Sprintf("In [%d] of %d, cell %d of %d", cell, len(cells), at, len(s.Cells)))
	}
	result, stopped := j.execute(ctx, started)
	if result == nil {
		if errors.As(stopped, new(workshop.Missing)) || errors.Is(stopped, context.Canceled) {
			return Result{}, stopped
		}
		return Result{}, fmt.Errorf("%s: %w", s.Label, stopped)
	}
	nb, err := notebook.Parse(result)
	if err != nil {
		return Result{}, fmt.Errorf("%s, executed: %w", s.Label, err)
	}
	nb.Normalise()
	claims, failures := nb.Examine(s.Label)
	var wrong []string
	if stopped != nil {
		wrong = append(wrong, stopped.Error())
	}
	for _, f := range failures {
		wrong = append(wrong, f.String())
	}
	seal, state := s.Seal(), "as committed"
	abroad := seal.Arch != "" && seal.Arch != j.Tools.Arch
	switch {
	case len(wrong) > 0:
	case abroad && (j.Check || seal.Digest == j.Recipe.Digest(j.Tools.at(seal))):
		// The committed bytes are those of another processor, and stay.
		if d := notebook.Departure(&s.Notebook, nb); d != "" {
			wrong = append(wrong, fmt.Sprintf("the execution on %s departs from the committed one of %s: %s", j.Tools.Arch, seal.Arch, d))
		}
		state = fmt.Sprintf("within tolerance of what %s committed (bytes not compared)", seal.Arch)
	case j.Check:
		if d := notebook.Difference(&s.Notebook, nb); d != "" {
			wrong = append(wrong, "the execution differs from the committed notebook: "+d, "to accept it: make supplement")
		}
		if v := Judge(&s.Notebook, j.Recipe, j.Tools); !v.Fresh && seal.Digest != "" && len(wrong) == 0 {
			state += ", but its digest is stale (" + v.Why + "): make supplement writes it anew"
		}
	default:
		nb.SetSeal(NewSeal(nb, j.Recipe, j.Tools))
		if state, err = writeBack(s, nb); err != nil {
			return Result{}, err
		}
	}
	if len(wrong) > 0 {
		return Result{}, j.fail(wrong, nb)
	}
	entry, err := NewEntry(s.Name, nb, claims)
	if err != nil {
		return Result{}, fmt.Errorf("%s: %w", s.Label, err)
	}
	os.Remove(j.failedPath()) // of an earlier run; the folder goes when it is empty
	os.Remove(j.Failed)
	held := "no claims"
	if len(claims) > 0 {
		held = counted(claims) + " held"
	}
	j.Progress.Line("%s: %s, %s, %s, %s", s.Label, plural(len(cells), "cell"), held, state, workshop.Seconds(time.Since(begin)))
	return Result{s, entry, nb}, nil
}

// execute is by the program of the notebook, or, where there is none or it cannot
// say how the kernel would have done, by the kernel.
func (j Job) execute(ctx context.Context, started func(int, time.Duration)) ([]byte, error) {
	if j.Native != nil {
		j.Native.Started = started
		result, err := j.Native.Run(ctx, j.Source.Path)
		if result != nil || ctx.Err() != nil {
			return result, err
		}
		j.Progress.Line("%s: by the kernel after all, for there is no program: %v", j.Source.Label, err)
	}
	j.Execution.Started = started
	return j.Execution.Run(ctx, j.Source.Path)
}

// writeBack replaces the notebook's file, unless it is the same or somebody has
// changed it in the meantime.
func writeBack(s notebook.Source, nb *notebook.Notebook) (state string, err error) {
	text, err := nb.Encode()
	if err != nil {
		return "", err
	}
	now, err := os.ReadFile(s.Path)
	switch {
	case err != nil:
		return "", err
	case bytes.Equal(now, text):
		return "unchanged", nil
	case !bytes.Equal(now, s.Text):
		return "", fmt.Errorf("%s: changed while it was executed; not written", s.Label)
	}
	if err := durable.Write(s.Path, text); err != nil {
		return "", fmt.Errorf("%s: %w", s.Label, err)
	}
	return "written", nil
}

func (j Job) failedPath() string { return filepath.Join(j.Failed, filepath.Base(j.Source.Path)) }

// fail leaves the execution in the folder for failures and makes the error.
func (j Job) fail(wrong []string, nb *notebook.Notebook) error {
	path := j.failedPath()
	text, err := nb.Encode()
	if err == nil {
		err = os.MkdirAll(j.Failed, 0o777)
	}
	if err == nil {
		err = durable.Write(path, text)
	}
	if err == nil {
		wrong = append(wrong, "this execution is in "+path)
	}
	return fmt.Errorf("%s FAILED\n  %s", j.Source.Label, strings.Join(wrong, "\n  "))
}
