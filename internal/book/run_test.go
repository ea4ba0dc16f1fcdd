package book

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// workspace is one on this module; without the kernel's tools it cannot be tested.
var workspace = sync.OnceValues(func() (*Workspace, error) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		return nil, err
	}
	w := &Workspace{Root: root, Tools: filepath.Join(root, ".bin")}
	if _, err := os.Stat(filepath.Join(w.Tools, "goimports")); err != nil {
		return nil, err
	}
	if w.Dir, err = os.MkdirTemp("", "book-test-"); err != nil {
		return nil, err
	}
	return w, w.Open(context.Background())
})

func TestMain(m *testing.M) {
	code := m.Run()
	if w, err := workspace(); err == nil {
		os.RemoveAll(w.Dir)
	}
	os.Exit(code)
}

func build(t *testing.T, sources ...string) (*Binary, error) {
	t.Helper()
	w, err := workspace()
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no goimports: make setup")
	}
	if err != nil {
		t.Fatal(err)
	}
	p, err := Convert("nb", cells(sources...))
	if err != nil {
		t.Fatal(err)
	}
	return w.Build(t.Context(), p)
}

// Every way in which a cell can end, and what it tells.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	b, err := build(t,
		"import (\n\t\"credo/pkg/viz\"\n\t\"github.com/janpfeifer/gonb/gonbui\"\n)\n\nvar n = flag.Int(\"n\", 3, \"how many\")\n\nfunc twice() int { return 2 * *n }",
		"%% --n=4\nfmt.Println(twice(), *n)\nfmt.Fprint(os.Stderr, \"e\")",
		"%%\nviz.Claim(\"one\", float64(twice()), 6, 0)\nviz.Claim(\"two\", 1, 1, 0)",
		"func only() {}",
		"%%\nfmt.Println(\"before\")\n\npanic(\"boom\")",
		"%%\nos.Exit(3)",
		"%%\nfor {\n}",
		"%% --nope=1",
		"%%\ngonbui.UpdateHTML(\"id\", \"text\")\ngonbui.Sync()",
		"%%\ngonbui.RequestInput(\"name\", false)\ngonbui.Sync()",
		"%%\nfmt.Print(strings.Repeat(\"0123456789abcdef\", 2<<20))",
		"%%\ngonbui.DisplayPNG([]byte{1, 2})\ngonbui.DisplayHTML(\"<b>\")\nfor range 200 {\n\tgonbui.Sync()\n}",
		"%%\ntext, err := filepath.Abs(\".\")\nfmt.Println(text, err)",
	)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	run := func(cell int, more ...string) Output {
		t.Helper()
		o, err := b.Run(t.Context(), cell, Limits{Dir: dir, Time: time.Minute}, more...)
		if err != nil {
			t.Errorf("In [%d]: %v", cell, err)
		}
		return o
	}
	if o := run(2); string(o.Stdout) != "8 4\n" || string(o.Stderr) != "e" || o.Failed != "" {
		t.Errorf("In [2]: %q, %q, %q", o.Stdout, o.Stderr, o.Failed)
	}
	if o := run(2, "--n=5"); string(o.Stdout) != "8 4\n" {
		t.Errorf("In [2] --n=5: %q", o.Stdout)
	}
	if o := run(3, "--n=4"); len(o.Displays) != 2 || !strings.Contains(o.Displays[0].Data["text/plain"].(string), "got 8, want 6") {
		t.Errorf("In [3] --n=4: %v", o.Displays)
	}
	if o := run(3); len(o.Displays) != 2 || !strings.Contains(o.Displays[0].Data["application/vnd.credo.claim+json"].(string), `"holds":true`) || !strings.HasPrefix(o.Displays[1].Data["text/plain"].(string), "✓ two: got 1, want 1 ± 0") {
		t.Errorf("In [3]: %v", o.Displays)
	}
	if o := run(4); len(o.Stdout)+len(o.Stderr) > 0 {
		t.Errorf("In [4]: %q", o.Stdout)
	}
	if o := run(5); !strings.HasPrefix(string(o.Stderr), "panic: boom\n") || !strings.Contains(string(o.Stderr), "\tnb.In[5]:4 ") || !strings.HasSuffix(string(o.Stderr), "\nexit status 2\n") || string(o.Stdout) != "before\n" {
		t.Errorf("In [5]: %s", o.Stderr)
	}
	if o := run(6); string(o.Stderr) != "exit status 3\n" || o.Failed != "exit status 3" {
		t.Errorf("In [6]: %q", o.Stderr)
	}
	o, err := b.Run(t.Context(), 7, Limits{Time: 200 * time.Millisecond})
	if err != nil || !o.Late || string(o.Stderr) != "signal: interrupt\n" {
		t.Errorf("In [7]: %v, late %v, %q", err, o.Late, o.Stderr)
	}
	if o := run(8); !strings.HasPrefix(string(o.Stderr), "flag provided but not defined: -nope\nUsage of gonb:\n  -n int\n") || o.Failed != "exit status 2" {
		t.Errorf("In [8]: %q", o.Stderr)
	}
	for cell, want := range map[int]string{9: "a cell updates a display", 10: "a cell asks the kernel for gonb/jupyter_input"} {
		begin := time.Now()
		if _, err := b.Run(t.Context(), cell, Limits{Time: time.Minute}); err == nil || err.Error() != want || time.Since(begin) > 30*time.Second {
			t.Errorf("In [%d]: %v, want %q", cell, err, want)
		}
	}
	if o := run(11); len(o.Stdout) != textLimit {
		t.Errorf("In [11]: %d bytes kept", len(o.Stdout))
	}
	if o := run(12); len(o.Displays) != 2 || string(o.Displays[0].Data["image/png"].([]byte)) != "\x01\x02" || o.Displays[1].Data["text/html"] != "<b>" {
		t.Errorf("In [12]: %v", o.Displays)
	}
	if o := run(13); string(o.Stdout) != dir+" <nil>\n" {
		t.Errorf("In [13]: %q", o.Stdout)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	if _, err := b.Run(ctx, 7, Limits{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(b.dir, "*")); len(left) != 3 {
		t.Errorf("pipes are left: %q", left)
	}
}

// A program that cannot be built, or that would differ from the kernel's by what
// its variables do, is refused with the cell's name.
func TestBuildRefuses(t *testing.T) {
	for _, c := range []struct {
		sources []string
		want    string
	}{
		{[]string{"func f() {}", "%%\n\nf(1)"}, "nb.In[2]:3: too many arguments"},
		{[]string{"%%\nx := 1"}, "declared and not used: x"},
		{[]string{"import \"credo/none\"\nvar x = none.X"}, "credo/none"},
		{[]string{"import \"credo/internal/gauss\"\nvar x = gauss.Rule"}, "use of internal package"},
		{[]string{"%%\nnosuchpackage.F()"}, "undefined: nosuchpackage"},
		{[]string{"%%", "var x = fmt.Sprint(must())\nfunc must() int { fmt.Println(\"aloud\"); return 1 }"}, "a variable prints, displays or fails where it is initialised: aloud"},
		{[]string{"var x = must()\nfunc must() int { panic(\"boom\") }"}, "a variable prints, displays or fails where it is initialised: panic: boom"},
		{[]string{"%%\n_ = template.New(\"\")", "%%\n_ = template.JS(\"\")"}, "a cell uses template without an import, and Go's library has several"},
		{[]string{"%%\n_ = runtime.NumCPU()"}, "it uses the package runtime"},
	} {
		if _, err := build(t, c.sources...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.sources, err, c.want)
		}
	}
}

// Imports are found as in each cell by itself, also of modules.
func TestImports(t *testing.T) {
	b, err := build(t, "%%\nfmt.Println(floats.Sum([]float64{1, 2}), math.Pi > 3)", "import \"credo/pkg/model\"")
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if o, err := b.Run(t.Context(), 1, Limits{}); err != nil || string(o.Stdout) != "3 true\n" {
		t.Errorf("%q, %v", o.Stdout, err)
	}
	w, _ := workspace()
	if left, _ := filepath.Glob(filepath.Join(w.Root, "go.work*")); len(left) > 0 {
		t.Errorf("written to the module: %q", left)
	}
}

// A symbol that alone leads to another package than all together is refused.
func TestCheckAlone(t *testing.T) {
	b, err := build(t, "%%")
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	err = b.workspace.checkAlone(t.Context(), map[string]string{"floats": "example.org/floats"}, []string{"floats.Sum"})
	if want := "a cell uses floats.Sum without importing a package, and it may mean another than example.org/floats"; err == nil || err.Error() != want {
		t.Errorf("%v, want %q", err, want)
	}
}
