package book

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// A declaration is one that stays from its cell on. A method is called Type.Name.
type declaration struct {
	names []string
	word  string // var, const or type, where the text begins without
	text  string
	cell  int
	line  int // in the cell, from 1
}

// A body is what a cell runs.
type body struct {
	cell, line int
	args       []string
	text       string
}

// declare reads a cell into the program.
func (p *Program) declare(c Cell) error {
	text, command, err := split(c.Source)
	if err != nil {
		return err
	}
	const head = "package p;" // on the first line of the cell: lines stay
	text = head + text
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return fmt.Errorf("it is no Go: line %s", strings.TrimPrefix(err.Error(), ":"))
	}
	cut := func(n ast.Node) string { return text[set.Position(n.Pos()).Offset:set.Position(n.End()).Offset] }
	line := func(n ast.Node) int { return set.Position(n.Pos()).Line }
	for i, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			main := d.Name.Name == "main" && d.Recv == nil
			switch {
			case main && (command.line != line(d) || i != len(file.Decls)-1):
				return fmt.Errorf("line %d: a func main beside that of %%%%", line(d))
			case main:
				inner := text[set.Position(d.Body.Lbrace).Offset+1 : set.Position(d.Body.Rbrace).Offset]
				p.bodies = append(p.bodies, body{c.Number, command.line, command.args, inner})
				continue
			case strings.HasPrefix(d.Name.Name, "init"):
				return fmt.Errorf("line %d: func %s runs in cells of its own choice", line(d), d.Name.Name)
			}
			name, err := methodName(d)
			if err != nil {
				return fmt.Errorf("line %d: %w", line(d), err)
			}
			if err := p.add(declaration{[]string{name}, "", cut(d), c.Number, line(d)}); err != nil {
				return err
			}
		case *ast.GenDecl:
			if err := p.general(d, c.Number, cut, line); err != nil {
				return err
			}
		}
	}
	return nil
}

// general reads imports, constants, types and variables.
func (p *Program) general(d *ast.GenDecl, cell int, cut func(ast.Node) string, line func(ast.Node) int) error {
	if d.Tok == token.CONST && d.Lparen.IsValid() { // of iota: a block stays whole
		block := declaration{nil, "", cut(d), cell, line(d)}
		for _, s := range d.Specs {
			names := s.(*ast.ValueSpec).Names
			if len(names) > 1 {
				return fmt.Errorf("line %d: a block of constants with two names on a line", line(s))
			}
			block.names = append(block.names, names[0].Name)
		}
		return p.add(block)
	}
	for _, s := range d.Specs {
		one := declaration{nil, d.Tok.String(), cut(s), cell, line(s)}
		switch s := s.(type) {
		case *ast.ImportSpec:
			if err := p.importSpec(s, cell, line(s)); err != nil {
				return err
			}
			continue
		case *ast.TypeSpec:
			one.names = []string{s.Name.Name}
		case *ast.ValueSpec:
			for _, name := range s.Names {
				one.names = append(one.names, name.Name)
			}
		}
		if err := p.add(one); err != nil {
			return err
		}
	}
	return nil
}

// add refuses a name that has been declared, unless the same is said again.
func (p *Program) add(d declaration) error {
	for _, name := range d.names {
		if name == "_" || name == "flag" || name == entry || strings.HasPrefix(name, unlikely) {
			return fmt.Errorf("line %d: it declares %s", d.line, name)
		}
		old, declared := p.declared[name]
		switch {
		case declared && old.word == d.word && old.text == d.text:
			return nil
		case declared:
			return fmt.Errorf("line %d: it declares %s anew, which In [%d] has declared", d.line, name, old.cell)
		}
	}
	for _, name := range d.names {
		p.declared[name] = d
	}
	p.declarations = append(p.declarations, d)
	return nil
}

// methodName is the name of a function, with its receiver's type before a dot.
func methodName(d *ast.FuncDecl) (string, error) {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name, nil
	}
	t := d.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if id, ok := t.(*ast.Ident); ok {
		return id.Name + "." + d.Name.Name, nil
	}
	return "", fmt.Errorf("the method %s of a generic type", d.Name.Name)
}
