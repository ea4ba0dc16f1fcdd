package book

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
)

// beyond are packages by which a cell may see that it is another program than the
// kernel's, or do what a comparison of outputs does not see; with all below them.
var beyond = []string{"C", "embed", "flag", "io/ioutil", "net", "os", "plugin", "runtime", "syscall", "testing", "unsafe"}

// refuse says which package a cell may not import in a program.
func refuse(path string) error {
	for _, b := range beyond {
		if path == b && path != "os" || strings.HasPrefix(path, b+"/") {
			return fmt.Errorf("it uses the package %s, by which it may tell a program from the kernel's or reach beyond it", path)
		}
	}
	return nil
}

// allowed are the only names that a cell may use of a package, and refused those
// that it may not: of os the process's own streams and end, of log no positions.
var (
	allowed = map[string][]string{"os": {"Stdout", "Stderr", "Exit"}}
	refused = map[string][]string{"log": {"Lshortfile", "Llongfile"}}
)

// refuseSelector does the same for a name after the name of a package.
func refuseSelector(pkg string, sel *ast.SelectorExpr) error {
	name := sel.Sel.Name
	if list, ok := allowed[pkg]; ok && !slices.Contains(list, name) || slices.Contains(refused[pkg], name) {
		return fmt.Errorf("it uses %s.%s, by which it may tell a program from the kernel's or reach beyond it", pkg, name)
	}
	return nil
}

// refuseImport refuses also imports that the kernel confuses or that hide names.
func refuseImport(s importSpec) error {
	switch {
	case s.name == ".", s.name == "_", s.name != "" && (allowed[s.path] != nil || refused[s.path] != nil):
		return fmt.Errorf("it imports %s as %s", s.path, s.name)
	}
	return refuse(s.path)
}
