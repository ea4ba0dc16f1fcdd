package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"credo/internal/citation"
	"credo/internal/page"
)

// A work is what a file CITATION.cff describes.
type work struct{ citation.Citation }

func (c work) authors() string {
	var names []string
	for _, p := range c.Authors {
		names = append(names, p.String())
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

func (c work) year() string {
	if len(c.Released) >= 4 {
		return c.Released[:4]
	}
	return c.Year
}

// sentence is the work in a line.
func (c work) sentence() string {
	parts := []string{c.authors(), c.Title}
	if c.Version != "" {
		parts = append(parts, "version "+c.Version)
	}
	if y := c.year(); y != "" {
		parts = append(parts, y)
	}
	if c.DOI != "" {
		parts = append(parts, "doi:"+c.DOI)
	} else if c.URL != "" {
		parts = append(parts, c.URL)
	}
	return strings.Join(parts, ", ") + "."
}

var word = regexp.MustCompile(`[A-Za-z]+`)

// bibTeX is an entry of that kind, named by the first word of the title or by the first author.
func (c work) bibTeX(kind string) string {
	key := word.FindString(c.Title)
	if len(c.Authors) > 0 && c.Authors[0].Family != "" {
		key = c.Authors[0].Family + c.year()
	}
	var names []string
	for _, p := range c.Authors {
		if p.Name != "" {
			names = append(names, "{"+p.Name+"}")
		} else {
			names = append(names, p.Family+", "+p.Given)
		}
	}
	text := fmt.Sprintf("@%s{%s,\n  author = {%s},\n  title = {%s}", kind, strings.ToLower(key), strings.Join(names, " and "), c.Title)
	for _, f := range [][2]string{{"version", c.Version}, {"year", c.year()}, {"doi", c.DOI}, {"url", c.URL}} {
		if f[1] != "" {
			text += fmt.Sprintf(",\n  %s = {%s}", f[0], f[1])
		}
	}
	return text + "\n}\n"
}

var textLicence = regexp.MustCompile(`\((CC-[A-Z0-9.-]+)\)`)

// ReadNotice says whose the pages of a module are. A study that does not say how it
// is cited is told so, and how the packages are that it is made with.
func ReadNotice(root, house string) (n page.Notice, err error) {
	c, err := citation.Read(root)
	switch {
	case err == nil:
		n.Authors, n.Licence = work{c}.authors(), c.License
		if text, err := os.ReadFile(filepath.Join(root, "LICENSE")); err == nil {
			if m := textLicence.FindSubmatch(text); m != nil {
				n.TextLicence = string(m[1])
			}
		}
	case !errors.Is(err, fs.ErrNotExist):
		return n, err
	default:
		if c, err = citation.Read(house); errors.Is(err, fs.ErrNotExist) {
			return n, nil
		} else if err != nil {
			return n, err
		}
		n.Cite = []string{"How this study is cited, a file CITATION.cff in its folder would say. It is made with:"}
	}
	n.Cite, n.BibTeX = append(n.Cite, work{c}.sentence()), work{c}.bibTeX("software")
	for _, r := range c.References {
		n.Cite, n.BibTeX = append(n.Cite, work{r}.sentence()), n.BibTeX+"\n"+work{r}.bibTeX("article")
	}
	return n, nil
}
