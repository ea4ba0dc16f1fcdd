package book

import (
	"strings"
	"testing"
)

// cells numbers sources as a kernel does.
func cells(sources ...string) []Cell {
	var list []Cell
	for i, s := range sources {
		list = append(list, Cell{i + 1, s})
	}
	return list
}

// What one program cannot do as the kernel does it cell by cell is refused, with
// the place.
func TestConvertRefuses(t *testing.T) {
	for _, c := range []struct {
		name  string
		cells []Cell
		want  string
	}{
		{"shell", cells("a := 1", "!date"), "In [1], it is no Go: line 1"},
		{"shell line", cells("!date"), `In [1], line 1: "!date" is a command to the kernel`},
		{"magic", cells("%%", "%env A=1\n%%"), `In [2], line 1: "%env A=1" is a command to the kernel`},
		{"main by its long name", cells("%main"), "is a command to the kernel"},
		{"magic in a string", cells("var s = `\n%d\n`"), `line 2: "%d" is a command`},
		{"other language", cells("%%bash\nls"), "is a command to the kernel"},
		{"package", cells("package main"), "is a command to the kernel"},
		{"comment that commands", cells("//gonb:%env A=1"), "is a command to the kernel"},
		{"two programs", cells("%%\n%%"), "line 2: a second %% in one cell"},
		{"quotes", cells(`%% --a="b c"`), "line 1: arguments with quotes"},
		{"main", cells("func main() {}"), "line 1: a func main beside that of %%"},
		{"main closed early", cells("%%\n}\nfunc f() {"), "line 1: a func main beside that of %%"},
		{"init", cells("func init_a() {}"), "line 1: func init_a runs in cells of its own choice"},
		{"anew", cells("func f() {}", "//\nfunc f() { _ = 1 }"), "In [2], line 2: it declares f anew, which In [1] has declared"},
		{"anew as another thing", cells("var f = 1", "func f() {}"), "it declares f anew"},
		{"anew, method", cells("type t int\nfunc (t) m() {}", "func (t) m() { _ = 1 }"), "In [2], line 1: it declares t.m anew"},
		{"anew, one of two", cells("var a, b = 1, 2", "var b = 3"), "it declares b anew"},
		{"flag", cells("var flag = 1"), "it declares flag"},
		{"blank", cells("var _ = f()"), "it declares _"},
		{"constants", cells("const (\n\ta, b = iota, iota\n)"), "line 2: a block of constants with two names on a line"},
		{"generic method", cells("type t[T any] struct{}\nfunc (t[T]) m() {}"), "line 2: the method m of a generic type"},
		{"before its cell, in a body", cells("%%\nf()", "func f() {}"), "In [1], line 2: it uses f, which In [2] declares"},
		{"before its cell, in a function", cells("func g() {\n\tf()\n}", "func f() {}"), "In [1], line 2: it uses f, which In [2] declares"},
		{"before its cell, a type", cells("var v []t", "type t int"), "In [1], line 1: it uses t, which In [2] declares"},
		{"before its import", cells("%%\nm.F()", "import m \"strings\"\nvar x = m.ToUpper"), "In [1], line 2: it uses m, which In [2] declares"},
		{"method before its cell", cells("type t int", "%%\nt(1).m()", "func (t) m() {}"), "In [2], line 2: it names the method m, which In [3] declares"},
		{"method asked for before its cell", cells("type t int", "var x any = t(1)\nvar y = x.(interface{ m() })", "func (t) m() {}"), "it names the method m"},
		{"method that fmt asks for", cells("type t int", "%%\nfmt.Println(t(1))", "func (t) String() string { return \"\" }"), "In [3], line 1: it declares the method String of t, a type of In [1]"},
		{"flag before its cell", cells("%% --n=1", "var n = flag.Int(\"n\", 2, \"\")"), "In [1], line 1: its argument --n=1 is a flag of In [2]"},
		{"two imports of a name", cells(`import "math/rand/v2"`, `import "example.org/other/v2"`), "In [2], line 1: it imports another v2 than In [1]"},
		{"import into the scope", cells(`import . "math"`), "it imports math as ."},
		{"exec", cells(`import "os/exec"`), "it uses the package os/exec"},
		{"network", cells(`import "net/http"`), "it uses the package net/http"},
		{"embed", cells(`import "embed"`), "it uses the package embed"},
		{"os", cells("%%\nos.Remove(\"a\")"), "In [1], line 2: it uses os.Remove"},
		{"os by another name", cells(`import o "os"`), "it imports os as o"},
		{"position", cells("%%\nlog.SetFlags(log.Lshortfile)"), "it uses log.Lshortfile"},
		{"numbers", []Cell{{2, "%%"}, {1, "%%"}}, "the cells are not numbered upwards from 1"},
	} {
		if _, err := Convert("nb", c.cells); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

// What only looks like that is converted.
func TestConvertAccepts(t *testing.T) {
	for _, c := range [][]Cell{
		cells("%%\nx := 1\n_ = x", "var x = 2"),                                                             // a name of its own in a body
		cells("import \"math\"\nfunc f() {}", "import \"math\"\nfunc f() {}"),                               // the same again
		cells("type t int", "type u struct{ m int }\nvar v u\nvar w = v.m", "func (t) m() {}"),              // a field of that name
		cells("%%\nos.Exit(1)", "%%\nfmt.Fprintln(os.Stderr)"),                                              // what is allowed of os
		cells("type os struct{ Remove int }\nvar o os\nfunc (s os) f() { _ = s.Remove }\nvar q = o.Remove"), // not the package
		cells("const (\n\ta = iota\n\tb\n)\n%% --n=1 -v\n_ = b", "%%"),
		cells("var n = flag.Int(\"n\", 2, \"\")\n%% --n=1 --none=2"),
	} {
		if _, err := Convert("nb", c); err != nil {
			t.Errorf("%v: %v", c, err)
		}
	}
}
