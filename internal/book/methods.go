package book

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// checkMethods looks at methods that are declared in a later cell than their type.
// Cells between do not have them. So none of them may say the method's name, unless
// it is known to be that of something else, and the name may not be exported: other
// packages may ask for such a method, as fmt does for String.
func (p *Program) checkMethods(set *token.FileSet, file *ast.File, info *types.Info) error {
	late := map[string]declaration{}
	for _, d := range p.declarations {
		typeName, method, ok := strings.Cut(d.names[0], ".")
		t, declared := p.declared[typeName]
		if !ok || !declared || t.cell == d.cell {
			continue
		}
		if token.IsExported(method) {
			return fmt.Errorf("the cell In [%d], line %d: it declares the method %s of %s, a type of In [%d]", d.cell, d.line, method, typeName, t.cell)
		}
		late[method] = d
	}
	var wrong error
	ast.Inspect(file, func(n ast.Node) bool {
		var id *ast.Ident
		switch n := n.(type) {
		case *ast.SelectorExpr:
			other := info.Selections[n]
			if other == nil || p.cellAt(set, other.Obj().Pos()) == late[n.Sel.Name].cell {
				id = n.Sel
			}
		case *ast.InterfaceType:
			for _, m := range n.Methods.List {
				if len(m.Names) > 0 && late[m.Names[0].Name].cell > 0 {
					id = m.Names[0]
				}
			}
		}
		if id == nil || wrong != nil {
			return wrong == nil
		}
		at := p.cellAt(set, id.Pos())
		if d := late[id.Name]; at > 0 && at < d.cell {
			wrong = fmt.Errorf("%s: it names the method %s, which In [%d] declares", p.place(set, id.Pos()), id.Name, d.cell)
		}
		return true
	})
	return wrong
}
