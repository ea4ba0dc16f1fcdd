package page

import (
	"fmt"
	"iter"
	"regexp"
	"strings"

	"credo/internal/notebook"
)

// A label is what an anchor names.
type label struct {
	kind   string // Figure, Table, Equation, Section, Claim; empty: an anchor only
	number string // 4.3
	claim  claim
}

// labels are those of all chapters, by chapter and anchor.
type labels map[string]label

// of are the anchors of a chapter.
func (l labels) of(c Chapter) iter.Seq[string] {
	return func(yield func(string) bool) {
		for k := range l {
			if anchor, mine := strings.CutPrefix(k, c.Name+"#"); mine && !yield(anchor) {
				return
			}
		}
	}
}

func key(chapter, anchor string) string { return chapter + "#" + anchor }

// kinds by the beginning of the anchor.
var kinds = map[string]string{"fig": "Figure", "tab": "Table", "eq": "Equation", "sec": "Section"}

func kindOf(anchor string) string {
	prefix, _, found := strings.Cut(anchor, "-")
	if !found {
		return ""
	}
	return kinds[prefix]
}

var (
	anchors  = regexp.MustCompile(`<a\s+id="([^"]*)"\s*>\s*</a>`)
	heading  = regexp.MustCompile(`(?m)^#{1,6}[ \t]+(.*)$`)
	leading  = regexp.MustCompile(`^(?:\d+\.)*\d+`)
	unnumber = regexp.MustCompile(`\\begin\{(equation|align|gather|multline)\}`)
)

// collect finds the anchors of a chapter and numbers them, each kind by itself, in
// their order. A section has the number with which its heading begins.
func (l labels) collect(c Chapter) error {
	count := map[string]int{}
	prefix := ""
	if n := c.Number(); n != "" {
		prefix = n + "."
	}
	c.notebook().Claims(func(_, _ int, v notebook.Claim) {
		v.Notebook = c.Name
		l[key(c.Name, v.Anchor)] = label{kind: "Claim", claim: claim{v}}
	})
	for i, cell := range c.Cells {
		if cell.Type != "markdown" {
			continue
		}
		add := func(anchor, number string) error {
			k := key(c.Name, anchor)
			if _, twice := l[k]; twice || anchor == "" {
				return fmt.Errorf("%s: the anchor %q stands there a second time, or is empty", place(c, i), anchor)
			}
			kind := kindOf(anchor)
			if kind != "" && number == "" {
				if kind == "Section" {
					return fmt.Errorf("%s: the anchor %q is not in a heading that begins with a number", place(c, i), anchor)
				}
				count[kind]++
				number = fmt.Sprint(count[kind])
			}
			l[k] = label{kind: kind, number: prefix + number}
			return nil
		}
		text, formulas := takeOut(cell.Source)
		for _, h := range heading.FindAllStringSubmatch(text, -1) {
			title := strings.TrimSpace(anchors.ReplaceAllString(h[1], ""))
			for _, a := range anchors.FindAllStringSubmatch(h[1], -1) {
				number := ""
				if kindOf(a[1]) == "Section" {
					number = leading.FindString(title)
				}
				if err := add(a[1], number); err != nil {
					return err
				}
			}
		}
		for _, a := range anchors.FindAllStringSubmatch(heading.ReplaceAllString(text, ""), -1) {
			if err := add(a[1], ""); err != nil {
				return err
			}
		}
		for _, f := range formulas {
			names := labelled.FindAllStringSubmatch(f.tex, -1)
			if len(names) == 0 && unnumber.MatchString(f.tex) {
				return fmt.Errorf("%s: an equation without \\label: give it one, or let it be %s", place(c, i), unnumber.ReplaceAllString(unnumber.FindString(f.tex), `\begin{$1*}`))
			}
			for _, n := range names {
				if kindOf(n[1]) != "Equation" {
					return fmt.Errorf(`%s: \label{%s}: the label of an equation begins with eq-`, place(c, i), n[1])
				}
				if err := add(n[1], ""); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// words by which a reference asks for the kind and the number.
var words = map[string]string{
	"Fig.": "Figure", "Figure": "Figure", "Table": "Table", "Eq.": "Equation", "Equation": "Equation", "Section": "Section", "Sec.": "Section",
}

// refers is the text of a reference, of which the words in the notebook are given.
// Of a claim these may ask for its numbers.
func (l label) refers(text string) string {
	switch {
	case l.kind == "Claim" && text == "Measured":
		return l.claim.Measured()
	case l.kind == "Claim" && text == "Expected":
		return l.claim.Wanted()
	case words[text] != l.kind || l.kind == "":
		return text
	case l.kind == "Equation":
		return "(" + l.number + ")"
	}
	return l.kind + " " + l.number
}
