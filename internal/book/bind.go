package book

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// An Extra is what a bound program does beside cells: where its first argument is the
// name, the function Run of the package is called with the others.
type Extra struct{ Name, Package string }

// Bind builds one program of many notebooks and writes it to the file out. Its
// arguments are the name of a notebook, the number of a cell and the arguments of the
// cell: those of its line %% are the caller's to give. env says for what it is built,
// such as GOOS=js and GOARCH=wasm; nothing is run.
//
// The same programs give the same bytes.
func (w *Workspace) Bind(ctx context.Context, programs []*Program, extras []Extra, out string, env ...string) error {
	if len(programs) == 0 {
		return errors.New("there is no notebook to build a program of")
	}
	const name = "bound" // it is in the bytes
	dir := filepath.Join(w.Dir, name)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err // a workspace binds one program at a time
	}
	defer os.RemoveAll(dir)
	var imports, table, more strings.Builder
	for i, p := range programs {
		whole, err := w.complete(ctx, p)
		if err != nil {
			return fmt.Errorf("%s: %w", p.Name, err)
		}
		pkg := fmt.Sprintf("%sNotebook%d", unlikely, i)
		if err := write(filepath.Join(dir, pkg, "cells.go"), whole.text(pkg)+fmt.Sprintf(entryText, entry, unlikely)); err != nil {
			return err
		}
		fmt.Fprintf(&imports, "\t\"%s/%s/%s\"\n", w.module(), name, pkg)
		fmt.Fprintf(&table, "\t%q: %s.%s,\n", p.Name, pkg, entry)
	}
	for i, e := range extras {
		pkg := fmt.Sprintf("%sExtra%d", unlikely, i)
		fmt.Fprintf(&imports, "\t%s %q\n", pkg, e.Package)
		fmt.Fprintf(&more, "\t%q: %s.Run,\n", e.Name, pkg)
	}
	if err := write(filepath.Join(dir, "main.go"), fmt.Sprintf(boundText, imports.String(), table.String(), more.String())); err != nil {
		return err
	}
	_, err := w.output(ctx, w.Dir, env, "go", "build", "-trimpath", "-o", out, "./"+name)
	return err
}

func write(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o600)
}

// entryText is what the package of a notebook has beside its cells.
const entryText = `
func %[1]s(cell int, args []string) bool {
	run := %[2]sCells[cell]
	if run != nil {
		_ = flag.Parse(args)
		run()
	}
	return run != nil
}
`

const boundText = `package main

import (
	"fmt"
	"os"
	"strconv"
%s)

var notebooks = map[string]func(cell int, args []string) bool{
%s}

var extras = map[string]func(args []string){
%s}

func main() {
	if len(os.Args) > 1 && extras[os.Args[1]] != nil {
		extras[os.Args[1]](os.Args[2:])
		return
	}
	if len(os.Args) < 3 || notebooks[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "arguments: notebook, cell, and those of the cell")
		os.Exit(2)
	}
	cell, _ := strconv.Atoi(os.Args[2])
	if !notebooks[os.Args[1]](cell, os.Args[3:]) {
		fmt.Fprintln(os.Stderr, "no such cell")
		os.Exit(2)
	}
}
`
