// Package citation reads CITATION.cff, where a work says how it is cited: the one
// source of its name, authors, version and date.
package citation

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// File is the name of the file.
const File = "CITATION.cff"

// A Citation is a work, as far as this house says of works: a subset of the Citation
// File Format 1.2.0.
type Citation struct {
	Title      string
	Abstract   string
	Authors    []Person
	Version    string
	Released   string `yaml:"date-released"` // YYYY-MM-DD
	Year       string
	License    string // SPDX
	Keywords   []string
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

// Read reads the file of a folder. An error wraps fs.ErrNotExist where there is none,
// and else names the file and what it lacks: a title or authors.
func Read(dir string) (c Citation, err error) {
	path := filepath.Join(dir, File)
	text, err := os.ReadFile(path)
	if err != nil {
		return c, err
	}
	if err = yaml.Unmarshal(text, &c); err == nil && (c.Title == "" || len(c.Authors) == 0) {
		err = errors.New("it has no title or no authors")
	}
	if err != nil {
		return c, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}
