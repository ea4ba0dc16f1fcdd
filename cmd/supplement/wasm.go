package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"credo/internal/book"
	"credo/internal/explore"
	"credo/internal/native"
	"credo/internal/page"
	"credo/internal/workshop"
)

// A Bound is the program that runs the cells of the pages in a reader's browser, as
// it lies in the folder of a publication; its zero value is none.
type Bound struct {
	Key      string            `json:"key"` // digest of all that it depends on
	Sum      string            `json:"sum"` // sha256 of the file
	Size     int               `json:"size"`
	Chapters map[string]string `json:"chapters"`
}

// boundBy changes when the same notebooks give another program.
const boundBy = "2"

// Bind makes the program of all notebooks of the book, but for those that failed,
// and tells their chapters so; text is nil if it lies there already. Without it the
// pages are published as they were before there was one: that is said, and why.
func (p Publisher) Bind(ctx context.Context, out string, old Bound, b *page.Book, ed Edition) (bound Bound, text []byte) {
	if p.Static {
		return bound, nil
	}
	p.Progress.Set("program", "for readers' browsers")
	defer p.Progress.Set("program", "")
	programs := p.convert(b, ed)
	if len(programs) == 0 {
		return bound, nil
	}
	bound.Key = boundKey(programs, ed)
	if old.Key == bound.Key && intact(out, map[string]string{page.ProgramName: old.Sum}) {
		bound = old
	} else {
		begin := time.Now()
		var err error
		if text, bound.Chapters, err = p.build(ctx, programs, bound.Key); err != nil {
			if ctx.Err() == nil {
				p.Progress.Line("published without the program that runs cells in a reader's browser, for it cannot be built: %v", err)
			}
			return Bound{}, nil
		}
		bound.Sum, bound.Size = digest(text), len(text)
		p.Progress.Line("the program that runs cells in a reader's browser: %s, %.1f MB, %s", plural(len(bound.Chapters), "notebook"), float64(len(text))/1e6, workshop.Seconds(time.Since(begin)))
	}
	b.Explorer = explorer(bound)
	for i := range b.Chapters {
		c := &b.Chapters[i]
		for _, program := range programs {
			if program.Name == c.Name && bound.Chapters[c.Name] == program.Digest() {
				c.Run = runOf(program, ed.Library.seconds.of(*c))
			}
		}
	}
	return bound, text
}

// explorer is what the page of the explorer is made of.
func explorer(bound Bound) *page.Explorer {
	e := page.Explorer{Digest: bound.Key, Size: bound.Size, Channels: explore.Channels, Duration: explore.Duration}
	for _, p := range explore.Parameters() {
		e.Controls = append(e.Controls, page.Range(p))
	}
	return &e
}

// runOf says which cells of a program there are.
func runOf(program *book.Program, seconds map[int]float64) *page.Run {
	r := page.Run{Digest: program.Digest()}
	for _, number := range program.Cells() {
		args, _ := program.Args(number)
		r.Cells = append(r.Cells, page.RunCell{Number: number, Args: args, Reads: program.Reads(number), Seconds: seconds[number]})
	}
	return &r
}

// convert makes a program of each notebook; what cannot be converted is left out with a sentence.
func (p Publisher) convert(b *page.Book, ed Edition) (list []*book.Program) {
	for i, c := range b.Chapters {
		if i > 0 && b.Chapters[i-1].Name == c.Name {
			continue // it has no page either
		}
		failed := false
		for _, s := range ed.Failed {
			failed = failed || s.Name == c.Name
		}
		if failed {
			continue
		}
		program, err := native.Convert(c.Name, c.Cells)
		if err != nil {
			p.Progress.Line("%s: its cells do not run in a reader's browser: %v", c.Name, err)
		} else if len(program.Cells()) > 0 {
			list = append(list, program)
		}
	}
	return list
}

// boundKey is the digest of all that a program depends on: the cells, and the files of the packages.
func boundKey(programs []*book.Program, ed Edition) string {
	lines := []string{boundBy}
	for _, program := range programs {
		lines = append(lines, program.Name+" "+program.Digest())
	}
	for path, sum := range ed.Inputs {
		if !strings.HasSuffix(path, ".ipynb") {
			lines = append(lines, path+" "+sum)
		}
	}
	lines = append(lines, ed.Go)
	slices.Sort(lines)
	return digest(fmt.Appendf(nil, "%q", lines))
}

// build returns the script with the program, and by name the digests of the notebooks in it. The
// explorer goes by the key.
func (p Publisher) build(ctx context.Context, programs []*book.Program, key string) (text []byte, chapters map[string]string, err error) {
	support, err := goSupport(p.Shop.Root)
	if err != nil {
		return nil, nil, err
	}
	w, err := native.Open(ctx, p.Shop)
	if err != nil {
		return nil, nil, err
	}
	path := filepath.Join(w.Dir, "cells.wasm")
	if err := w.Bind(ctx, programs, []book.Extra{{Name: page.ExplorerName, Package: reflect.TypeFor[explore.State]().PkgPath()}}, path, "GOOS=js", "GOARCH=wasm"); err != nil {
		return nil, nil, err
	}
	wasm, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	var small bytes.Buffer
	z, err := gzip.NewWriterLevel(&small, gzip.BestCompression)
	if err == nil {
		_, err = z.Write(wasm)
		err = errors.Join(err, z.Close())
	}
	if err != nil {
		return nil, nil, err
	}
	chapters = map[string]string{}
	for _, program := range programs {
		chapters[program.Name] = program.Digest()
	}
	parts := maps.Clone(chapters)
	parts[page.ExplorerName] = key
	text, err = page.Program(small.Bytes(), support, parts)
	return text, chapters, err
}

// goSupport is Go's own script for its programs in a browser, of the version that builds them.
func goSupport(root string) (string, error) {
	path := filepath.Join(workshop.Output(root, "go", "env", "GOROOT"), "lib", "wasm", "wasm_exec.js")
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("this Go has no support for browsers: %w", err)
	}
	return string(text), nil
}
