package main

import (
	"fmt"

	"credo/internal/notebook"
	"credo/internal/page"
)

// front renders the front page of an edition. Missing notebooks have no page,
// because they failed.
func (ed Edition) front(book *page.Book, pages []Page, missing []string, versions map[string]string, mathjax string) (string, error) {
	var list []page.Listing
	for _, p := range pages {
		list = append(list, page.Listing{Name: p.Name, Title: p.Title, Abstract: p.Abstract, Note: p.Note, Figure: p.Figure, Claims: p.Claims})
	}
	source := "credo " + versions["credo"]
	if study := versions["study"]; study != "" && study != "unknown" {
		source = "this study " + study + " and " + source
	}
	made := fmt.Sprintf("Made with %s, GoNB %s, gonum %s and gonum/plot %s from %s.", versions["go"], versions["gonb"], versions["gonum"], versions["plot"], source)
	text, err := book.Front(ed.Library.Front, list, missing, made, mathjax)
	if err != nil {
		return "", err
	}
	return EmbedImages(string(text), ed.Library.Dir, &notebook.Notebook{})
}
