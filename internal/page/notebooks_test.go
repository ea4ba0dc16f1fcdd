package page

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"credo/internal/notebook"
)

// chapter reads a notebook of the repository.
func chapter(t *testing.T, path string) Chapter {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	nb, err := notebook.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	title, _, err := nb.Abstract()
	if err != nil {
		t.Fatal(err)
	}
	return Chapter{Name: strings.TrimSuffix(filepath.Base(path), ".ipynb"), Title: title, Cells: nb.Cells}
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
	for name, read := range map[string]func(io.Reader) error{
		"references.bib": func(r io.Reader) (err error) { b.Works, err = ReadWorks(r); return },
		"symbols.csv":    func(r io.Reader) (err error) { b.Symbols, err = ReadSymbols(r); return },
	} {
		f, err := os.Open("../../notebooks/" + name)
		if err != nil {
			t.Fatal(err)
		}
		err = read(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
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
			t.Error(err)
			continue
		}
		want := 0
		for _, cell := range c.Cells {
			if cell.Type == "markdown" {
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

// The front page of the repository finds its claims, works and notebooks.
func TestFrontText(t *testing.T) {
	text, err := os.ReadFile("../../notebooks/front.md")
	if err != nil {
		t.Fatal(err)
	}
	b := library(t)
	page, err := b.Front(string(text), nil, nil, "", "file:///usr/share/javascript/mathjax/MathJax.js?config=TeX-AMS_SVG-full,Safe")
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("PAGES"); dir != "" {
		os.WriteFile(filepath.Join(dir, "index.html"), page, 0o600)
	}
	if strings.Contains(string(page), ">Measured</a>") || strings.Contains(string(page), ">Expected</a>") {
		t.Error("a claim gives no number")
	}
}
