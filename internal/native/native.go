// Package native executes notebooks without Jupyter, as programs made of their cells.
package native

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"credo/internal/book"
	"credo/internal/notebook"
	"credo/internal/workshop"
)

// An Execution runs a notebook as one program made of its cells. What it returns is
// what an execution by the kernel returns.
type Execution struct {
	Notebook  *notebook.Notebook // normalised, as it was found
	Program   *book.Program
	Workspace *book.Workspace
	Limit     time.Duration // time limit of a cell
	Arguments []string      // for every cell, before its own, which win: other values of flags
	Started   func(cell int, at time.Duration)
	Spent     func(cell int, cpu time.Duration) // called when a cell has ended, with its number; may be nil

	binary *book.Binary
}

// Open makes the folder in the workshop in which programs are built.
func Open(ctx context.Context, shop workshop.Workshop) (*book.Workspace, error) {
	w := &book.Workspace{Dir: shop.Path("book"), Root: shop.Root, Tools: filepath.Join(shop.House, ".bin"), Command: shop.Command, Module: house() + "/bound"}
	if err := os.Mkdir(w.Dir, 0o700); err != nil {
		return nil, err
	}
	return w, w.Open(ctx)
}

// house is the path of the module of this package, which may have been renamed.
func house() string {
	path, _, _ := strings.Cut(reflect.TypeFor[Execution]().PkgPath(), "/internal/")
	return path
}

// New converts the cells of a notebook; the error is a sentence that says why
// only the kernel can execute them.
func New(s notebook.Source, w *book.Workspace, limit time.Duration) (*Execution, error) {
	p, err := Convert(s.Name, s.Cells)
	if err != nil {
		return nil, err
	}
	return &Execution{Notebook: &s.Notebook, Program: p, Workspace: w, Limit: limit, Started: func(int, time.Duration) {}}, nil
}

// Convert makes a program of the cells of a notebook, as [book.Convert] does.
func Convert(name string, cells []*notebook.Cell) (*book.Program, error) {
	var list []book.Cell
	for _, c := range cells {
		if !c.Runs() {
			continue
		}
		if c.Tagged("raises-exception") { // the kernel's account of it is part of the output
			return nil, fmt.Errorf("the cell In [%d] is tagged raises-exception", c.Count)
		}
		list = append(list, book.Cell{Number: c.Count, Source: c.Source})
	}
	return book.Convert(name, list)
}

// Build builds the program, for many runs: copies of the execution share it.
func (e *Execution) Build(ctx context.Context) (err error) {
	e.binary, err = e.Workspace.Build(ctx, e.Program)
	return err
}

// Run builds the program, unless that is done, and runs its cells, each as a process of its own, in the
// folder of the notebook. As with the kernel a failing cell is no error, and a cell
// that runs into the time limit is one beside a result. An error without a result
// says why the kernel must decide.
func (e Execution) Run(ctx context.Context, path string) (result []byte, err error) {
	begin := time.Now()
	if e.binary == nil {
		if err := e.Build(ctx); err != nil {
			return nil, err
		}
		defer e.binary.Close()
	}
	nb := &notebook.Notebook{Metadata: e.Notebook.Metadata}
	var late error
	n := 0
	for _, c := range e.Notebook.Cells {
		executed := *c
		executed.Outputs = nil
		nb.Cells = append(nb.Cells, &executed)
		if !c.Runs() {
			continue
		}
		n++
		e.Started(n, time.Since(begin))
		o, err := e.binary.Run(ctx, c.Count, book.Limits{Dir: filepath.Dir(path), Time: e.Limit}, e.Arguments...)
		if err != nil {
			return nil, fmt.Errorf("the cell In [%d]: %w", c.Count, err)
		}
		if e.Spent != nil {
			e.Spent(c.Count, o.Spent)
		}
		if o.Late {
			late = notebook.Late(n, e.Limit)
		}
		executed.Outputs = outputsOf(o)
	}
	if result, err = nb.Encode(); err == nil {
		err = late
	}
	return result, err
}

// outputsOf are those that the kernel would make of a cell.
func outputsOf(o book.Output) (list []notebook.Output) {
	for name, text := range map[string][]byte{"stdout": o.Stdout, "stderr": o.Stderr} {
		if len(text) > 0 {
			list = append(list, notebook.Output{Type: "stream", Name: name, Text: string(text)})
		}
	}
	for _, d := range o.Displays {
		list = append(list, notebook.Output{Type: "display_data", Data: d.Data, Metadata: d.Metadata})
	}
	if o.Failed != "" {
		list = append(list, notebook.Output{Type: "error", Name: "ERROR", Text: o.Failed, Traceback: []string{o.Failed}})
	}
	return list
}
