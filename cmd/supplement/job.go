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
)

// A Job executes one notebook and decides what becomes of the result.
type Job struct {
	Source    Source
	Check     bool   // compare only
	Failed    string // folder for executions that failed
	Progress  *Progress
	Execution Execution
}

// Run returns the notebook's entry and its executed, normalised form. On failure
// the error names every cell and claim concerned, the file is as it was, and the
// execution lies in the folder Failed.
func (j Job) Run(ctx context.Context) (Entry, *Notebook, error) {
	begin := time.Now()
	s, cells := j.Source, j.Source.Running()
	j.Progress.Set("%s: the kernel starts", s.Name)
	j.Execution.Started = func(cell int, _ time.Duration) {
		at := 0
		if cell <= len(cells) {
			at = cells[cell-1] + 1
		}
		j.Progress.Set("%s: In [%d] of %d, cell %d of %d", s.Name, cell, len(cells), at, len(s.Cells))
	}
	result, stopped := j.Execution.Run(ctx, s.Path)
	if result == nil {
		if errors.As(stopped, new(Missing)) || errors.Is(stopped, context.Canceled) {
			return Entry{}, nil, stopped
		}
		return Entry{}, nil, fmt.Errorf("%s: %w", s.Label, stopped)
	}
	nb, err := ParseNotebook(result)
	if err != nil {
		return Entry{}, nil, fmt.Errorf("%s, executed: %w", s.Label, err)
	}
	nb.Normalise()
	claims, failures := nb.Examine(s.Label)
	text, err := nb.Encode()
	if err != nil {
		return Entry{}, nil, err
	}

	var wrong []string
	if stopped != nil {
		wrong = append(wrong, stopped.Error())
	}
	for _, f := range failures {
		wrong = append(wrong, f.String())
	}
	if len(wrong) == 0 && j.Check {
		if d := Difference(&s.Notebook, nb); d != "" {
			wrong = append(wrong, "the execution differs from the committed notebook: "+d, "to accept it: make supplement")
		}
	}
	if len(wrong) > 0 {
		return Entry{}, nil, j.fail(wrong, text)
	}
	entry, err := NewEntry(s.Name, nb, claims)
	if err != nil {
		return Entry{}, nil, fmt.Errorf("%s: %w", s.Label, err)
	}
	state := "as committed"
	if !j.Check {
		if state, err = j.writeBack(text); err != nil {
			return Entry{}, nil, err
		}
	}
	os.Remove(j.failedPath()) // of an earlier run; the folder goes when it is empty
	os.Remove(j.Failed)
	held := "no claims"
	if len(claims) > 0 {
		held = plural(len(claims), "claim") + " held"
	}
	j.Progress.Line("%s: %s, %s, %s, %s", s.Label, plural(len(cells), "cell"), held, state, seconds(time.Since(begin)))
	return entry, nb, nil
}

// writeBack replaces the notebook by its execution, unless it is the same or
// somebody has changed the file in the meantime.
func (j Job) writeBack(text []byte) (state string, err error) {
	now, err := os.ReadFile(j.Source.Path)
	switch {
	case err != nil:
		return "", err
	case bytes.Equal(now, text):
		return "unchanged", nil
	case !bytes.Equal(now, j.Source.Text):
		return "", fmt.Errorf("%s: changed while it was executed; not written", j.Source.Label)
	}
	return "written", WriteAtomic(j.Source.Path, text)
}

func (j Job) failedPath() string { return filepath.Join(j.Failed, filepath.Base(j.Source.Path)) }

// fail leaves the execution in the folder for failures and makes the error.
func (j Job) fail(wrong []string, text []byte) error {
	path := j.failedPath()
	err := os.MkdirAll(j.Failed, 0o755)
	if err == nil {
		err = WriteAtomic(path, text)
	}
	if err == nil {
		wrong = append(wrong, "this execution is in "+path)
	}
	return fmt.Errorf("%s FAILED\n  %s", j.Source.Label, strings.Join(wrong, "\n  "))
}
