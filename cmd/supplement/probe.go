package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"credo/internal/notebook"
)

// Probe tries, before anything is executed, what would else fail at the end: that
// the browser draws and prints, and that the text of each notebook can be drawn,
// with its images and its mathematics. It returns what is wrong with notebooks, by
// name; err is about the tools.
func (p Publisher) Probe(ctx context.Context, sources []notebook.Source) (wrong map[string]error, err error) {
	p.Progress.Set("probe", "of browser and text")
	defer p.Progress.Set("probe", "")
	wrong = map[string]error{}
	if _, err := p.Browser.Print(ctx, "<!DOCTYPE html><title>probe</title><p>probe", ""); err != nil {
		return nil, fmt.Errorf("the browser cannot print: %w", err)
	}
	// All in one page, for that is fast; one by one only if something is wrong.
	whole := &notebook.Notebook{Metadata: map[string]any{}}
	single := map[string]Drawing{}
	notebooks := map[string]*notebook.Notebook{}
	for _, s := range sources {
		text := &notebook.Notebook{Metadata: map[string]any{}}
		for _, c := range s.Cells {
			if c.Type != "markdown" {
				c = &notebook.Cell{Type: "raw", ID: c.ID} // numbers stay
			}
			text.Cells = append(text.Cells, c)
		}
		for _, c := range text.Cells {
			own := *c // in the one page it may need another id
			whole.Cells = append(whole.Cells, &own)
		}
		single[s.Name] = Drawing{Entry: Entry{Name: s.Name}, Label: s.Label, Notebook: text, Dir: filepath.Dir(s.Path)}
		notebooks[s.Name] = text
	}
	whole.NameCells()
	const all = "all the text"
	notebooks[all] = whole
	paths, err := ConvertHTML(ctx, p.Shop, p.Nbconvert, p.MathJax, notebooks)
	if err != nil {
		return nil, err
	}
	fine := true
	for _, s := range sources { // the one page has no folder of its own to take images from
		fine = fine && imagesFine(paths[s.Name], single[s.Name]) == nil
	}
	if fine {
		var drawn string
		if drawn, err = p.Browser.Typeset(ctx, paths[all]); err == nil {
			err = selfContained(drawn, true)
		}
		if err == nil || ctx.Err() != nil {
			return wrong, context.Cause(ctx)
		}
	}
	for _, s := range sources {
		if _, err := p.typeset(ctx, single[s.Name], paths[s.Name]); err != nil {
			if ctx.Err() != nil {
				return nil, context.Cause(ctx)
			}
			if errors.Is(err, errNotDrawn) {
				return nil, err
			}
			wrong[s.Name] = fmt.Errorf("%s: %w", s.Label, err)
		}
	}
	return wrong, nil
}

func imagesFine(path string, d Drawing) error {
	text, err := os.ReadFile(path)
	if err == nil {
		_, err = EmbedImages(string(text), d.Dir, d.Notebook)
	}
	return err
}
