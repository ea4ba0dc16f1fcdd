package main

import (
	"fmt"
	"regexp"

	"credo/internal/notebook"
	"credo/internal/page"
)

// An Entry is what the front page says of one notebook.
type Entry struct {
	Name       string               `json:"name"` // of the files, without extension
	Title      string               `json:"title"`
	Note       string               `json:"note,omitempty"` // if the page is of an earlier execution: why
	Parameters []notebook.Parameter `json:"parameters"`
	Abstract   string               `json:"-"`
	Figure     string               `json:"-"` // SVG
	Claims     []notebook.Claim     `json:"-"`
}

// NewEntry collects the entry of a notebook.
func NewEntry(name string, nb *notebook.Notebook, claims []notebook.Claim) (e Entry, err error) {
	e.Name, e.Claims = name, claims
	if e.Title, e.Abstract, err = nb.Abstract(); err != nil {
		return e, err
	}
	if e.Parameters, err = nb.Parameters(); err != nil {
		return e, err
	}
	e.Abstract = pictures.ReplaceAllString(e.Abstract, "")
	e.Figure = page.KeyFigure(nb)
	return e, nil
}

// pictures in an abstract are on the page; the front page has its own.
var pictures = regexp.MustCompile(`!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|<img\b[^>]*>`)

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
