package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"credo/internal/notebook"
	"credo/internal/refusal"
)

const (
	relaxation = `{"formula":"φ","file":"pkg/theory/spectrum.go","old":"math.Exp(-tau*w[i])","new":"math.Exp(-1.1*tau*w[i])","notebooks":["07"]}`
	unused     = `{"formula":"none","file":"pkg/theory/online.go","old":"kick := rate","new":"kick := 1.1 * rate","notebooks":["07_tiny"]}`
	elsewhere  = `{"formula":"other","file":"pkg/theory/online.go","old":"kick := rate","new":"kick := 1.1 * rate","notebooks":["08"]}`
)

// A formula is noticed where a claim rests on it, and the file is as it was.
func TestFormulas(t *testing.T) {
	f := open(t, nil, "import (\n\t\"credo/pkg/theory\"\n\t\"credo/pkg/viz\"\n)\n\nvar tau = flag.Float64(\"tau\", 1, \"time\")",
		"%%\nviz.Claim(\"relaxation\", theory.Relaxation(0, *tau), math.Exp(-1), 1e-3)\nviz.Claim(\"one\", 1, 1, 0)")
	before, err := os.ReadFile(filepath.Join(f.root, "pkg/theory/spectrum.go"))
	if err != nil {
		t.Fatal(err)
	}
	for list, want := range map[string]string{
		relaxation:                    "",
		relaxation + "," + unused:     "1 of 2 formulas are noticed by no claim that is no identity: none",
		elsewhere:                     "no formula rests on one of the notebooks",
		relaxation + "," + relaxation: "",
	} {
		file := filepath.Join(t.TempDir(), "formulas.json")
		if err := os.WriteFile(file, []byte("["+list+"]"), 0o644); err != nil {
			t.Fatal(err)
		}
		var w strings.Builder
		err := f.formulas(t.Context(), &w, file, false)
		if want == "" && err != nil {
			t.Errorf("%s: %v", list, err)
		}
		if want != "" {
			refusal.Mentions(t, err, want)
		}
		if strings.Contains(list, relaxation) && !strings.Contains(w.String(), "φ        07_tiny   1                    0           In [2]: relaxation\n") {
			t.Errorf("%s", w.String())
		}
	}
	if after, _ := os.ReadFile(filepath.Join(f.root, "pkg/theory/spectrum.go")); string(after) != string(before) {
		t.Error("the file has been changed")
	}
}

func TestMutationsRefused(t *testing.T) {
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "a.go"), []byte("x x y"), 0o644); err != nil {
		t.Fatal(err)
	}
	for list, want := range map[string]string{
		`{`:                               "no list of mutations",
		`[]`:                              "the list is empty",
		`[{"formula":"q","fiel":"a.go"}]`: `unknown field "fiel"`,
		`[{"file":"a.go","old":"y","new":"z","notebooks":["1"]}]`:                              "formula is empty",
		`[{"formula":"q","file":"a.go","old":"y","new":"z"}]`:                                  "notebooks is empty",
		`[{"formula":"q","file":"../a.go","old":"y","new":"z","notebooks":["1"]}]`:             `file = "../a.go", must be a path in the module`,
		`[{"formula":"q","file":"b.go","old":"y","new":"z","notebooks":["1"]}]`:                "no such file",
		`[{"formula":"q","file":"a.go","old":"y","new":"y","notebooks":["1"]}]`:                "old and new are the same text",
		`[{"formula":"q","file":"a.go","old":"x","new":"z","notebooks":["1"]}]`:                `entry 1, "q": old = "x" occurs 2 times in a.go, must occur once`,
		`[{"formula":"q","file":"a.go","old":"k","new":"z","notebooks":["1"]}]`:                "occurs 0 times",
		`[{"formula":"q","file":"a.go","old":"y","new":"z","notebooks":["1"]},{"formula":""}]`: "entry 2",
	} {
		file := filepath.Join(root, "list.json")
		if err := os.WriteFile(file, []byte(list), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := readMutations(file, root)
		refusal.Mentions(t, err, want)
	}
}

// A formula may stand in a cell: it is wrong there, once, and prose does not count.
func TestCells(t *testing.T) {
	root := t.TempDir()
	nb := &notebook.Notebook{Metadata: map[string]any{}, Cells: []*notebook.Cell{
		{Type: "markdown", Source: "# x\n\nn - 1"}, {Type: "code", Source: "func a(n int) int { return n - 1 }"}, {Type: "code", Source: "%%\na(2)"}}}
	nb.Normalise()
	text, err := nb.Encode()
	if err == nil {
		err = os.WriteFile(filepath.Join(root, "01_a.ipynb"), text, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	m := mutation{Formula: "q", File: "01_a.ipynb", Old: "n - 1", New: "n - 2", Notebooks: []string{"01"}}
	if _, err := m.mutant(root); err != nil {
		t.Error(err)
	}
	wrong := m.cells(notebook.Source{Name: "01_a", Notebook: *nb})
	if got := code(&wrong.Notebook); got != "func a(n int) int { return n - 2 }\n%%\na(2)\n" || wrong.Cells[0].Source != nb.Cells[0].Source || !strings.Contains(code(nb), "n - 1") {
		t.Errorf("%q", got)
	}
	m.Old = "n"
	_, err = m.mutant(root)
	refusal.Mentions(t, err, "must occur once")
}

// An identity does not count unless asked for; a cell that fails takes its claims
// along.
func TestNoticed(t *testing.T) {
	claim := func(text, kind, holds string) notebook.Output {
		return notebook.Output{Type: "display_data", Data: map[string]any{notebook.ClaimMIME: `{"text":"` + text + `","got":"1","kind":"` + kind + `","power":"0.1","holds":` + holds + `}`}}
	}
	cell := func(outputs ...notebook.Output) *notebook.Notebook {
		return &notebook.Notebook{Cells: []*notebook.Cell{{Type: "code", Count: 1, Outputs: outputs}}}
	}
	committed := cell(claim("a", "agree", "true"), claim("b", "identity", "true"))
	outcomeOf := func(nb *notebook.Notebook) (o outcome) {
		var failures []notebook.Failure
		o.claims, failures = nb.Examine("")
		for _, f := range failures {
			if !f.Claim {
				o.failed = append(o.failed, f)
			}
		}
		return o
	}
	for _, c := range []struct {
		name                 string
		now                  *notebook.Notebook
		measured, identities int
	}{
		{"nothing", committed, 0, 0},
		{"a claim", cell(claim("a", "agree", "false"), claim("b", "identity", "true")), 1, 0},
		{"an identity", cell(claim("a", "agree", "true"), claim("b", "identity", "false")), 0, 1},
		{"fails between", cell(claim("a", "agree", "true"), notebook.Output{Type: "error", Text: "exit status 2"}), 0, 1},
		{"fails first", cell(notebook.Output{Type: "error", Text: "exit status 2"}), 1, 1},
		{"a claim less", cell(claim("a", "agree", "true")), 0, 0},
	} {
		p := &probe{mutation: mutation{Formula: "q"}, notices: noticed(committed, outcomeOf(c.now))}
		if m := len(p.measured()); m != c.measured || len(p.notices)-m != c.identities {
			t.Errorf("%s: %d measured of %d", c.name, m, len(p.notices))
		}
		var w strings.Builder
		if err := reportFormulas(&w, []*probe{p}, false); (err == nil) != (c.measured > 0) {
			t.Errorf("%s: %v", c.name, err)
		}
		if err := reportFormulas(&w, []*probe{p}, true); (err == nil) != (c.measured+c.identities > 0) {
			t.Errorf("%s, identities: %v", c.name, err)
		}
	}
}

// The list of the repository is right: each text occurs once.
func TestList(t *testing.T) {
	root := filepath.Join("..", "..")
	if _, err := readMutations(filepath.Join(root, "notebooks", "formulas.json"), root); err != nil {
		t.Error(err)
	}
}
