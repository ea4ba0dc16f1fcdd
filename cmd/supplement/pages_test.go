package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"credo/internal/notebook"
	"credo/internal/page"
	"credo/internal/workshop"
)

// browser is a publisher with the real browser, or the reason why the test is skipped.
func browser(t *testing.T) (workshop.Workshop, Publisher) {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	root, err := workshop.ModuleRoot(here)
	if err != nil {
		t.Fatal(err)
	}
	path, errB := locateBrowser()
	mathjax, errM := locateMathJax(root)
	if err := errors.Join(errB, errM); err != nil {
		t.Skip(err)
	}
	shop, err := workshop.New(root, root)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(shop.Close)
	progress := workshop.NewProgress(t.Output())
	t.Cleanup(progress.Close)
	return shop, Publisher{Shop: shop, Browser: Browser{Shop: shop, Path: path}, MathJax: mathjax, Progress: progress}
}

// sheets are the pages of the committed notebooks, once they have been drawn: that takes minutes.
var sheets struct {
	dir   string
	names []string
}

// pagesOf is a folder with the pages of the committed notebooks, for this test alone.
func pagesOf(t *testing.T, shop workshop.Workshop, p Publisher) (dir string, names []string) {
	t.Helper()
	if sheets.dir == "" {
		path, err := os.MkdirTemp("", "pages-")
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if sheets.dir != path {
				os.RemoveAll(path)
			}
		}()
		names := drawPages(t, shop, p, path)
		sheets.dir, sheets.names = path, names
	}
	dir = t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(sheets.dir)); err != nil {
		t.Fatal(err)
	}
	return dir, sheets.names
}

func drawPages(t *testing.T, shop workshop.Workshop, p Publisher, dir string) (names []string) {
	t.Helper()
	sources, err := notebook.Find(shop.Root, shop.Root, everything)
	if err != nil {
		t.Fatal(err)
	}
	library, err := ReadLibrary(shop.Root, shop.Root, sources)
	if err != nil {
		t.Fatal(err)
	}
	book, ed := library.Book(nil), Edition{Library: library}
	_, program := p.Bind(t.Context(), dir, Bound{}, book, ed)
	if err := os.WriteFile(filepath.Join(dir, "cells.js"), program, 0o600); err != nil {
		t.Fatal(err)
	}
	texts, pages := map[string]string{}, []Page{}
	for _, s := range sources {
		claims, _ := s.Examine(s.Label)
		entry, err := NewEntry(s.Name, &s.Notebook, claims)
		if err != nil {
			t.Fatal(err)
		}
		d, err := p.drawing(book, Result{s, entry, &s.Notebook}, Commit{})
		if err != nil {
			t.Fatal(err)
		}
		texts[s.Name], names, pages = d.Text, append(names, s.Name), append(pages, d.Page)
	}
	if texts["index"], err = ed.front(book, pages, nil, Versions(shop.Root), p.mathjax()); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	free := make(chan struct{}, 2)
	if *only != "" {
		names = slices.DeleteFunc(names, func(name string) bool { match, _ := filepath.Match(*only, name); return !match })
	}
	for name, text := range texts {
		if name != "index" && !slices.Contains(names, name) {
			continue
		}
		wg.Go(func() {
			free <- struct{}{}
			defer func() { <-free }()
			finished, err := p.typeset(t.Context(), name, text)
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, name+".html"), []byte(finished), 0o600)
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	wg.Wait()
	explorer, err := explorerPage(book)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, page.ExplorerFile), explorer, 0o600)
	}
	script, err2 := book.Search()
	if err = errors.Join(err, err2); err == nil {
		err = os.WriteFile(filepath.Join(dir, "search.js"), script, 0o600)
	}
	if err != nil || t.Failed() {
		t.Fatal(err)
	}
	return names
}
