package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"credo/internal/notebook"
)

// A section is a part of a notebook that can be run by itself: it uses nothing that the
// notebook declares outside of it but the cell of parameters.
type section struct {
	title      string           // of the notebook
	number     string           // of the section
	parameters *notebook.Cell   // tagged so
	intro      *notebook.Cell   // begins with the heading; says how to run the section in the notebook
	cells      []*notebook.Cell // the others
}

var sectionNumber = regexp.MustCompile(`^## <a id="[^"]*"></a>(\d+)\. `)

// cut takes the section with the anchor out of a notebook: from the cell whose text
// begins with its heading, to the next such cell of any section.
func cut(nb *notebook.Notebook, anchor string) (s section, err error) {
	if s.title, _, err = nb.Abstract(); err != nil {
		return s, err
	}
	begins := func(c *notebook.Cell) bool { return c.Type == "markdown" && strings.HasPrefix(c.Source, "## ") }
	at := slices.IndexFunc(nb.Cells, func(c *notebook.Cell) bool {
		return begins(c) && strings.HasPrefix(c.Source, `## <a id="`+anchor+`"></a>`)
	})
	parameters := slices.IndexFunc(nb.Cells, func(c *notebook.Cell) bool { return c.Tagged("parameters") })
	if at < 0 || parameters < 0 || at < parameters {
		return s, fmt.Errorf("%q has no cell of parameters, and after it a cell that begins with the heading of the section %q", s.title, anchor)
	}
	s.parameters, s.intro, s.cells = nb.Cells[parameters], nb.Cells[at], nb.Cells[at+1:]
	if m := sectionNumber.FindStringSubmatch(s.intro.Source); m != nil {
		s.number = m[1]
	}
	if end := slices.IndexFunc(s.cells, begins); end >= 0 {
		s.cells = s.cells[:end]
	}
	return s, nil
}

var (
	anyAnchor  = regexp.MustCompile(`<a id="([^"]*)">|\\label\{([^{}]*)\}`)
	anyLink    = regexp.MustCompile(`\[([^\[\]]*)\]\(([^()\s]*)\)`)
	subheading = regexp.MustCompile(`(?m)^##(#+ )`)
)

// rest is the heading of the code that shows nothing.
const rest = "## The rest of the code\n\nWhat the cells above use: the flags of the cell of parameters, and these functions."

// alone makes cells those of a page with nothing beside it: headings are one step
// higher, a link to another section or notebook is its words, and the code that shows
// nothing stands at the end.
func alone(cells []*notebook.Cell) (list []*notebook.Cell) {
	here := map[string]bool{}
	for _, c := range cells {
		for _, m := range anyAnchor.FindAllStringSubmatch(c.Source, -1) {
			here["#"+m[1]+m[2]] = true
		}
	}
	var quiet []*notebook.Cell
	for _, c := range cells {
		own := *c
		if c.Type == "code" && len(c.Outputs) == 0 {
			quiet = append(quiet, &own)
			continue
		}
		if c.Type == "markdown" {
			own.Source = subheading.ReplaceAllString(c.Source, "#$1")
			own.Source = anyLink.ReplaceAllStringFunc(own.Source, func(link string) string {
				m := anyLink.FindStringSubmatch(link)
				if here[m[2]] || strings.Contains(m[2], "://") || strings.HasPrefix(m[2], "references.bib#") {
					return link
				}
				return m[1]
			})
		}
		list = append(list, &own)
	}
	if len(quiet) > 0 {
		list = append(list, &notebook.Cell{Type: "markdown", Source: rest})
	}
	return append(list, quiet...)
}
