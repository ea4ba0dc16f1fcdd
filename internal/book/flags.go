package book

import (
	"fmt"
	"go/ast"
	"go/token"
	"strconv"
	"strings"
)

// checkFlags refuses arguments of a cell that a later cell defines as flags: the
// kernel's program does not know them yet.
func (p *Program) checkFlags(file *ast.File) error {
	since := map[string]int{}
	for _, d := range p.declarations {
		if d.word != "var" || !strings.Contains(d.text, "flag.") {
			continue
		}
		for _, name := range flagNames(file, d.names) {
			since[name] = d.cell
		}
	}
	for _, b := range p.bodies {
		for _, arg := range b.args {
			name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
			if strings.HasPrefix(arg, "-") && since[name] > b.cell {
				return fmt.Errorf("the cell In [%d], line %d: its argument %s is a flag of In [%d]", b.cell, b.line, arg, since[name])
			}
		}
	}
	return nil
}

// flagNames are those in calls flag.X("name", ...) and flag.XVar(&v, "name", ...)
// that initialise one of the variables.
func flagNames(file *ast.File, variables []string) (list []string) {
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, s := range g.Specs {
			if s := s.(*ast.ValueSpec); s.Names[0].Name != variables[0] {
				continue
			}
			ast.Inspect(s, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				if sel, ok := call.Fun.(*ast.SelectorExpr); !ok || !isFlag(sel.X) {
					return true
				}
				for _, a := range call.Args[:min(2, len(call.Args))] {
					if lit, ok := a.(*ast.BasicLit); ok && lit.Kind == token.STRING {
						name, _ := strconv.Unquote(lit.Value)
						list = append(list, name)
						break
					}
				}
				return true
			})
		}
	}
	return list
}

func isFlag(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "flag"
}
