package notebook

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
)

// A Parameter is a flag that the notebook declares in its cell tagged
// parameters, with its default as Go source (a string without its quotes). Kind is
// what package flag calls its type: Int, Float64.
type Parameter struct {
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Default string `json:"default"`
	Usage   string `json:"usage,omitempty"`
}

// Parameters returns the flags of the notebook in their order.
func (nb *Notebook) Parameters() ([]Parameter, error) {
	list := []Parameter{}
	for _, c := range nb.Cells {
		if c.Type != "code" || !c.Tagged("parameters") {
			continue
		}
		flags, err := Flags(c.Source)
		if err != nil {
			return nil, fmt.Errorf("the cell tagged parameters: %w", err)
		}
		list = append(list, flags...)
	}
	return list, nil
}

// flagsOf finds the calls flag.X("name", default, "usage") and
// flag.XVar(&v, "name", default, "usage") in the source of a cell.
func Flags(source string) ([]Parameter, error) {
	var decls strings.Builder
	decls.WriteString("package p\n")
	for line := range strings.Lines(source) {
		if strings.HasPrefix(line, "%%") {
			break // what follows is the body of main
		}
		if !strings.HasPrefix(line, "%") && !strings.HasPrefix(line, "!") {
			decls.WriteString(line)
		}
	}
	text := decls.String()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "parameters", text, 0)
	if err != nil {
		return nil, err
	}
	var list []Parameter
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if pkg, ok := sel.X.(*ast.Ident); !ok || pkg.Name != "flag" {
			return true
		}
		args := call.Args
		if strings.HasSuffix(sel.Sel.Name, "Var") && len(args) > 0 {
			args = args[1:]
		}
		if len(args) != 3 {
			return true
		}
		literal := func(e ast.Expr) string {
			s := text[fset.Position(e.Pos()).Offset:fset.Position(e.End()).Offset]
			if u, err := strconv.Unquote(s); err == nil {
				return u
			}
			return s
		}
		list = append(list, Parameter{literal(args[0]), strings.TrimSuffix(sel.Sel.Name, "Var"), literal(args[1]), literal(args[2])})
		return true
	})
	return list, nil
}
