package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// A Publisher makes the pages of executed notebooks.
type Publisher struct {
	Shop      Workshop
	Nbconvert string
	Browser   Browser
	MathJax   string
	Progress  *Progress
}

// Publish makes all files of the supplement first and then writes them to the
// folder out.
func (p Publisher) Publish(ctx context.Context, out string, entries []Entry, notebooks map[string]*Notebook, inputs map[string]string) error {
	versions := Versions(p.Shop.Root, p.Shop.House)
	p.Browser.Date = CommitDate(p.Shop.Root)
	sources := maps.Clone(notebooks)
	for _, e := range entries {
		sources[e.Name] = titled(sources[e.Name], e.Title)
	}
	sources["index"] = Index(entries, versions)

	p.Progress.Set("pages")
	pages, err := p.Shop.ConvertHTML(ctx, p.Nbconvert, p.MathJax, sources)
	if err != nil {
		return err
	}
	files, err := p.finish(ctx, pages)
	if err != nil {
		return err
	}
	claims := []Claim{}
	for _, e := range entries {
		claims = append(claims, e.Claims...)
	}
	if files["claims.json"], err = indented(claims); err != nil {
		return err
	}
	manifest := Manifest{Versions: versions, Notebooks: entries, Inputs: inputs, Outputs: map[string]string{}}
	for name, text := range files {
		manifest.Outputs[name] = digest(text)
	}
	text, err := indented(manifest)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return replace(out, files, text)
}

// replace writes the files to the folder out, one by one and whole, then removes
// what the manifest of an earlier publication lists and is no longer made, then
// writes the manifest. Files that no manifest lists are left alone.
func replace(out string, files map[string][]byte, manifest []byte) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	old := readManifest(out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := WriteAtomic(filepath.Join(out, name), files[name]); err != nil {
			return err
		}
	}
	for name := range old.Outputs {
		if _, made := files[name]; !made && filepath.IsLocal(name) {
			os.Remove(filepath.Join(out, name))
		}
	}
	return WriteAtomic(filepath.Join(out, "manifest.json"), manifest)
}

// finish draws the mathematics and prints the PDFs, two pages at a time.
func (p Publisher) finish(ctx context.Context, pages map[string]string) (map[string][]byte, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	files := map[string][]byte{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	slots := make(chan struct{}, 2)
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if ctx.Err() != nil {
				return
			}
			p.Progress.Set("page of %s", name)
			page, pdf, err := p.onePage(ctx, name, pages[name])
			if err != nil {
				cancel(fmt.Errorf("page of %s: %w", name, err))
				return
			}
			mu.Lock()
			defer mu.Unlock()
			files[name+".html"] = page
			if pdf != nil {
				files[name+".pdf"] = pdf
			}
		})
	}
	wg.Wait()
	return files, context.Cause(ctx)
}

// onePage returns the finished page, and its PDF unless it is the index.
func (p Publisher) onePage(ctx context.Context, name, path string) (page, pdf []byte, err error) {
	text, err := p.Browser.Typeset(ctx, path)
	if err != nil {
		return nil, nil, err
	}
	if err := SelfContained(text); err != nil {
		return nil, nil, err
	}
	if name != "index" {
		pdf, err = p.Browser.Print(ctx, text)
	}
	return []byte(text), pdf, err
}

// titled returns the notebook with a title for the page's head.
func titled(nb *Notebook, title string) *Notebook {
	m := maps.Clone(nb.Metadata)
	m["title"] = title
	return &Notebook{nb.Cells, m}
}

// readManifest returns what an earlier run left, or nothing.
func readManifest(out string) (m Manifest) {
	if text, err := os.ReadFile(filepath.Join(out, "manifest.json")); err == nil {
		_ = json.Unmarshal(text, &m) // an unreadable manifest lists no files to remove
	}
	return m
}
