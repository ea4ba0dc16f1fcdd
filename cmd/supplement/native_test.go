package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"credo/internal/book"
	"credo/internal/native"
	"credo/internal/notebook"
	"credo/internal/workshop"
)

// The fixture, which the kernel has executed, comes out of its program with the
// same bytes: figures, slider and claims.
func TestNative(t *testing.T) {
	house, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if err := workshop.LocateKernel(house); err != nil {
		t.Skip(err)
	}
	text, nb := fixture(t)
	p := planted{executor{t, house, house, false, time.Minute}, nb}
	got, err := p.executeIn(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	executed, err := notebook.Parse(got)
	if err != nil {
		t.Fatal(err)
	}
	executed.Normalise()
	executed.SetSeal(nb.Seal())
	if again, _ := executed.Encode(); string(again) != string(text) {
		t.Error(notebook.Difference(nb, executed))
	}
}

func TestNativeRefuses(t *testing.T) {
	for source, want := range map[string]string{"!date": `the cell In [1], line 1: "!date"`, "%%": "the cell In [1] is tagged raises-exception"} {
		c := &notebook.Cell{Type: "code", Source: source}
		if source == "%%" {
			c.Metadata = map[string]any{"tags": []any{"raises-exception"}}
		} else {
			c.Metadata = map[string]any{}
		}
		nb := notebook.Notebook{Cells: []*notebook.Cell{c}}
		nb.Normalise()
		if _, err := native.New(notebook.Source{Name: "nb", Notebook: nb}, nil, 0); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %q", source, err, want)
		}
	}
}

// Where there is no program after all, the kernel decides, and it is said why.
func TestNativeFallsBack(t *testing.T) {
	text, nb := fixture(t)
	path, j := job(t, text, true, `cp "$in" "$out"`)
	var said strings.Builder
	j.Progress = workshop.NewProgress(&said)
	j.Native, _ = native.New(notebook.Source{Name: "01_x", Notebook: *nb}, &book.Workspace{Dir: t.TempDir(), Tools: "/none"}, time.Minute)
	if _, err := j.Run(t.Context()); err != nil {
		t.Error(err)
	}
	j.Progress.Close()
	for _, want := range []string{"01_x.ipynb: by the kernel after all, for there is no program: ", "/none/goimports", "2 claims held, as committed"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("%s: it says %q, want %q", path, said.String(), want)
		}
	}
}

// The same tree gives the same choice, other trees other choices, and in time every
// notebook has its turn.
func TestTurns(t *testing.T) {
	jobs := func(text string) (list []Job) {
		for _, name := range []string{"a", "b", "c", "d", "e"} {
			list = append(list, Job{Source: notebook.Source{Name: name, Text: []byte(text)}})
		}
		return list
	}
	had := map[string]int{}
	for i := range 40 {
		text := strings.Repeat("x", i)
		first, again := turns(jobs(text), 2), turns(jobs(text), 2)
		if len(first) != 2 {
			t.Errorf("%v chosen", first)
		}
		for name := range first {
			if !again[name] {
				t.Errorf("%v, then %v", first, again)
			}
			had[name]++
		}
	}
	if len(had) != 5 {
		t.Errorf("turns of %v", had)
	}
	if n := len(turns(jobs(""), 9)); n != 5 {
		t.Errorf("%d of five chosen", n)
	}
}

// program places a notebook whose cells these are, and the tool that programs need.
func (p *place) program(cells ...string) {
	tool, err := filepath.Abs(filepath.Join("..", "..", ".bin", "goimports"))
	if err == nil {
		_, err = os.Stat(tool)
	}
	if err != nil {
		p.t.Skip(err)
	}
	os.Remove(p.path(".bin/goimports"))
	if err := os.Symlink(tool, p.path(".bin/goimports")); err != nil {
		p.t.Fatal(err)
	}
	p.edit(func(nb *notebook.Notebook) {
		nb.Cells = nb.Cells[:1]
		for _, source := range cells {
			nb.Cells = append(nb.Cells, &notebook.Cell{Type: "code", Source: source, Metadata: map[string]any{}})
		}
		nb.Normalise()
	})
}

// A whole check without Jupyter, and one that falls back, each with its line.
func TestCheckNatively(t *testing.T) {
	p := newPlace(t)
	p.program("var n = flag.Int(\"n\", 3, \"\")", "%%\nfmt.Println(*n)")
	p.edit(func(nb *notebook.Notebook) {
		nb.Cells[2].Outputs = []notebook.Output{{Type: "stream", Name: "stdout", Text: "3\n"}}
	})
	out, code := p.run("-check", "-kernel", "0", "-notebook", "01*")
	if code != 0 || p.executed() != "" || !strings.Contains(out, "1 of 1 notebook as programs without Jupyter\n") || !strings.Contains(out, "as committed") {
		t.Errorf("%d, executed %q: %s", code, p.executed(), out)
	}
	p.edit(func(nb *notebook.Notebook) { nb.Cells[1].Source = "var n = flag.Int(\"n\", 4, \"\")" })
	out, code = p.run("-check", "-kernel", "0", "-notebook", "01*")
	if want := `In [2], output 1: stdout: at character 1 committed "3\n", executed "4\n"`; code != 1 || !strings.Contains(out, want) {
		t.Errorf("%d: %s", code, out)
	}
	for _, args := range [][]string{{"-check"}, {"-check", "-kernel", "0", "-all"}} { // two of two are by the kernel's stand-in
		os.Remove(p.ran())
		if out, code := p.run(args...); code != 0 || len(strings.Fields(p.executed())) != 2 {
			t.Errorf("%q: %d, executed %q: %s", args, code, p.executed(), out)
		}
	}
	p.whole()
}
