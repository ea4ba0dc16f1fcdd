package page

import (
	"encoding/csv"
	"fmt"
	"html"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strings"
)

// A Symbol is a row of the table of symbols: TeX without dollars, what it means,
// the name in Go that holds it, its unit, its default, whether its value is
// reported, derived, chosen or unknown, and the numbers of the chapters in which it
// has this meaning.
type Symbol struct {
	TeX, Meaning, Go, Unit, Default, Provenance string
	Chapters                                    []string
}

var symbolColumns = []string{"symbol", "meaning", "go", "unit", "default", "provenance", "defined", "notebooks"}

// ReadSymbols reads the table.
func ReadSymbols(r io.Reader) ([]Symbol, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("table of symbols: %w", err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], symbolColumns) {
		return nil, fmt.Errorf("table of symbols: its columns must be %s", strings.Join(symbolColumns, ", "))
	}
	var list []Symbol
	for _, r := range rows[1:] {
		list = append(list, Symbol{r[0], r[1], r[2], r[3], r[4], r[5], strings.Fields(r[7])})
	}
	return list, nil
}

// symbolsOf are those of a chapter, in the order of the table.
func (b *Book) symbolsOf(c Chapter) (list []Symbol) {
	number := c.Number()
	for _, s := range b.Symbols {
		if slices.ContainsFunc(s.Chapters, func(n string) bool { return number != "" && strings.TrimLeft(n, "0") == number }) {
			list = append(list, s)
		}
	}
	return list
}

// Formula is the symbol for MathJax.
func (s Symbol) Formula() template.HTML {
	return template.HTML("$" + html.EscapeString(s.TeX) + "$")
}

// Value is the default with its unit.
func (s Symbol) Value() string {
	if s.Default != "" && s.Unit != "" {
		return s.Default + " (" + s.Unit + ")"
	}
	return s.Default + s.Unit
}

// A glossary links the first use of a symbol in each section to its meaning.
type glossary struct {
	anchor map[string]string // by TeX
	used   map[string]bool   // in this section
}

func newGlossary(list []Symbol) *glossary {
	g := &glossary{map[string]string{}, map[string]bool{}}
	for i, s := range list {
		g.anchor[s.TeX] = fmt.Sprintf("sym-%d", i+1)
	}
	return g
}

var tagOrFormula = regexp.MustCompile(`<[^>]*>|` + numberedFormula.String())

// link goes through a piece of a page in which formulas are numbers. Headings begin
// a section; what is linked already stays.
func (g *glossary) link(page string, formulas []formula) string {
	inside := 0
	return tagOrFormula.ReplaceAllStringFunc(page, func(s string) string {
		switch {
		case strings.HasPrefix(s, "<h2"):
			clear(g.used)
			inside++
		case strings.HasPrefix(s, "<a "), headingTag.MatchString(s), s == "<summary>":
			inside++
		case s == "</a>", strings.HasPrefix(s, "</h"), s == "</summary>":
			inside--
		case !strings.HasPrefix(s, "<") && inside == 0:
			tex := strings.Trim(formulas[index(s)].tex, "$ ")
			if to := g.anchor[tex]; to != "" && !g.used[tex] && !formulas[index(s)].display {
				g.used[tex] = true
				return fmt.Sprintf(`<a class="sym" href="#%s">%s</a>`, to, s)
			}
		}
		return s
	})
}

var headingTag = regexp.MustCompile(`^<h[1-6]`)
