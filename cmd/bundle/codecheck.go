package main

import (
	"maps"
	"slices"

	"credo/internal/citation"

	"go.yaml.in/yaml/v3"
)

// Codecheck is the content of codecheck.yml, in version 1.0 of its form, as far as
// authors write it: what a check makes again, and which paper it is about. (Version 2.0
// demands the ORCID of each of the paper's authors, which is not ours to give.)
func Codecheck(c citation.Citation, titles map[string]string) ([]byte, error) {
	type item struct{ File, Comment string }
	type author struct{ Name string }
	var content struct {
		Version  string
		Manifest []item
		Paper    struct {
			Title     string
			Authors   []author
			Reference string
		}
	}
	content.Version = "https://codecheck.org.uk/spec/config/1.0/"
	for _, p := range slices.Sorted(maps.Keys(titles)) {
		content.Manifest = append(content.Manifest, item{p, titles[p] + ": figures, tables and claims; made again by make supplement ALL=1"})
	}
	for _, r := range c.References[:min(1, len(c.References))] {
		content.Paper.Title, content.Paper.Reference = r.Title, r.URL
		for _, a := range r.Authors {
			content.Paper.Authors = append(content.Paper.Authors, author{a.String()})
		}
	}
	text, err := yaml.Marshal(content)
	return append([]byte("---\n"), text...), err
}
