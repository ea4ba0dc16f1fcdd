package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"credo/internal/notebook"
	"credo/internal/workshop"
)

// An Execution is one headless run of a notebook by Jupyter's nbconvert.
type Execution struct {
	Shop      workshop.Workshop
	Nbconvert string                           // the launcher
	Limit     time.Duration                    // time limit of a cell
	Grace     time.Duration                    // what a cell that nbconvert stops at the limit is given to end; 0 is 10 s
	again     bool                             // this is the second try
	Started   func(cell int, at time.Duration) // called when a cell starts: its place among those that run, from 1
}

// Run executes the notebook in a fresh kernel, in its own folder, and returns
// the result, not normalised. A failing cell is no error here, but the whole
// notebook is executed. An error that is a workshop.Missing tells of a missing tool.
func (e Execution) Run(ctx context.Context, path string) (result []byte, err error) {
	// A cell is interrupted by nbconvert at the limit. Where that does not help,
	// all is killed: when one cell has been running for the limit and the grace.
	outer := ctx
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	cell := 0
	name := filepath.Base(path)
	hung := func(cell int) func() {
		return func() {
			cancel(fmt.Errorf("the cell In [%d] was still running after its time limit of %v; killed", cell, e.Limit))
		}
	}
	guard := time.AfterFunc(e.Limit+60*time.Second, func() { cancel(errors.New("the kernel did not start")) })
	defer func() { guard.Stop() }()

	os.Remove(e.Shop.Path(name))
	cmd, done := e.Shop.Command(ctx, e.Nbconvert, "--to", "notebook", "--execute", "--allow-errors", "--log-level=DEBUG",
		"--ExecutePreprocessor.kernel_name=gonb",
		fmt.Sprintf("--ExecutePreprocessor.timeout=%d", max(1, int(e.Limit.Seconds()))),
		"--ExecutePreprocessor.interrupt_on_timeout=True",
		"--output-dir", e.Shop.Dir, "--output", name, path)
	defer done()
	defer e.Shop.KillKernel() // where nbconvert died and left it
	cmd.Env = append(cmd.Env, e.Shop.JupyterEnv()...)
	pipe, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%s: %w", e.Nbconvert, err)
	}
	var log journal
	late := 0 // the last cell that nbconvert stopped at the limit
	for r := bufio.NewReaderSize(pipe, 1<<16); ; {
		line, more, err := r.ReadLine()
		text := string(line)
		for more && err == nil { // the data of an output: of no interest
			_, more, err = r.ReadLine()
		}
		if err != nil {
			break
		}
		switch log.read(text) {
		case cellStarts:
			cell++
			guard.Stop()
			guard = time.AfterFunc(e.Limit+e.grace(), hung(cell))
			e.Started(cell, time.Since(begin))
		case cellLate:
			late = cell
		}
	}
	err = cmd.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return nil, cause
	}
	if err != nil {
		err = log.diagnose(err)
		if cell == 0 && errors.Is(err, errDied) && !e.again {
			// Two kernels that start at once may have been given the same port.
			e.again = true
			return e.Run(outer, path)
		}
		return nil, err
	}
	result, err = os.ReadFile(e.Shop.Path(name))
	if err == nil && late > 0 {
		err = notebook.Late(late, e.Limit)
	}
	return result, err
}

func (e Execution) grace() time.Duration {
	if e.Grace == 0 {
		return 10 * time.Second
	}
	return e.Grace
}

// A journal reads nbconvert's log and keeps its end.
type journal struct{ tail []string }

type event int

const (
	nothing event = iota
	cellStarts
	cellLate
)

func (j *journal) read(line string) event {
	if !strings.HasPrefix(line, "[NbConvertApp] content:") && !strings.HasPrefix(line, "[NbConvertApp] msg_type:") {
		j.tail = append(j.tail, line)
		if len(j.tail) > 400 {
			j.tail = j.tail[200:]
		}
	}
	switch {
	case !strings.HasPrefix(line, "[NbConvertApp]"):
		return nothing
	case strings.HasSuffix(line, "Executing cell:"):
		return cellStarts
	case strings.Contains(line, "Timeout waiting for execute reply"):
		return cellLate
	}
	return nothing
}

var errDied = errors.New("the kernel died")

// diagnose says why nbconvert failed.
func (j *journal) diagnose(err error) error {
	end := strings.TrimSpace(strings.Join(j.tail[max(0, len(j.tail)-3):], "\n"))
	all := strings.Join(j.tail, "\n")
	switch {
	case strings.Contains(all, "No module named"), strings.Contains(all, ": not found"):
		return workshop.Missing{Tool: "a part of Jupyter (" + end + ")", Install: "make setup (or: pip install notebook nbconvert)"}
	case strings.Contains(all, "NoSuchKernel"):
		return workshop.Missing{Tool: "the Go kernel", Install: "make setup"}
	case strings.Contains(all, "DeadKernelError"), strings.Contains(all, "Kernel died"):
		return fmt.Errorf("%w; nbconvert says: %s", errDied, end)
	}
	return fmt.Errorf("nbconvert: %w: %s", err, end)
}
