package main

import (
	"encoding/json"
	"os"
	"path/filepath"

	"credo/internal/notebook"
)

const shelfName = "index.json"

// A Page is a published notebook.
type Page struct {
	Entry
	Source string            `json:"source"` // the notebook, from the module's root
	Commit string            `json:"commit"` // from which it was made
	Key    string            `json:"key"`    // digest of all that the page depends on
	Files  map[string]string `json:"files"`  // name: sha256
}

// A Shelf is what a publication leaves in its folder for the next: what the index
// says of each page, so that one notebook can be published and the rest stay.
type Shelf struct {
	Key   string       `json:"key"` // of the index page
	Index string       `json:"index"`
	Pages []ShelvedOne `json:"pages"`
	// Program runs the cells of the pages.
	Program Bound `json:"program"`
}

// A ShelvedOne is a page with what the manifest leaves out.
type ShelvedOne struct {
	Page
	Abstract string           `json:"abstract"`
	Figure   string           `json:"figure"`
	Claims   []notebook.Claim `json:"claims"`
}

func shelved(p Page) ShelvedOne { return ShelvedOne{p, p.Abstract, p.Figure, p.Claims} }

func (s ShelvedOne) page() Page {
	s.Page.Abstract, s.Page.Figure, s.Page.Claims = s.Abstract, s.Figure, s.Claims
	return s.Page
}

// readShelf returns the shelf in the folder, with those pages that are whole: a
// run that was killed may have replaced some and not told.
func readShelf(out string) (shelf Shelf) {
	text, err := os.ReadFile(filepath.Join(out, shelfName))
	if err != nil || json.Unmarshal(text, &shelf) != nil {
		return Shelf{}
	}
	whole := []ShelvedOne{}
	for _, p := range shelf.Pages {
		if intact(out, p.Files) {
			whole = append(whole, p)
		}
	}
	shelf.Pages = whole
	if !intact(out, map[string]string{"index.html": shelf.Index}) {
		shelf.Key = ""
	}
	return shelf
}

func intact(out string, files map[string]string) bool {
	for name, sum := range files {
		text, err := os.ReadFile(filepath.Join(out, name))
		if err != nil || digest(text) != sum {
			return false
		}
	}
	return len(files) > 0
}
