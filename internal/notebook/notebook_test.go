package notebook

import (
	"os"
	"strings"
	"testing"
)

// fixture is a notebook with mathematics, a figure, a slider and two claims, as
// this program wrote it.
func fixture(t *testing.T) ([]byte, *Notebook) {
	t.Helper()
	text, err := os.ReadFile("testdata/01_fixture.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	nb, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return text, nb
}

func TestParseNotebookErrors(t *testing.T) {
	text, _ := fixture(t)
	cell := `{"cells":[{"cell_type":"raw","source":""}],"nbformat":4}`
	for _, c := range []struct{ name, text, want string }{
		{"empty", " \n", "empty"},
		{"truncated", string(text[:len(text)/2]), "truncated"},
		{"prose", "hello", "invalid character 'h'"},
		{"list", "[]", "cannot unmarshal array"},
		{"number", `{"cells": 7}`, "cannot unmarshal number"},
		{"two", cell + cell, "text follows"},
		{"no format", `{"cells":[]}`, "no nbformat"},
		{"old", `{"worksheets":[],"nbformat":3}`, "nbformat 3"},
		{"no cells", `{"cells":[],"nbformat":4}`, "no cells"},
		{"missing cells", `{"nbformat":4}`, "no cells"},
		{"kind", `{"cells":[{"cell_type":"sql","source":""}],"nbformat":4}`, `"sql"`},
	} {
		if _, err := Parse([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.want)
		}
	}
}

// A normalised notebook is a fixed point: read, normalised and written it has the same bytes.
func TestEncodeFixedPoint(t *testing.T) {
	text, nb := fixture(t)
	for _, step := range []func(){func() {}, nb.Normalise, nb.Normalise} {
		step()
		got, err := nb.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(text) {
			t.Fatal("other bytes than those read")
		}
	}
}

// Jupyter accepts strings and lists of lines; both are the same notebook.
func TestLinesOrString(t *testing.T) {
	one := `{"cells":[{"cell_type":"code","id":"a","source":"x\ny","metadata":{},"execution_count":1,"outputs":[
		{"output_type":"stream","name":"stdout","text":"1\n2\n"},
		{"output_type":"display_data","metadata":{},"data":{"text/html":"<b>\n","image/png":"iVBO","a/b+json":{"n":1e400}}}]}],"metadata":{},"nbformat":4}`
	two := strings.NewReplacer(`"x\ny"`, `["x\n","y"]`, `"1\n2\n"`, `["1\n","2\n"]`, `"<b>\n"`, `["<b>\n"]`).Replace(one)
	var texts []string
	for _, s := range []string{one, two} {
		nb, err := Parse([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		text, err := nb.Encode()
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	if texts[0] != texts[1] {
		t.Errorf("%s\nand\n%s", texts[0], texts[1])
	}
	for _, part := range []string{`"n": 1e400`, `"<b>\n"`, `"image/png": "iVBO"`, "\n}\n"} {
		if !strings.Contains(texts[0], part) {
			t.Errorf("no %s in %s", part, texts[0])
		}
	}
}

func TestRunning(t *testing.T) {
	nb := &Notebook{Cells: []*Cell{{Type: "markdown", Source: "x"}, {Type: "code", Source: " \n"}, {Type: "code", Source: "x"}}}
	if at := nb.Running(); len(at) != 1 || at[0] != 2 {
		t.Errorf("running %v, want [2]", at)
	}
}
