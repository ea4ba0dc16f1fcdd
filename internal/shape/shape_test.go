package shape

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// The fixture of cmd/supplement has the shape; each change takes one part of it
// away and must be noticed.
func TestFaults(t *testing.T) {
	text, err := os.ReadFile("../../internal/notebook/testdata/01_fixture.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	if list := Faults("01_fixture.ipynb", text); len(list) > 0 {
		t.Errorf("the fixture has faults: %q", list)
	}
	for _, c := range []struct{ old, new, fault string }{
		{`"nbformat_minor": 5`, `"nbformat_minor": 4`, "nbformat 4.4"},
		{`# A fixture`, `A fixture`, "first cell"},
		{`"parameters"`, `"parameter"`, "0 cells tagged parameters"},
		{`"execution_count": 3`, `"execution_count": null`, "execution count"},
		{`"execution_count": 3`, `"execution_count": 4`, "execution count"},
		{`"name": "stdout"`, `"name": "stderr"`, "stderr"},
		{`"output_type": "display_data"`, `"output_type": "error"`, "error"},
		{`## What would falsify`, `## What would prove`, "falsify"},
		{`<details>`, `<p>`, "details"},
		{`## Exercises`, `## Questions`, "Exercises"},
		{`10.1137/130932132`, `nowhere`, "DOI"},
		{`"%%\n"`, `"%%\n", ` + strings.Repeat(`"x\n", `, 20) + `"x"`, "median"},
		{`"func mean`, `"` + strings.Repeat(`x\n`, 25) + `func mean`, "at most 25"},
		{`"func mean`, `"` + strings.Repeat(`x\n`, 250) + `func mean`, "words for"},
	} {
		changed := strings.Replace(string(text), c.old, c.new, -1)
		if list := Faults("01_fixture.ipynb", []byte(changed)); !slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, c.fault) }) {
			t.Errorf("%s -> %.40s: faults %q, want one about %q", c.old, c.new, list, c.fault)
		}
	}
	for _, name := range []string{"one_neuron.ipynb", "1_one.ipynb", "01-one.ipynb", "01_One.ipynb"} {
		if list := Faults(name, text); len(list) != 1 || !strings.Contains(list[0], "NN_name") {
			t.Errorf("%s: faults %q", name, list)
		}
	}
	if list := Faults("01_x.ipynb", text[:len(text)/2]); len(list) != 1 {
		t.Errorf("truncated: faults %q", list)
	}
}
