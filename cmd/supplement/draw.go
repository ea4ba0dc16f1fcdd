package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"credo/internal/notebook"
	"credo/internal/workshop"
)

// A Drawing is a notebook of which a page is to be made.
type Drawing struct {
	Entry
	Label    string
	Notebook *notebook.Notebook
	Dir      string // of its local images
	Date     string // of the PDF
	Page     Page
	Key      string
}

// A drawn page with its files' content.
type drawn struct {
	Page
	text map[string][]byte
}

func (p Publisher) drawing(r Result, commit Commit) (d Drawing, err error) {
	dir := filepath.Dir(r.Source.Path)
	d = Drawing{Entry: r.Entry, Label: r.Source.Label, Notebook: titled(r.Notebook, r.Entry.Title), Dir: dir, Date: CommitDate(dir, r.Source.Path)}
	d.Page = Page{Entry: r.Entry, Source: r.Source.Label, Commit: commit.Name}
	d.Key, err = p.key(d.Notebook, dir, d.Date)
	d.Page.Key = d.Key
	return d, err
}

// key is the digest of all that a page depends on: the notebook, the files that
// its text names, the template and the programs.
func (p Publisher) key(nb *notebook.Notebook, dir, date string) (string, error) {
	text, err := nb.Encode()
	if err != nil {
		return "", err
	}
	parts := []string{string(text), date, p.MathJax}
	if dir != "" {
		words := []string{}
		for _, c := range nb.Cells {
			if c.Type == "markdown" {
				words = append(words, strings.FieldsFunc(c.Source, func(r rune) bool { return strings.ContainsRune(" \t\n()<>\"'=[]", r) })...)
			}
		}
		files, err := namedFiles(dir, "", words)
		if err != nil {
			return "", err
		}
		parts = append(parts, files)
	}
	files, err := fs.ReadDir(page, "page")
	if err != nil {
		return "", err
	}
	for _, f := range files {
		text, err := page.ReadFile("page/" + f.Name())
		if err != nil {
			return "", err
		}
		parts = append(parts, string(text))
	}
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	for _, path := range []string{self, p.Nbconvert, p.Browser.Path, filepath.Join(p.MathJax, "MathJax.js")} {
		parts = append(parts, likeness(path))
	}
	list, err := json.Marshal(parts)
	return digest(list), err
}

var likenesses sync.Map

// likeness tells this program's build from another by its content, and the other
// programs by path, size and time, for asking them takes seconds.
func likeness(path string) string {
	if known, ok := likenesses.Load(path); ok {
		return known.(string)
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		real = path
	}
	result := real
	if self, err := os.Executable(); err == nil && self == path {
		text, _ := os.ReadFile(path)
		result = digest(text)
	} else if info, err := os.Stat(real); err == nil {
		result = fmt.Sprint(real, info.Size(), info.ModTime().UnixNano())
	}
	likenesses.Store(path, result)
	return result
}

// Draw makes pages and PDFs, as many at a time as there are processors. A page
// that cannot be made is a failure, and the others are made; err is not nil if
// none could be.
func (p Publisher) Draw(ctx context.Context, list []Drawing) (made map[string]drawn, failures []error, err error) {
	made = map[string]drawn{}
	if len(list) == 0 {
		return made, nil, nil
	}
	notebooks := map[string]*notebook.Notebook{}
	for _, d := range list {
		notebooks[d.Name] = d.Notebook
	}
	p.Progress.Set("pages", "begin")
	paths, err := ConvertHTML(ctx, p.Shop, p.Nbconvert, p.MathJax, notebooks)
	p.Progress.Set("pages", "")
	if err != nil {
		return nil, nil, err
	}
	var mu sync.Mutex
	var wg sync.WaitGroup
	free := make(chan struct{}, workshop.Slots(len(list)))
	for _, d := range list {
		wg.Go(func() {
			free <- struct{}{}
			defer func() { <-free }()
			if ctx.Err() != nil {
				return
			}
			p.Progress.Set(d.Name, "page")
			defer p.Progress.Set(d.Name, "")
			page, err := p.onePage(ctx, d, paths[d.Name])
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failures = append(failures, fmt.Errorf("page of %s: %w", d.Label, err))
				return
			}
			made[d.Name] = page
		})
	}
	wg.Wait()
	slices.SortFunc(failures, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return made, failures, context.Cause(ctx)
}

// onePage returns the finished page, and its PDF unless it is the index.
func (p Publisher) onePage(ctx context.Context, d Drawing, path string) (drawn, error) {
	text, err := p.typeset(ctx, d, path)
	if err != nil {
		return drawn{}, err
	}
	files := map[string][]byte{d.Name + ".html": []byte(text)}
	if d.Name != "index" {
		if files[d.Name+".pdf"], err = p.Browser.Print(ctx, text, d.Date); err != nil {
			return drawn{}, err
		}
	}
	if d.Page.Thumbnails, err = thumbnails(d.Notebook); err != nil {
		return drawn{}, err
	}
	d.Page.Files = map[string]string{}
	for name, text := range files {
		d.Page.Files[name] = digest(text)
	}
	return drawn{d.Page, files}, nil
}

// typeset embeds the images of a page that nbconvert wrote and draws its mathematics.
func (p Publisher) typeset(ctx context.Context, d Drawing, path string) (string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	text := string(raw)
	if d.Dir != "" {
		if text, err = EmbedImages(text, d.Dir, d.Notebook); err != nil {
			return "", err
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return "", err
		}
	}
	if text, err = p.Browser.Typeset(ctx, path); err != nil {
		return "", err
	}
	return text, SelfContained(text)
}

// titled returns the notebook with a title for the page's head, and unsealed.
func titled(nb *notebook.Notebook, title string) *notebook.Notebook {
	m := maps.Clone(nb.Metadata)
	m["title"] = title
	delete(m, notebook.SealKey)
	return &notebook.Notebook{Cells: nb.Cells, Metadata: m}
}
