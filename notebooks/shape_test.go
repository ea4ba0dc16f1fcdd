package notebooks

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The limits are those of notebooks that read like a book rather than a
// laboratory journal: short cells, and prose by far outweighing code.
const (
	maxLines = 25 // non-blank lines of the longest code cell
	maxMed   = 8  // and of the median one
	minWords = 5  // words of prose per line of code
)

func TestShape(t *testing.T) {
	paths, err := filepath.Glob("*.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Fatal("no notebooks")
	}
	for _, path := range paths {
		t.Run(path, func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range faults(path, text) {
				t.Error(fault)
			}
		})
	}
}

// The fixture of cmd/supplement has the shape; each change takes one part of it
// away and must be noticed.
func TestFaults(t *testing.T) {
	text, err := os.ReadFile("../cmd/supplement/testdata/01_fixture.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	if list := faults("01_fixture.ipynb", text); len(list) > 0 {
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
		if list := faults("01_fixture.ipynb", []byte(changed)); !slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, c.fault) }) {
			t.Errorf("%s -> %.40s: faults %q, want one about %q", c.old, c.new, list, c.fault)
		}
	}
	for _, name := range []string{"one_neuron.ipynb", "1_one.ipynb", "01-one.ipynb", "01_One.ipynb"} {
		if list := faults(name, text); len(list) != 1 || !strings.Contains(list[0], "NN_name") {
			t.Errorf("%s: faults %q", name, list)
		}
	}
	if list := faults("01_x.ipynb", text[:len(text)/2]); len(list) != 1 {
		t.Errorf("truncated: faults %q", list)
	}
}

var (
	fileName  = regexp.MustCompile(`^[0-9]{2}_[a-z0-9_]+\.ipynb$`)
	reference = regexp.MustCompile(`10\.\d{4,9}/\S+|arxiv\.org/abs/\S+|arXiv:\d{4}\.\d+`)
	word      = regexp.MustCompile(`\pL+`)
	formula   = regexp.MustCompile(`(?s)\$\$.*?\$\$|\$[^$]+\$|\\begin\{.*?\\end\{[a-z*]+\}`)
)

// faults lists what a notebook lacks.
func faults(name string, text []byte) (list []string) {
	add := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	var nb struct {
		Major int `json:"nbformat"`
		Minor int `json:"nbformat_minor"`
		Cells []struct {
			Type     string `json:"cell_type"`
			Source   []string
			Metadata struct{ Tags []string }
			Count    *int `json:"execution_count"`
			Outputs  []struct {
				Type string `json:"output_type"`
				Name string
			}
		}
	}
	if err := json.Unmarshal(text, &nb); err != nil {
		return []string{"not a notebook: " + err.Error()}
	}
	if !fileName.MatchString(name) {
		add("the name is not NN_name.ipynb")
	}
	if nb.Major != 4 || nb.Minor != 5 {
		add("nbformat %d.%d, want 4.5: run go run ./cmd/supplement", nb.Major, nb.Minor)
	}
	var lengths []int
	var prose []string
	words, lines, parameters := 0, 0, 0
	for i, c := range nb.Cells {
		source := strings.Join(c.Source, "")
		if i == 0 && (c.Type != "markdown" || !strings.HasPrefix(source, "# ")) {
			add("the first cell does not begin with the title, # ...")
		}
		if c.Type != "code" {
			prose = append(prose, source)
			words += len(word.FindAllString(formula.ReplaceAllString(source, " "), -1))
			continue
		}
		n := 0
		for line := range strings.Lines(source) {
			if strings.TrimSpace(line) != "" {
				n++
			}
		}
		lengths = append(lengths, n)
		lines += n
		if n > maxLines {
			add("cell %d has %d lines, at most %d: move the work into pkg", i+1, n, maxLines)
		}
		if slices.Contains(c.Metadata.Tags, "parameters") {
			parameters++
		}
		if c.Count == nil || *c.Count != len(lengths) {
			add("cell %d: execution count is not %d: run go run ./cmd/supplement", i+1, len(lengths))
		}
		for _, o := range c.Outputs {
			if o.Type == "error" || o.Name == "stderr" {
				add("cell %d has output of kind error or stderr", i+1)
			}
		}
	}
	if len(lengths) == 0 {
		return append(list, "no code")
	}
	slices.Sort(lengths)
	if n := len(lengths); lengths[(n-1)/2]+lengths[n/2] > 2*maxMed {
		add("the median code cell has %d lines, at most %d", lengths[n/2], maxMed)
	}
	if words < minWords*lines {
		add("%d words for %d lines of code: %.1f a line, at least %d", words, lines, float64(words)/float64(lines), minWords)
	}
	if parameters != 1 {
		add("%d cells tagged parameters, want 1", parameters)
	}
	all := strings.Join(prose, "\n")
	for _, part := range []string{"What would falsify", "Exercises", "<details>"} {
		if !strings.Contains(all, part) {
			add("no part %q", part)
		}
	}
	if len(prose) == 0 || !reference.MatchString(prose[len(prose)-1]) {
		add("the last text holds no DOI and no arXiv number")
	}
	return list
}
