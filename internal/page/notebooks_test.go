package page

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// chapter reads a notebook of the repository.
func chapter(t *testing.T, path string) Chapter {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var nb struct {
		Cells []struct {
			Type    string `json:"cell_type"`
			Source  []string
			Count   int `json:"execution_count"`
			Outputs []struct {
				Name string
				Text []string
				Data map[string]any
			}
		}
	}
	if err := json.Unmarshal(raw, &nb); err != nil {
		t.Fatal(err)
	}
	c := Chapter{Name: strings.TrimSuffix(filepath.Base(path), ".ipynb")}
	for _, x := range nb.Cells {
		cell := Cell{Source: strings.Join(x.Source, ""), Count: x.Count, Kind: map[string]Kind{"markdown": Markdown, "code": Code}[x.Type]}
		if title, found := strings.CutPrefix(cell.Source, "# "); found && c.Title == "" {
			c.Title, _, _ = strings.Cut(title, "\n")
		}
		for _, o := range x.Outputs {
			out := Output{Stream: o.Name, Text: strings.Join(o.Text, ""), Data: map[string]string{}}
			for mime, v := range o.Data {
				switch v := v.(type) {
				case string:
					out.Data[mime] = v
				case []any:
					for _, line := range v {
						out.Data[mime] += line.(string)
					}
				}
			}
			cell.Outputs = append(cell.Outputs, out)
		}
		c.Cells = append(c.Cells, cell)
	}
	return c
}

// library is the book of the repository's notebooks.
func library(t *testing.T) *Book {
	t.Helper()
	paths, err := filepath.Glob("../../notebooks/*.ipynb")
	if err != nil || len(paths) == 0 {
		t.Fatal("no notebooks", err)
	}
	b := Book{Title: "credo"}
	for _, path := range paths {
		b.Chapters = append(b.Chapters, chapter(t, path))
	}
	return NewBook(b)
}

// Every notebook has a page, and no formula is lost on the way: the page has as
// many as a reader of the raw text counts.
func TestLibrary(t *testing.T) {
	b := library(t)
	for _, c := range b.Chapters {
		text, err := b.Render(c.Name, "mathjax")
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		for _, cell := range c.Cells {
			if cell.Kind == Markdown {
				want += strings.Count(cell.Source, "$$")
			}
		}
		_, body, _ := strings.Cut(string(text), "<main")
		got := strings.Count(body, "$$")
		if got != want {
			t.Errorf("%s: %d of %d marks of displayed formulas", c.Name, got, want)
		}
		if strings.ContainsAny(string(text), string(opens)+string(closes)) {
			t.Errorf("%s: a formula is not put back", c.Name)
		}
		if dir := os.Getenv("PAGES"); dir != "" {
			if text, err = b.Render(c.Name, "file:///usr/share/javascript/mathjax/MathJax.js?config=TeX-AMS_SVG-full,Safe"); err == nil {
				err = os.WriteFile(filepath.Join(dir, c.Name+".html"), text, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	text, err := b.Search()
	if err != nil || len(text) < 100_000 {
		t.Errorf("search: %d bytes, %v", len(text), err)
	}
	if dir := os.Getenv("PAGES"); dir != "" {
		os.WriteFile(filepath.Join(dir, "search.js"), text, 0o600)
	}
}
