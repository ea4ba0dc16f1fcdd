package book

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// empty imports every package as one without names: what a cell takes from another
// cell can be told without.
type empty struct{}

func (empty) Import(path string) (*types.Package, error) {
	p := types.NewPackage(path, packageName(path))
	p.MarkComplete()
	return p, nil
}

// checkOrder refuses a use before the cell of the declaration, which the kernel
// does not know there, and a name of a package that may not be used. Scopes are
// those of Go's own type checker.
func (p *Program) checkOrder() error {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "cells.go", p.text("main"), parser.SkipObjectResolution)
	if err != nil {
		return fmt.Errorf("it is no Go: %w", err)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
	config := types.Config{Importer: empty{}, Error: func(error) {}}
	pkg, _ := config.Check("main", set, []*ast.File{file}, info) // errors are the compiler's business
	var wrong error
	ast.Inspect(file, func(n ast.Node) bool {
		if wrong != nil {
			return false
		}
		switch n := n.(type) {
		case *ast.SelectorExpr:
			id, ok := n.X.(*ast.Ident)
			if !ok {
				break
			}
			object := info.Uses[id]
			if _, named := object.(*types.PkgName); object == nil || named {
				if err := refuseSelector(id.Name, n); err != nil {
					wrong = fmt.Errorf("%s: %w", p.place(set, n.Pos()), err)
				}
			}
		case *ast.Ident:
			at := p.cellAt(set, n.Pos())
			if object := info.Uses[n]; object != nil && at > 0 {
				if since := p.since(set, pkg, object); since > at {
					wrong = fmt.Errorf("%s: it uses %s, which In [%d] declares", p.place(set, n.Pos()), n.Name, since)
				}
			}
		}
		return wrong == nil
	})
	if wrong == nil {
		wrong = p.checkMethods(set, file, info)
	}
	if wrong == nil {
		wrong = p.checkFlags(file)
	}
	return wrong
}

// since is the cell that declares the object; 0 if that is none.
func (p *Program) since(set *token.FileSet, pkg *types.Package, object types.Object) int {
	if name, ok := object.(*types.PkgName); ok {
		for _, s := range p.imports {
			if s.path == name.Imported().Path() && (s.name == "" || s.name == name.Name()) {
				return s.cell
			}
		}
	}
	if object.Parent() != pkg.Scope() {
		return 0
	}
	return p.cellAt(set, object.Pos())
}

// cellAt is the number of the cell that a position lies in; 0 outside of any.
func (p *Program) cellAt(set *token.FileSet, pos token.Pos) int {
	inner, ok := strings.CutPrefix(set.Position(pos).Filename, p.file()+".In[")
	if !ok {
		return 0
	}
	n, _ := strconv.Atoi(strings.TrimSuffix(inner, "]"))
	return n
}

func (p *Program) place(set *token.FileSet, pos token.Pos) string {
	return fmt.Sprintf("the cell In [%d], line %d", p.cellAt(set, pos), set.Position(pos).Line)
}
