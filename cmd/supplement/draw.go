package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"credo/internal/page"
	"credo/internal/workshop"
)

// A Drawing is a page of which only the mathematics is still to be drawn.
type Drawing struct {
	Page
	Label    string
	Text     string // HTML, self-contained but for MathJax; empty: no page can be made
	Date     string // of the PDF
	Notebook []byte // to take away
}

// A drawn page with its files' content.
type drawn struct {
	Page
	text map[string][]byte
}

// drawing renders the page of a result.
func (p Publisher) drawing(book *page.Book, r Result, commit Commit) (d Drawing, err error) {
	dir := filepath.Dir(r.Source.Path)
	d = Drawing{Label: r.Source.Label, Date: CommitDate(dir, r.Source.Path), Page: Page{Entry: r.Entry, Source: r.Source.Label, Commit: commit.Name}}
	text, err := book.Render(r.Source.Name, p.mathjax())
	if err == nil {
		d.Text, err = EmbedImages(string(text), dir, r.Notebook)
	}
	if err == nil {
		d.Notebook, err = r.Notebook.Encode()
	}
	d.Key = p.key(d.Text, d.Date+digest(d.Notebook))
	return d, err
}

// mathjax is the address of MathJax for a page that is drawn here.
func (p Publisher) mathjax() string {
	return fileURL(p.MathJax) + "/MathJax.js?config=TeX-AMS_SVG-full,Safe"
}

// key is the digest of all that a page depends on: its HTML and the programs.
func (p Publisher) key(text, date string) string {
	return digest(fmt.Appendf(nil, "%q", []string{text, date, likeness(p.Browser.Path), likeness(filepath.Join(p.MathJax, "MathJax.js")), drawnBy}))
}

// drawnBy changes when the same page is drawn in another way.
const drawnBy = "2"

var likenesses sync.Map

// likeness tells a program from another by path, size and time, for asking it takes seconds.
func likeness(path string) string {
	if known, ok := likenesses.Load(path); ok {
		return known.(string)
	}
	result, err := filepath.EvalSymlinks(path)
	if err != nil {
		result = path
	}
	if info, err := os.Stat(result); err == nil {
		result = fmt.Sprint(result, info.Size(), info.ModTime().UnixNano())
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
	var mu sync.Mutex
	var wg sync.WaitGroup
	free := make(chan struct{}, workshop.Slots(len(list)))
	for _, d := range list {
		if d.Text == "" {
			continue
		}
		wg.Go(func() {
			free <- struct{}{}
			defer func() { <-free }()
			if ctx.Err() != nil {
				return
			}
			p.Progress.Set(d.Name, "page")
			defer p.Progress.Set(d.Name, "")
			page, err := p.onePage(ctx, d)
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

// onePage returns the finished page, and its PDF unless it is the front page.
func (p Publisher) onePage(ctx context.Context, d Drawing) (drawn, error) {
	text, err := p.typeset(ctx, d.Name, d.Text)
	if err != nil {
		return drawn{}, err
	}
	files := map[string][]byte{d.Name + ".html": []byte(text)}
	if d.Name != "index" {
		if files[d.Name+".pdf"], err = p.Browser.Print(ctx, text, d.Date); err != nil {
			return drawn{}, err
		}
		files[d.Name+".ipynb"] = d.Notebook
	}
	d.Page.Files = map[string]string{}
	for name, text := range files {
		d.Page.Files[name] = digest(text)
	}
	return drawn{d.Page, files}, nil
}

// typeset draws the mathematics of a page.
func (p Publisher) typeset(ctx context.Context, name, text string) (string, error) {
	path := p.Shop.Path("home", name+".html")
	err := os.WriteFile(path, []byte(text), 0o600)
	if err == nil {
		text, err = p.Browser.Typeset(ctx, path)
	}
	text = page.Secured(text)
	if err == nil {
		err = page.SelfContained(text)
	}
	return text, err
}

// explorerPage is the finished page of the explorer, which has no mathematics to draw.
func explorerPage(b *page.Book) ([]byte, error) {
	text, err := b.Explore()
	if err != nil {
		return nil, err
	}
	finished := page.Secured(string(text))
	return []byte(finished), page.SelfContained(finished)
}
