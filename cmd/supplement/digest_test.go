package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"credo/internal/notebook"
)

func TestNeeds(t *testing.T) {
	nb := &notebook.Notebook{Cells: []*notebook.Cell{
		{Type: "code", Source: "import (\n\t\"math\"\n\tr \"math/rand/v2\"\n)\nimport . \"study/rule\"\n\nvar x = r.Float64()\n"},
		{Type: "code", Source: "%% --data=a.csv --n=3\nfmt.Println(x.Field, stat.Mean(\"b.txt\"))"},
		{Type: "markdown", Source: "import \"none\""},
	}}
	n := nb.Needs()
	if !slices.Equal(n.Imports, []string{"math", "math/rand/v2", "study/rule"}) {
		t.Errorf("imports %q", n.Imports)
	}
	if !slices.Equal(n.Names, []string{"fmt", "stat"}) { // r is that of an import, x a variable
		t.Errorf("names %q", n.Names)
	}
	for _, word := range []string{"a.csv", "b.txt"} {
		if !slices.Contains(n.Words, word) {
			t.Errorf("no %s in %q", word, n.Words)
		}
	}
	for source, beyond := range map[string]string{
		"!ls": "!ls", "%%bash\nls": "%%bash", "%% --x=1\nx()": "", "%cd /": "%cd /", "fmt.Fprintln(os.Stderr, 1)": "", "os.ReadFile(\"x\")": "os.ReadFile",
		"x.os.ReadFile": "",
	} {
		nb := &notebook.Notebook{Cells: []*notebook.Cell{{Type: "code", Source: source}}}
		if got := nb.Needs().Beyond; got != beyond {
			t.Errorf("%q: beyond %q, want %q", source, got, beyond)
		}
	}
}

// The digest of a notebook follows each thing that its outputs depend on, and
// nothing else.
func TestDigestFollows(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module study\n\ngo 1.26\n", "rule/rule.go": "package rule\n\nimport \"study/deep\"\n\nvar X = deep.X\n",
		"rule/rule_test.go": "package rule\n", "deep/deep.go": "package deep\n\nimport _ \"embed\"\n\n//go:embed x.txt\nvar X string\n", "deep/x.txt": "1",
		"other/other.go": "package other\n", "notebooks/a.csv": "1,2\n",
	} {
		write(t, filepath.Join(root, name), text)
	}
	source := func(text string) notebook.Source {
		return notebook.Source{Path: filepath.Join(root, "notebooks/01_a.ipynb"), Notebook: notebook.Notebook{Cells: []*notebook.Cell{
			{Type: "markdown", Source: text}, {Type: "code", Source: "import \"study/rule\"\n%% --data=a.csv\nfmt.Println(rule.X)"}}}}
	}
	now := func(s notebook.Source) string {
		t.Helper()
		all, err := ListPackages(root, root, s.Needs().Imports)
		if err != nil {
			t.Fatal(err)
		}
		r := NewRecipe(s, all, "")
		if r.Unknown != nil {
			t.Fatal(r.Unknown)
		}
		return r.Digest(Toolchain{Go: "go1.26", Arch: "amd64"})
	}
	s := source("text")
	before := now(s)
	if now(source("other text")) != before {
		t.Error("it follows the text")
	}
	for _, c := range []struct {
		file, text string
		follows    bool
	}{
		{"rule/rule.go", "package rule\n\nimport \"study/deep\"\n\nvar X = deep.X + \"\"\n", true},
		{"rule/rule_test.go", "package rule\n\nvar Y = 1\n", false},
		{"deep/deep.go", "package deep\n\nimport _ \"embed\"\n\n//go:embed x.txt\nvar X string // more\n", true},
		{"deep/x.txt", "2", true},
		{"other/other.go", "package other\n\nvar X = 1\n", false},
		{"notebooks/a.csv", "1,3\n", true},
	} {
		path := filepath.Join(root, c.file)
		old, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		write(t, path, c.text)
		if follows := now(s) != before; follows != c.follows {
			t.Errorf("%s: it follows: %v", c.file, follows)
		}
		write(t, path, strings.ReplaceAll(string(old), "\n", "\r\n"))
		if strings.HasSuffix(c.file, ".go") && now(s) != before {
			t.Errorf("%s: it follows the ends of lines", c.file)
		}
		write(t, path, string(old))
	}
	s.Cells[1].Source += " // more"
	if now(s) == before {
		t.Error("it does not follow the code")
	}
	r := Recipe{Code: "x"}
	base := Toolchain{"go1.26", "amd64", "", "kernel"}
	for _, other := range []Toolchain{{"go1.27", "amd64", "", "kernel"}, {"go1.26", "arm64", "", "kernel"}, {"go1.26", "amd64", "x", "kernel"}, {"go1.26", "amd64", "", "other"}} {
		if r.Digest(base) == r.Digest(other) {
			t.Errorf("%v as %v", other, base)
		}
	}
}

func TestSeal(t *testing.T) {
	_, nb := fixture(t)
	tools, r := Toolchain{Go: "go1.26", Arch: "amd64"}, Recipe{Code: "x"}
	if v := Judge(nb, r, tools); v.Fresh || v.Why != "it has no digest yet" {
		t.Errorf("%+v", v)
	}
	nb.SetSeal(NewSeal(nb, r, tools))
	if v := Judge(nb, r, tools); !v.Fresh {
		t.Errorf("%+v", v)
	}
	for want, tools := range map[string]Toolchain{
		"executed on amd64, this is arm64": {Go: "go1.26", Arch: "arm64"}, "executed with go1.26, this is go1.27": {Go: "go1.27", Arch: "amd64"},
	} {
		if v := Judge(nb, r, tools); v.Fresh || !strings.Contains(v.Why, want) {
			t.Errorf("%+v, want %q", v, want)
		}
	}
	text, _ := nb.Encode()
	again, err := notebook.Parse(text)
	if err != nil || again.Seal() != nb.Seal() {
		t.Errorf("%+v is read as %+v", nb.Seal(), again.Seal())
	}
	again.Normalise()
	if v := Judge(again, r, tools); !v.Fresh {
		t.Errorf("after reading: %+v", v)
	}
	for _, c := range again.Cells {
		for i := range c.Outputs {
			c.Outputs[i].Text += "edited"
		}
	}
	if v := Judge(again, r, tools); v.Fresh || !strings.Contains(v.Why, "outputs") {
		t.Errorf("edited: %+v", v)
	}
}
