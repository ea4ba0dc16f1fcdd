package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"credo/internal/notebook"
)

// Probe tries, before anything is executed, what would else fail at the end: that
// the browser draws and prints, and that the text of each notebook can be drawn,
// with its links, its images and its mathematics. It returns what is wrong with
// notebooks, by name; err is about the tools.
func (p Publisher) Probe(ctx context.Context, library Library, sources []notebook.Source) (wrong map[string]error, err error) {
	p.Progress.Set("probe", "of browser and text")
	defer p.Progress.Set("probe", "")
	if _, err := p.Browser.Print(ctx, "<!DOCTYPE html><title>probe</title><p>probe", ""); err != nil {
		return nil, fmt.Errorf("the browser cannot print: %w", err)
	}
	wrong = map[string]error{}
	book := library.Book(nil)
	prose := func(sources ...notebook.Source) (string, error) {
		var names []string
		for _, s := range sources {
			names = append(names, s.Name)
		}
		text, faults := book.Prose(p.mathjax(), names...)
		for name, err := range faults {
			wrong[name] = err
		}
		return string(text), faults[""]
	}
	// All in one page, for that is fast; one by one only if something is wrong.
	text, err := prose(sources...)
	if err != nil {
		return nil, err
	}
	fine := len(wrong) == 0
	for _, s := range sources {
		_, err := p.images(s, prose)
		fine = fine && err == nil
	}
	if fine {
		if _, err = p.typeset(ctx, "probe", nothingLocal(text)); err == nil || ctx.Err() != nil {
			return wrong, context.Cause(ctx)
		}
	}
	for _, s := range sources {
		text, err := p.images(s, prose)
		if err == nil && wrong[s.Name] == nil {
			_, err = p.typeset(ctx, s.Name, text)
		}
		switch {
		case ctx.Err() != nil:
			return nil, context.Cause(ctx)
		case errors.Is(err, errNotDrawn):
			return nil, err
		case wrong[s.Name] != nil: // it names the notebook
		case err != nil:
			wrong[s.Name] = fmt.Errorf("%s: %w", s.Label, err)
		}
	}
	return wrong, nil
}

// images embeds those of the text of one notebook.
func (p Publisher) images(s notebook.Source, prose func(...notebook.Source) (string, error)) (string, error) {
	text, err := prose(s)
	if err != nil {
		return "", err
	}
	return EmbedImages(text, filepath.Dir(s.Path), &s.Notebook)
}

// nothingLocal takes out the local images, of which each notebook has its own folder.
func nothingLocal(text string) string {
	return images.ReplaceAllStringFunc(text, func(tag string) string {
		if src := images.FindStringSubmatch(tag)[2]; src == "" || elsewhere(src) {
			return tag
		}
		return ""
	})
}
