package book

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"strings"
)

// A Program is a converted notebook.
type Program struct {
	Name         string // of the notebook, as errors have it
	imports      []importSpec
	declarations []declaration
	declared     map[string]declaration // by name
	bodies       []body
}

// An importSpec is an import of a cell, or one that goimports has found.
type importSpec struct {
	name, path string // name is empty where the cell gives none
	cell       int
}

func (s importSpec) text() string { return strings.TrimSpace(fmt.Sprintf("%s %q", s.name, s.path)) }

// unlikely begins the names that this package adds to those of the cells.
const unlikely = "credoBook"

// entry runs a cell, in a package of a program of many notebooks.
const entry = "CredoBookRun"

// Convert makes a program of the cells that a notebook's kernel would execute, in
// their order. The error says in a sentence what a program cannot do as the kernel
// does it, and in which cell.
func Convert(name string, cells []Cell) (*Program, error) {
	p := &Program{Name: name, declared: map[string]declaration{}}
	for i, c := range cells {
		if c.Number < 1 || i > 0 && c.Number <= cells[i-1].Number {
			return nil, fmt.Errorf("the cell In [%d]: the cells are not numbered upwards from 1", c.Number)
		}
		if err := p.declare(c); err != nil {
			return nil, fmt.Errorf("the cell In [%d], %w", c.Number, err)
		}
	}
	if err := p.checkOrder(); err != nil {
		return nil, err
	}
	return p, nil
}

// Cells are the numbers of the cells that run something.
func (p *Program) Cells() []int {
	var list []int
	for _, b := range p.bodies {
		list = append(list, b.cell)
	}
	return list
}

// Args are those of a cell, from its line %%; false if it only declares.
func (p *Program) Args(cell int) ([]string, bool) {
	for _, b := range p.bodies {
		if b.cell == cell {
			return b.args, true
		}
	}
	return nil, false
}

var lastWord = regexp.MustCompile(`\w+\s*$`)

// importSpec notes an import; the kernel keeps one by each last word of a path.
func (p *Program) importSpec(s *ast.ImportSpec, cell, line int) error {
	spec := importSpec{path: strings.Trim(s.Path.Value, "\"`"), cell: cell}
	if s.Name != nil {
		spec.name = s.Name.Name
	}
	if err := refuseImport(spec); err != nil {
		return fmt.Errorf("line %d: %w", line, err)
	}
	for _, old := range p.imports {
		switch {
		case old.path == spec.path && old.name == spec.name:
			return nil
		case old.key() == spec.key():
			return fmt.Errorf("line %d: it imports another %s than In [%d]", line, spec.key(), old.cell)
		}
	}
	p.imports = append(p.imports, spec)
	return nil
}

func (s importSpec) key() string {
	if s.name != "" {
		return s.name
	}
	return lastWord.FindString(s.path)
}

var version = regexp.MustCompile(`^v\d+$`)

// packageName is what a package is called by, as far as its path tells.
func packageName(importPath string) string {
	base := path.Base(importPath)
	if version.MatchString(base) {
		base = path.Base(path.Dir(importPath))
	}
	base, _, _ = strings.Cut(base, ".")
	if token.IsIdentifier(base) {
		return base
	}
	return "_"
}
