package main

import (
	"regexp"
	"slices"
	"strings"

	"credo/internal/notebook"
)

// broken matches a broken assumption on a regime card: its name, value and limit,
// and in the next line why.
var broken = regexp.MustCompile(`(?m)^(\S.*?)  .*\bBROKEN$`)

// brokenBy are the assumptions that the cards of a notebook's outputs call broken.
func brokenBy(nb *notebook.Notebook) (list []string) {
	for _, c := range nb.Cells {
		for _, o := range c.Outputs {
			if o.Type != "stream" || o.Name != "stdout" {
				continue
			}
			for _, m := range broken.FindAllStringSubmatch(o.Text, -1) {
				list = append(list, strings.TrimSpace(m[1]))
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// newlyBroken are those that the committed outputs do not have.
func newlyBroken(committed, now *notebook.Notebook) (list []string) {
	before := brokenBy(committed)
	for _, name := range brokenBy(now) {
		if !slices.Contains(before, name) {
			list = append(list, name)
		}
	}
	return list
}
