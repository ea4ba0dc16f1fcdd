package page

import (
	"fmt"
	"html"
	"regexp"
	"strings"
)

// Mathematics is taken out of Markdown before it is read, as Jupyter does, for to
// Markdown an underscore is emphasis and a line of = a heading. Code keeps its
// dollars.

// A formula is TeX with its delimiters.
type formula struct {
	tex     string
	display bool
}

// The characters between which the number of a formula stands, for private use.
const (
	opens  = '\ue000'
	closes = '\ue001'
)

// mathematics matches what is code, which stays, and formulas: displayed, an
// environment, inline. Inline mathematics does not begin or end with a space.
var mathematics = regexp.MustCompile("(?s)" +
	"(?P<code>(?m:^[ \t]*```.*?(?:^[ \t]*```[ \t]*$|\\z))|(?m:^[ \t]*~~~.*?(?:^[ \t]*~~~[ \t]*$|\\z))|``.+?``|`[^`]+`|\\\\\\$)" +
	`|(?P<display>\$\$.+?\$\$|\\\[.+?\\\]|\\begin\{(?:equation|align|gather|multline)\*?\}.+?\\end\{(?:equation|align|gather|multline)\*?\})` +
	`|(?P<inline>\$(?:[^\s$\\]|\\.)(?:(?:[^$\\]|\\.)*?(?:[^\s$\\]|\\.))?\$|\\\(.+?\\\))`)

// takeOut replaces the formulas of a text by their numbers.
func takeOut(source string) (text string, formulas []formula) {
	var b strings.Builder
	at := 0
	for _, m := range mathematics.FindAllStringSubmatchIndex(source, -1) {
		if m[2] >= 0 { // code
			continue
		}
		tex := source[m[0]:m[1]]
		if m[6] >= 0 && strings.Contains(tex, "\n\n") { // two lone dollars
			continue
		}
		b.WriteString(source[at:m[0]])
		fmt.Fprintf(&b, "%c%d%c", opens, len(formulas), closes)
		formulas = append(formulas, formula{tex, m[4] >= 0})
		at = m[1]
	}
	b.WriteString(source[at:])
	return b.String(), formulas
}

var numberedFormula = regexp.MustCompile(string(opens) + `(\d+)` + string(closes))

// putBack puts the formulas where their numbers are in the page, each as write has it.
func putBack(text string, formulas []formula, write func(formula) string) string {
	return numberedFormula.ReplaceAllStringFunc(text, func(s string) string { return write(formulas[index(s)]) })
}

// index reads the number of a formula.
func index(s string) (n int) {
	fmt.Sscanf(strings.Trim(s, string(opens)+string(closes)), "%d", &n)
	return n
}

var labelled = regexp.MustCompile(`\\label\{([^{}]*)\}`)

// write gives a formula its numbers and anchors.
func (l labels) write(c Chapter, f formula) string {
	if !f.display {
		return html.EscapeString(f.tex)
	}
	var extra []string
	tex := labelled.ReplaceAllStringFunc(f.tex, func(s string) string {
		name := labelled.FindStringSubmatch(s)[1]
		extra = append(extra, fmt.Sprintf(`<span id="%s"></span>`, html.EscapeString(name)))
		return `\tag{` + l[key(c.Name, name)].number + `}`
	})
	return fmt.Sprintf(`<span class="display">%s%s</span>`, strings.Join(extra, ""), html.EscapeString(tex))
}
