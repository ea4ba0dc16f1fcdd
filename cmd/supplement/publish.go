package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"credo/internal/durable"
	"credo/internal/notebook"
	"credo/internal/page"
	"credo/internal/workshop"
)

// A Publisher makes the pages of executed notebooks.
type Publisher struct {
	Shop     workshop.Workshop
	Browser  Browser
	MathJax  string
	Progress *workshop.Progress
	Static   bool // no program goes with the pages
}

// An Edition is what one run wants published.
type Edition struct {
	Results []Result
	Failed  []notebook.Source // no page is made of them; one that is there stays, and says so
	Whole   bool              // all notebooks there are: what is of no notebook goes
	Commit  Commit
	Inputs  map[string]string
	Library Library
	Go      string // version
}

// Publish brings the folder out up to date. Pages that are there and whole and
// whose notebook, template and tools are the same are not drawn again; pages of
// notebooks that this edition does not have stay. All files are made first and
// then written. The error names the notebooks whose page could not be made; the
// others are published nevertheless.
func (p Publisher) Publish(ctx context.Context, out string, ed Edition) error {
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	unlock, err := lockFolder(out, func() { p.Progress.Line("another run publishes to %s: waiting for it", out) })
	if err != nil {
		return fmt.Errorf("%s: %w", out, err)
	}
	defer unlock()
	durable.Sweep(out)
	old := readShelf(out)
	earlier := map[string]ShelvedOne{}
	for _, s := range old.Pages {
		earlier[s.Name] = s
	}

	pages, files, draw := []Page{}, map[string][]byte{}, []Drawing{}
	book, failures := ed.Library.Book(ed.Results), []error{}
	bound, program := p.Bind(ctx, out, old.Program, book, ed)
	if program != nil {
		files[page.ProgramName] = program
	}
	for _, r := range ed.Results {
		d, err := p.drawing(book, r, ed.Commit)
		if err != nil {
			failures = append(failures, fmt.Errorf("page of %s: %w", r.Source.Label, err))
			draw = append(draw, Drawing{Page: d.Page, Label: d.Label})
			continue
		}
		if s, there := earlier[r.Entry.Name]; there && s.Key == d.Key && s.Note == "" {
			same := s.page() // and it is what this commit gives
			same.Commit = ed.Commit.Name
			pages = append(pages, same)
		} else {
			draw = append(draw, d)
		}
	}
	made, more, err := p.Draw(ctx, draw)
	if err != nil {
		return err
	}
	failures = append(failures, more...)
	missing := []string{}
	stays := func(name, label, note string) {
		if s, there := earlier[name]; there {
			page := s.page()
			if note != "" {
				page.Note = note
			}
			pages = append(pages, page)
		} else if note != "" {
			missing = append(missing, label)
		}
	}
	mine := map[string]bool{}
	for _, d := range draw {
		page, done := made[d.Entry.Name]
		if !done {
			stays(d.Entry.Name, d.Label, "This page is of an earlier version of its notebook: the last one could not be drawn.")
			continue
		}
		maps.Copy(files, page.text)
		pages = append(pages, page.Page)
	}
	for _, r := range ed.Results {
		mine[r.Entry.Name] = true
	}
	for _, s := range ed.Failed {
		mine[s.Name] = true
		stays(s.Name, s.Label, "This page is of an earlier execution: the last one failed.")
	}
	for name, s := range earlier {
		source := s.Source
		if !filepath.IsAbs(source) {
			source = filepath.Join(p.Shop.Root, source)
		}
		if _, err := os.Stat(source); !mine[name] && !ed.Whole && err == nil {
			stays(name, "", "")
		}
	}
	slices.SortFunc(pages, func(a, b Page) int { return strings.Compare(a.Name, b.Name) })
	return errors.Join(append(failures, p.bind(ctx, out, book, old, bound, pages, missing, files, ed))...)
}

// bind draws the index, collects the data and writes all.
func (p Publisher) bind(ctx context.Context, out string, book *page.Book, old Shelf, bound Bound, pages []Page, missing []string, files map[string][]byte, ed Edition) error {
	versions := Versions(p.Shop.Root)
	versions["credo"] = ed.Commit.Name
	if p.Shop.House != p.Shop.Root {
		versions["study"], versions["credo"] = ed.Commit.Name, ReadCommit(p.Shop.House).Name
	}
	front, err := ed.front(book, pages, missing, versions, p.mathjax())
	if err != nil {
		return err
	}
	key := p.key(front, "")
	shelf := Shelf{Key: key, Index: old.Index, Program: bound}
	outputs := map[string]string{}
	if bound.Sum != "" {
		outputs[page.ProgramName] = bound.Sum
	}
	if old.Key != key {
		p.Progress.Set("index", "page")
		made, failures, err := p.Draw(ctx, []Drawing{{Page: Page{Entry: Entry{Name: "index"}, Key: key}, Label: "the front page", Text: front}})
		p.Progress.Set("index", "")
		if err = errors.Join(append(failures, err)...); err != nil {
			return err
		}
		files["index.html"] = made["index"].text["index.html"]
		shelf.Index = digest(files["index.html"])
	}
	outputs["index.html"] = shelf.Index
	if book.Explorer != nil {
		if files[page.ExplorerFile], err = explorerPage(book); err != nil {
			return err
		}
		outputs[page.ExplorerFile] = digest(files[page.ExplorerFile])
	}
	if files["search.js"], err = book.Search(); err != nil {
		return err
	}
	claims := []notebook.Claim{}
	for _, p := range pages {
		claims = append(claims, p.Claims...)
		shelf.Pages = append(shelf.Pages, shelved(p))
		maps.Copy(outputs, p.Files)
	}
	if files["claims.json"], err = indented(claims); err != nil {
		return err
	}
	if files[shelfName], err = indented(shelf); err != nil {
		return err
	}
	for _, name := range []string{"claims.json", "search.js", shelfName} {
		outputs[name] = digest(files[name])
	}
	before := readManifest(out)
	inputs := ed.Inputs
	for _, page := range pages { // of notebooks that this run has not read
		if sum, there := before.Inputs[page.Source]; there && inputs[page.Source] == "" {
			inputs[page.Source] = sum
		}
	}
	manifest, err := indented(Manifest{Versions: versions, Changed: ed.Commit.Changed, Untracked: ed.Commit.Untracked, Notebooks: pages, Inputs: inputs, Outputs: outputs})
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return replace(out, files, manifest, outputs)
}

// replace writes the files to the folder out, one by one and whole, then removes
// what the manifest of an earlier publication lists and the new one does not, then
// writes the manifest. Files that no manifest lists are left alone.
func replace(out string, files map[string][]byte, manifest []byte, outputs map[string]string) error {
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	old := readManifest(out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := durable.Write(filepath.Join(out, name), files[name]); err != nil {
			return err
		}
	}
	for name := range old.Outputs {
		if _, made := outputs[name]; !made && filepath.IsLocal(name) {
			if err := os.Remove(filepath.Join(out, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return durable.Write(filepath.Join(out, "manifest.json"), manifest)
}
