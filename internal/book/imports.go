package book

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// complete adds the imports that goimports finds and leaves out those that nothing
// uses, as the kernel does. The kernel asks for each cell, this once for all.
func (w *Workspace) complete(ctx context.Context, p *Program) (*Program, error) {
	text, err := w.pipe(ctx, p.text("main"), w.Dir, nil, filepath.Join(w.Tools, "goimports"), "-srcdir", filepath.Join(w.Dir, "cells.go"))
	if err != nil {
		return nil, err
	}
	file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("goimports: %w", err)
	}
	whole := *p
	whole.imports = nil
	added := map[string]string{} // path by name
	for _, s := range file.Imports {
		spec := importSpec{path: strings.Trim(s.Path.Value, `"`)}
		if s.Name != nil {
			spec.name = s.Name.Name
		}
		if strings.HasPrefix(spec.name, unlikely) {
			continue
		}
		whole.imports = append(whole.imports, spec)
		if slices.ContainsFunc(p.imports, func(old importSpec) bool { return old.path == spec.path }) {
			continue
		}
		if err := refuse(spec.path); err != nil {
			return nil, fmt.Errorf("a cell: %w", err)
		}
		if spec.name == "" {
			spec.name = packageName(spec.path)
		}
		if w.common[spec.name] > 1 { // of these goimports takes now one, now another
			return nil, fmt.Errorf("a cell uses %s without an import, and Go's library has several packages of that name", spec.name)
		}
		added[spec.name] = spec.path
	}
	return &whole, w.checkAlone(ctx, added, symbols(file, added))
}

// symbols are the names that the file has after the name of an added package, with
// it: "fmt.Println". A name that is rather that of a variable does no harm.
func symbols(file *ast.File, added map[string]string) []string {
	var list []string
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && added[id.Name] != "" && token.IsExported(sel.Sel.Name) {
				list = append(list, id.Name+"."+sel.Sel.Name)
			}
		}
		return true
	})
	slices.Sort(list)
	return slices.Compact(list)
}

// checkAlone makes sure that goimports finds the same packages in each cell as in
// all: of those that have a cell's symbols it takes the first in an order of its
// own. So it is enough that each symbol alone leads to the same package.
func (w *Workspace) checkAlone(ctx context.Context, added map[string]string, symbols []string) error {
	if len(symbols) == 0 {
		return nil
	}
	dir, err := os.MkdirTemp(w.Dir, "symbols")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	args := []string{"-w"}
	for i, symbol := range symbols { // each in a folder of its own, for it also looks at neighbours
		path := filepath.Join(dir, strconv.Itoa(i), "cells.go")
		err := os.Mkdir(filepath.Dir(path), 0o700)
		if err == nil {
			err = os.WriteFile(path, []byte("package main\n\nvar _ = "+symbol+"\n"), 0o600)
		}
		if err != nil {
			return err
		}
		args = append(args, path)
	}
	if _, err := w.output(ctx, w.Dir, nil, filepath.Join(w.Tools, "goimports"), args...); err != nil {
		return err
	}
	for i, symbol := range symbols {
		file, err := parser.ParseFile(token.NewFileSet(), args[i+1], nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		name, _, _ := strings.Cut(symbol, ".")
		if len(file.Imports) != 1 || strings.Trim(file.Imports[0].Path.Value, `"`) != added[name] {
			return fmt.Errorf("a cell uses %s without importing a package, and it may mean another than %s", symbol, added[name])
		}
	}
	return nil
}
