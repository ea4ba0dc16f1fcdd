package book

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// file is the name of the notebook as positions have it.
func (p *Program) file() string {
	return strings.Map(func(r rune) rune {
		if r == ':' || r < ' ' {
			return '_'
		}
		return r
	}, p.Name)
}

// text is the Go file of a package: the declarations, a function for each cell, and
// a table of those functions. flag is a set of the package's own in place of the
// package flag, so that notebooks which define the same flags fit into one program.
func (p *Program) text(pkg string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport (\n\t%sFlag \"flag\"\n", pkg, unlikely)
	for _, s := range p.imports {
		fmt.Fprintf(&b, "\t%s\n", s.text())
	}
	fmt.Fprintf(&b, ")\n\nvar flag = %sFlag.NewFlagSet(\"gonb\", %[1]sFlag.ExitOnError)\n\n", unlikely)
	for _, d := range p.declarations {
		fmt.Fprintf(&b, "//line %s.In[%d]:%d\n%s\n\n", p.file(), d.cell, d.line, strings.TrimSpace(d.word+" "+d.text))
	}
	for _, c := range p.bodies { // a body begins with the end of the line %%
		fmt.Fprintf(&b, "func %sCell%d() {\n//line %s.In[%d]:%d\n%s\n}\n\n", unlikely, c.cell, p.file(), c.cell, c.line, c.text)
	}
	fmt.Fprintf(&b, "//line cells.go:1\nvar %sCells = map[int]func(){\n", unlikely)
	for _, c := range p.bodies {
		fmt.Fprintf(&b, "\t%d: %sCell%[1]d,\n", c.cell, unlikely)
	}
	b.WriteString("}\n")
	return b.String()
}

// mainText runs one cell with its arguments, as the kernel's main does; cell 0 is
// none, and only what variables are initialised with has run.
const mainText = `package main

import (
	credoBookOS "os"
	credoBookNumber "strconv"
)

func main() {
	n, _ := credoBookNumber.Atoi(credoBookOS.Args[1])
	if cell := credoBookCells[n]; cell != nil {
		_ = flag.Parse(credoBookOS.Args[2:])
		cell()
	}
}
`

// Digest tells the program from others: that of its text, before imports are completed.
func (p *Program) Digest() string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(p.text("main"))))
}
