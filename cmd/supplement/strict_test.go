package main

import (
	"encoding/json"
	"flag"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"credo/internal/native"
	"credo/internal/notebook"
	"credo/internal/workshop"
)

var byKernel = flag.Bool("by-kernel", false, "TestStrict also by the real kernel, which must say the same")

// strict is the notebook of a study: its source by cell.
var strict = []string{
	"import (\n\t\"credo/pkg/viz\"\n\t\"study/answer\"\n)\n\nvar n = flag.Int(\"n\", 3, \"how many\")\n\nfunc twice(k int) int { return 2 * k }",
	"%% --n=4\nfmt.Println(\"twice\", *n, \"is\", twice(*n))",
	"%%\nviz.Claim(\"the answer\", answer.Value, 42, 0)\nviz.Table([]string{\"a\"}, []any{1})",
	"func late() string { return \"late\" }",
	"%%\nfmt.Println(late())",
}

// A module of the study that takes credo from its folder, with credo's requirements.
func strictModule(t *testing.T, house string) string {
	t.Helper()
	dir := t.TempDir()
	text := string(mustRead(t, filepath.Join(house, "go.mod")))
	module := strings.Fields(text)[1]
	_, require, _ := strings.Cut(text, "require (")
	write(t, filepath.Join(dir, "go.mod"), "module study\n\ngo 1.26\n\nrequire "+module+" v0.0.0\n\nreplace "+module+" => "+house+"\n\nrequire ("+require)
	write(t, filepath.Join(dir, "go.sum"), string(mustRead(t, filepath.Join(house, "go.sum"))))
	write(t, filepath.Join(dir, "answer", "answer.go"), "package answer\n\nconst Value = 42\n")
	return dir
}

// Each row plants one thing. The check of the notebook must find it, and say it in
// the sentence that the kernel's execution gives.
func TestStrict(t *testing.T) {
	if testing.Short() {
		t.Skip("a program a row: not under -short")
	}
	house, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if err := workshop.LocateKernel(house); err != nil {
		t.Skip(err)
	}
	study := strictModule(t, house)
	native := executor{t, study, house, false, time.Minute}
	kernel := executor{t, study, house, true, time.Minute}
	good := native.notebook(strict)
	for _, s := range good.run("") {
		t.Fatal(s)
	}
	for _, f := range []struct {
		name  string
		plant func(nb *notebook.Notebook)
		pkg   string // source of package answer, if another
		says  []string
	}{
		{"nothing", func(*notebook.Notebook) {}, "", nil},
		{"a cell", inCell(0, "2 * k", "3 * k"), "", []string{"the execution differs from the committed notebook: cell 2, In [2], output 1: stdout: at character 12"}},
		{"arguments", inCell(1, "--n=4", "--n=5"), "", []string{`cell 2, In [2], output 1: stdout: at character 7 committed "twice 4 is 8\n", executed "twice 5 is 10\n"`}},
		{"a package", func(*notebook.Notebook) {}, "package answer\n\nconst Value = 43\n", []string{"cell 3, In [3]: claim does not hold: the answer: got 43, want 42 ± 0"}},
		{"an output", func(nb *notebook.Notebook) { nb.Cells[1].Outputs[0].Text = "twice 4 is 9\n" }, "", []string{"cell 2, In [2], output 1: stdout: at character 12"}},
		{"a display", func(nb *notebook.Notebook) { nb.Cells[2].Outputs = nb.Cells[2].Outputs[:1] }, "", []string{"cell 3, In [3]: outputs committed [display_data], executed [display_data display_data]"}},
		{"panic", inCell(1, "%% --n=4", "%%\npanic(\"boom\")"), "", []string{"cell 2, In [2]: panic: boom"}},
		{"exit", inCell(4, "%%", "%%\nos.Exit(3)"), "", []string{"cell 5, In [5]: exit status 3"}},
		{"stderr", inCell(4, "%%", "%%\nfmt.Fprintln(os.Stderr, \"hm\")"), "", []string{"cell 5, In [5]: outputs committed [stdout], executed [stdout stderr]"}},
		{"claim", inCell(2, "42", "41"), "", []string{"cell 3, In [3]: claim does not hold: the answer: got 42, want 41 ± 0"}},
		{"flag", inCell(1, "--n=4", "--m=4"), "", []string{"cell 2, In [2]: flag provided but not defined: -m"}},
		{"hang", inCell(4, "%%", "%%\nfor {\n}"), "", []string{"the cell In [5] ran into the time limit of ", "cell 5, In [5]: signal: interrupt"}},
		{"before its cell", inCell(1, "twice(*n)", "late()"), "", []string{"In [2], line 2: it uses late, which In [4] declares"}},
		{"does not compile", inCell(4, "late()", "late(1)"), "", []string{"book.In[5]:2: too many arguments in call to late"}},
	} {
		t.Run(f.name, func(t *testing.T) {
			n, k := native, kernel
			n.t, k.t = t, t
			if f.name == "hang" {
				n.limit, k.limit = time.Second, 20*time.Second
			}
			nb := good.copy()
			f.plant(nb.Notebook)
			says := n.with(nb).run(f.pkg)
			if len(says) == 0 != (len(f.says) == 0) {
				t.Errorf("it says %q, want %q", says, f.says)
			}
			for i, want := range f.says {
				if i >= len(says) || !strings.Contains(says[i], want) {
					t.Errorf("it says %q, want %q", says, f.says)
				}
			}
			if !*byKernel {
				return
			}
			theirs := k.with(nb).run(f.pkg)
			switch {
			case f.name == "before its cell" || f.name == "does not compile": // told by the kernel in words of its own
				if len(theirs) == 0 {
					t.Error("the kernel finds nothing")
				}
			case strings.Join(theirs, "\n") != strings.Join(says, "\n"):
				t.Errorf("the kernel says %q, the program %q", theirs, says)
			}
		})
	}
}

func inCell(cell int, old, new string) func(*notebook.Notebook) {
	return func(nb *notebook.Notebook) {
		nb.Cells[cell].Source = strings.Replace(nb.Cells[cell].Source, old, new, 1)
	}
}

// An executor checks notebooks of the study in one of the two ways.
type executor struct {
	t           *testing.T
	root, house string
	kernel      bool
	limit       time.Duration
}

type planted struct {
	executor
	*notebook.Notebook
}

// notebook is one of code cells, with the outputs of an execution.
func (e executor) notebook(sources []string) planted {
	nb := &notebook.Notebook{}
	for _, s := range sources {
		nb.Cells = append(nb.Cells, &notebook.Cell{Type: "code", Source: s})
	}
	nb.Normalise()
	text, stopped := e.with(planted{e, nb}).execute()
	if stopped != nil {
		e.t.Fatal(stopped)
	}
	executed, err := notebook.Parse(text)
	if err != nil {
		e.t.Fatal(err)
	}
	executed.Normalise()
	return planted{e, executed}
}

func (e executor) with(p planted) planted { return planted{e, p.Notebook} }

func (p planted) copy() planted {
	text, err := json.Marshal(p.Notebook)
	if err != nil {
		p.t.Fatal(err)
	}
	nb := &notebook.Notebook{}
	if err := json.Unmarshal(text, nb); err != nil {
		p.t.Fatal(err)
	}
	return planted{p.executor, nb}
}

// run checks the notebook, as Job does, with the package answer as given, and returns
// what it says, without what differs from one run to the next.
func (p planted) run(answer string) []string {
	p.t.Helper()
	if answer != "" {
		path := filepath.Join(p.root, "answer", "answer.go")
		old := mustRead(p.t, path)
		write(p.t, path, answer)
		defer write(p.t, path, string(old))
	}
	text, stopped := p.execute()
	if text == nil {
		return []string{stopped.Error()}
	}
	nb, err := notebook.Parse(text)
	if err != nil {
		p.t.Fatal(err)
	}
	nb.Normalise()
	var says []string
	if stopped != nil {
		says = append(says, regexp.MustCompile(`limit of \S+`).ReplaceAllString(stopped.Error(), "limit of "))
	}
	_, failures := nb.Examine("")
	for _, f := range failures {
		first, _, _ := strings.Cut(f.String(), "\n") // traces name files
		says = append(says, first)
	}
	if d := notebook.Difference(p.Notebook, nb); d != "" && len(says) == 0 {
		says = append(says, "the execution differs from the committed notebook: "+d)
	}
	return says
}

// execute returns what either way of execution does.
func (p planted) execute() ([]byte, error) {
	p.t.Helper()
	return p.executeIn(filepath.Join(p.root, "notebooks"))
}

// executeIn does that with a notebook that lies in another folder.
func (p planted) executeIn(dir string) ([]byte, error) {
	p.t.Helper()
	shop, err := workshop.New(p.root, p.house)
	if err != nil {
		p.t.Fatal(err)
	}
	defer shop.Close()
	text, err := p.Encode()
	if err != nil {
		p.t.Fatal(err)
	}
	path := filepath.Join(dir, "book.ipynb")
	write(p.t, path, string(text))
	started := func(int, time.Duration) {}
	if p.kernel {
		nbconvert, err := locateJupyter()
		if err != nil {
			p.t.Skip(err)
		}
		return Execution{Shop: shop, Nbconvert: nbconvert, Limit: p.limit, Started: started}.Run(p.t.Context(), path)
	}
	w, err := native.Open(p.t.Context(), shop)
	if err != nil {
		p.t.Fatal(err)
	}
	execution, err := native.New(notebook.Source{Path: path, Name: "book", Notebook: *p.Notebook}, w, p.limit)
	if err != nil {
		return nil, err
	}
	execution.Started = started
	return execution.Run(p.t.Context(), path)
}
