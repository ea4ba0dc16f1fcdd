package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"credo/internal/page"

	"go.yaml.in/yaml/v3"
)

// A Citation is what a file CITATION.cff says of a work, as far as pages say it.
type Citation struct {
	Title      string
	Authors    []Person
	Version    string
	Released   string `yaml:"date-released"`
	Year       string
	License    string
	URL        string
	DOI        string
	References []Citation
}

// A Person is an author; an entity has a name only.
type Person struct {
	Name   string
	Family string `yaml:"family-names"`
	Given  string `yaml:"given-names"`
}

func (p Person) String() string {
	if p.Name != "" {
		return p.Name
	}
	return strings.TrimSpace(p.Given + " " + p.Family)
}

func (c Citation) authors() string {
	var names []string
	for _, p := range c.Authors {
		names = append(names, p.String())
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

func (c Citation) year() string {
	if len(c.Released) >= 4 {
		return c.Released[:4]
	}
	return c.Year
}

// sentence is the work in a line.
func (c Citation) sentence() string {
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
func (c Citation) bibTeX(kind string) string {
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

// ReadCitation reads a folder's CITATION.cff; found tells whether there is one.
func ReadCitation(dir string) (c Citation, found bool, err error) {
	text, err := os.ReadFile(filepath.Join(dir, "CITATION.cff"))
	if errors.Is(err, fs.ErrNotExist) {
		return c, false, nil
	}
	if err == nil {
		err = yaml.Unmarshal(text, &c)
	}
	if err == nil && (c.Title == "" || len(c.Authors) == 0) {
		err = errors.New("it has no title or no authors")
	}
	if err != nil {
		return c, true, fmt.Errorf("%s: %w", filepath.Join(dir, "CITATION.cff"), err)
	}
	return c, true, nil
}

var textLicence = regexp.MustCompile(`\((CC-[A-Z0-9.-]+)\)`)

// ReadNotice says whose the pages of a module are. A study that does not say how it
// is cited is told so, and how the packages are that it is made with.
func ReadNotice(root, house string) (n page.Notice, err error) {
	c, found, err := ReadCitation(root)
	if err != nil {
		return n, err
	}
	if found {
		n.Authors, n.Licence = c.authors(), c.License
		if text, err := os.ReadFile(filepath.Join(root, "LICENSE")); err == nil {
			if m := textLicence.FindSubmatch(text); m != nil {
				n.TextLicence = string(m[1])
			}
		}
	} else {
		if c, found, err = ReadCitation(house); err != nil || !found {
			return n, err
		}
		n.Cite = []string{"How this study is cited, a file CITATION.cff in its folder would say. It is made with:"}
	}
	n.Cite, n.BibTeX = append(n.Cite, c.sentence()), c.bibTeX("software")
	for _, r := range c.References {
		n.Cite, n.BibTeX = append(n.Cite, r.sentence()), n.BibTeX+"\n"+r.bibTeX("article")
	}
	return n, nil
}
