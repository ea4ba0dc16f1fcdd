package notebook

import (
	"strings"
	"testing"
)

func TestDifference(t *testing.T) {
	_, a := fixture(t)
	if d := Difference(a, a); d != "" {
		t.Errorf("the fixture differs from itself: %s", d)
	}
	for want, change := range map[string]func(nb *Notebook){
		"cells committed":                  func(nb *Notebook) { nb.Cells = nb.Cells[1:] },
		"cell 1, In [0]: type, id":         func(nb *Notebook) { nb.Cells[0].Source += "x" },
		"the notebook's metadata":          func(nb *Notebook) { nb.Metadata["x"] = 1 },
		"output 1: stdout: at character 5": func(nb *Notebook) { first(nb, "stdout").Text = "N = 4\n" },
		"text/html: at character":          func(nb *Notebook) { first(nb, "display_data").Data["text/html"] = "<p class=other>" },
		"committed display_data, executed error": func(nb *Notebook) {
			*first(nb, "display_data") = Output{Type: "error"}
		},
		"committed [display_data], executed []": func(nb *Notebook) {
			for _, c := range nb.Cells {
				c.Outputs = nil
			}
		},
		"display_data: metadata": func(nb *Notebook) { first(nb, "display_data").Metadata = map[string]any{"x": 1} },
		"In [1]: metadata":       func(nb *Notebook) { nb.Cells[2].Metadata = nil },
	} {
		_, b := fixture(t)
		change(b)
		if d := Difference(a, b); !strings.Contains(d, want) {
			t.Errorf("difference %q, want %q", d, want)
		}
	}
}

// first returns the first output of a kind.
func first(nb *Notebook, kind string) *Output {
	for _, c := range nb.Cells {
		for i := range c.Outputs {
			if c.Outputs[i].kind() == kind {
				return &c.Outputs[i]
			}
		}
	}
	panic("no " + kind)
}
