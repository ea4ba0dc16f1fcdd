// Package shape says what a notebook needs to read like the others.
package shape

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// The limits are those of notebooks that read like a book rather than a
// laboratory journal: short cells, and prose by far outweighing code.
const (
	maxLines = 25 // non-blank lines of the longest code cell
	maxMed   = 8  // and of the median one
	minWords = 5  // words of prose per line of code
)

var (
	fileName  = regexp.MustCompile(`^[0-9]{2}_[a-z0-9_]+\.ipynb$`)
	reference = regexp.MustCompile(`10\.\d{4,9}/\S+|arxiv\.org/abs/\S+|arXiv:\d{4}\.\d+`)
	word      = regexp.MustCompile(`\pL+`)
	formula   = regexp.MustCompile(`(?s)\$\$.*?\$\$|\$[^$]+\$|\\begin\{.*?\\end\{[a-z*]+\}`)
)

// Faults lists what the notebook of that name and text lacks.
func Faults(name string, text []byte) (list []string) {
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
		add("nbformat %d.%d, want 4.5: run make supplement", nb.Major, nb.Minor)
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
			add("cell %d: execution count is not %d: run make supplement", i+1, len(lengths))
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
