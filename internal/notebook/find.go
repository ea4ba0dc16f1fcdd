package notebook

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A Source is a notebook's file as it was found.
type Source struct {
	Path  string
	Label string // its path in the repository, for messages
	Name  string // its name without folder and extension
	Text  []byte
	Notebook
}

// check says what a page of the notebook would lack.
func (nb *Notebook) check() error {
	if _, _, err := nb.Abstract(); err != nil {
		return err
	}
	_, err := nb.Parameters()
	return err
}

// Find reads the notebooks that match the pattern, taken from the folder here,
// from the repository's root, or from its folder notebooks, whichever gives a
// match first. All that cannot be read is named in the error, before anything
// is executed.
func Find(root, here, pattern string) ([]Source, error) {
	var paths []string
	for _, dir := range []string{here, root, filepath.Join(root, "notebooks")} {
		p := pattern
		if !filepath.IsAbs(p) {
			p = filepath.Join(dir, p)
		}
		match, err := filepath.Glob(p)
		if err != nil {
			return nil, fmt.Errorf("-notebook %q: %w", pattern, err)
		}
		if len(match) > 0 {
			paths = match
			break
		}
	}
	if len(paths) == 0 {
		if all, _ := filepath.Glob(filepath.Join(root, "notebooks", "*.ipynb")); len(all) == 0 {
			return nil, fmt.Errorf("there are no notebooks: no file matches %q, nor notebooks/*.ipynb in %s", pattern, root)
		}
		return nil, fmt.Errorf("-notebook %q matches no file", pattern)
	}
	var list []Source
	var failures []error
	names := map[string]bool{}
	for _, path := range paths {
		s := Source{Path: path, Label: path, Name: strings.TrimSuffix(filepath.Base(path), ".ipynb")}
		if rel, err := filepath.Rel(root, path); err == nil && filepath.IsLocal(rel) {
			s.Label = filepath.ToSlash(rel)
		}
		text, err := os.ReadFile(path)
		if err == nil {
			var nb *Notebook
			if nb, err = Parse(text); err == nil {
				nb.Normalise()
				s.Text, s.Notebook = text, *nb
				err = nb.check()
			}
		}
		switch {
		case err == nil && (names[s.Name] || s.Name == "index"):
			err = errors.New("its name is that of another page")
		case err == nil && len(s.Running()) == 0:
			err = errors.New("the notebook has no code to execute")
		}
		if err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", s.Label, err))
		}
		names[s.Name] = true
		list = append(list, s)
	}
	return list, errors.Join(failures...)
}
