package book

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// One program has the cells of two notebooks, which define the same flag and the same
// name, and runs that which its arguments name.
func TestBind(t *testing.T) {
	w, err := workspace()
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no goimports: make setup")
	}
	if err != nil {
		t.Fatal(err)
	}
	var programs []*Program
	for _, word := range []string{"one", "two"} {
		p, err := Convert(word, cells("var n = flag.Int(\"n\", 3, \"how many\")", "%%\nfmt.Println(\""+word+"\", *n)"))
		if err != nil {
			t.Fatal(err)
		}
		programs = append(programs, p)
	}
	path := filepath.Join(t.TempDir(), "bound")
	if err := write(filepath.Join(w.Dir, "more", "more.go"), "package more\n\nimport \"fmt\"\n\nfunc Run(args []string) { fmt.Println(\"more\", args) }\n"); err != nil {
		t.Fatal(err)
	}
	if err := w.Bind(t.Context(), programs, []Extra{{"further", w.module() + "/more"}}, path); err != nil {
		t.Fatal(err)
	}
	for args, want := range map[string]string{"one 2": "one 3\n", "two 2 --n=4": "two 4\n", "two 1": "no such cell", "three 2": "arguments:", "further 1 2": "more [1 2]\n"} {
		out, err := exec.Command(path, strings.Fields(args)...).CombinedOutput()
		if !strings.HasPrefix(string(out), want) || (err != nil) == strings.HasSuffix(want, "\n") {
			t.Errorf("%s: %q, %v; want %q", args, out, err, want)
		}
	}
	if err := w.Bind(t.Context(), nil, nil, path); err == nil {
		t.Error("no error without notebooks")
	}
}
