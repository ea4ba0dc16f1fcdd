package page

import (
	"errors"
	"fmt"
	"html"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/nickng/bibtex"
)

// A Work is an entry of the bibliography.
type Work struct {
	Key, Authors, Title, In, Year, Note string
	Link, Name                          string // its address, and what is shown for it
}

// ReadWorks reads a bibliography in BibTeX's format. The error names the entry
// that has no author, no title or no year.
func ReadWorks(r io.Reader) ([]Work, error) {
	bib, err := bibtex.Parse(r)
	if err != nil {
		return nil, fmt.Errorf("bibliography: %w", err)
	}
	if len(bib.Entries) == 0 { // what this parser makes of a text that begins with %
		return nil, errors.New("bibliography: no entry is read: does the text begin with one?")
	}
	var works []Work
	for _, e := range bib.Entries {
		field := func(name string) string {
			if v, there := e.Fields[name]; there {
				return unbraced(v.String())
			}
			return ""
		}
		w := Work{Key: e.CiteName, Authors: people(field("author")), Title: field("title"), Year: field("year"), Note: field("note")}
		for _, f := range [][2]string{{"author", w.Authors}, {"title", w.Title}, {"year", w.Year}} {
			if f[1] == "" {
				return nil, fmt.Errorf("bibliography: the entry %s has no %s", w.Key, f[0])
			}
		}
		if slices.ContainsFunc(works, func(x Work) bool { return x.Key == w.Key }) {
			return nil, fmt.Errorf("bibliography: the entry %s stands twice", w.Key)
		}
		w.In = strings.TrimSpace(strings.Join([]string{field("journal") + field("booktitle") + field("publisher"), field("volume")}, " "))
		if pages := strings.ReplaceAll(field("pages"), "--", "–"); pages != "" {
			w.In += ", " + pages
		}
		if doi := field("doi"); doi != "" {
			w.Link, w.Name = "https://doi.org/"+doi, "doi:"+doi
		} else if id := field("eprint"); id != "" {
			w.Link, w.Name = "https://arxiv.org/abs/"+id, "arXiv:"+id
		} else if w.Link = field("url"); w.Link != "" {
			w.Name = w.Link
		}
		works = append(works, w)
	}
	return works, nil
}

var braces = strings.NewReplacer("{", "", "}", "", `\&`, "&", "~", " ")
var commands = regexp.MustCompile(`\\[a-zA-Z]+\s*`)

func unbraced(s string) string {
	return strings.Join(strings.Fields(braces.Replace(commands.ReplaceAllString(s, ""))), " ")
}

// people turns "Rubin, R. and Abbott, L. F." into "R. Rubin and L. F. Abbott".
func people(s string) string {
	var names []string
	for _, name := range strings.Split(s, " and ") {
		if family, given, found := strings.Cut(name, ","); found {
			name = strings.TrimSpace(given) + " " + strings.TrimSpace(family)
		}
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

func (w Work) anchor() string { return "ref-" + w.Key }

// Plain is the work in a line of text.
func (w Work) Plain() string {
	text := fmt.Sprintf("%s, %s", w.Authors, w.Title)
	if w.In != "" {
		text += ", " + w.In
	}
	return text + " (" + w.Year + ")"
}

// html is the work in a list.
func (w Work) html() string {
	text := fmt.Sprintf("%s, <em>%s</em>", html.EscapeString(w.Authors), html.EscapeString(w.Title))
	if w.In != "" {
		text += ", " + html.EscapeString(w.In)
	}
	text += " (" + html.EscapeString(w.Year) + ")."
	if w.Link != "" {
		text += fmt.Sprintf(` <a href="%s">%s</a>`, html.EscapeString(w.Link), html.EscapeString(w.Name))
	}
	if w.Note != "" {
		text += "; " + html.EscapeString(w.Note)
	}
	return text
}

func (b *Book) work(key string) (Work, error) {
	for _, w := range b.Works {
		if w.Key == key {
			return w, nil
		}
	}
	return Work{}, fmt.Errorf("the bibliography has no entry %q", key)
}

var cited = regexp.MustCompile(`\]\([^()\s]*\.bib#([^()\s]+)\)`)

// cites returns the works that a chapter cites, in the order of the bibliography.
func (b *Book) cites(c Chapter) (list []Work) {
	used := map[string]bool{}
	for _, cell := range c.Cells {
		if cell.Type == "markdown" {
			for _, m := range cited.FindAllStringSubmatch(cell.Source, -1) {
				used[m[1]] = true
			}
		}
	}
	for _, w := range b.Works {
		if used[w.Key] {
			list = append(list, w)
		}
	}
	return list
}

// worksOf lists them as HTML.
func (b *Book) worksOf(c Chapter) (list []template.HTML) {
	for _, w := range b.cites(c) {
		list = append(list, template.HTML(fmt.Sprintf(`<li id="%s">%s</li>`, w.anchor(), w.html())))
	}
	return list
}
