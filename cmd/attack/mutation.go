package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"credo/internal/notebook"
)

// A mutation makes a formula of the theory wrong.
type mutation struct {
	Formula   string   `json:"formula"`
	File      string   `json:"file"`      // in the module: a package's, or a notebook, of which the cells count
	Old       string   `json:"old"`       // source text that occurs in the file once
	New       string   `json:"new"`       // what replaces it
	Notebooks []string `json:"notebooks"` // numbers of those that rest on the formula: "04"
}

// readMutations reads a list of them; the error names all that is wrong with it.
func readMutations(file, root string) ([]mutation, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []mutation
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.DisallowUnknownFields()
	if err := d.Decode(&list); err != nil {
		return nil, fmt.Errorf("%s: no list of mutations: %w", file, err)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s: the list is empty", file)
	}
	var wrong []error
	for i, m := range list {
		if _, err := m.mutant(root); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: entry %d, %q: %w", file, i+1, m.Formula, err))
		}
	}
	return list, errors.Join(wrong...)
}

// mutant is the file's text with the formula wrong.
func (m mutation) mutant(root string) (string, error) {
	switch {
	case m.Formula == "":
		return "", errors.New("formula is empty, must name it")
	case len(m.Notebooks) == 0:
		return "", errors.New("notebooks is empty, must name those that rest on the formula")
	case !filepath.IsLocal(m.File):
		return "", fmt.Errorf("file = %q, must be a path in the module", m.File)
	case m.Old == m.New:
		return "", errors.New("old and new are the same text")
	}
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(m.File)))
	if err != nil {
		return "", err
	}
	if m.inNotebook() {
		nb, err := notebook.Parse(text)
		if err != nil {
			return "", fmt.Errorf("%s: %w", m.File, err)
		}
		text = []byte(code(nb))
	}
	if n := strings.Count(string(text), m.Old); n != 1 || m.Old == "" {
		return "", fmt.Errorf("old = %q occurs %d times in %s, must occur once", m.Old, n, m.File)
	}
	return strings.Replace(string(text), m.Old, m.New, 1), nil
}

// inNotebook tells whether the formula stands in cells and not in a package.
func (m mutation) inNotebook() bool { return strings.HasSuffix(m.File, ".ipynb") }

// code is that of all cells.
func code(nb *notebook.Notebook) string {
	var b strings.Builder
	for _, at := range nb.Running() {
		b.WriteString(nb.Cells[at].Source + "\n")
	}
	return b.String()
}

// cells returns the notebook with the formula wrong in its cells.
func (m mutation) cells(s notebook.Source) notebook.Source {
	nb := notebook.Notebook{Metadata: s.Metadata}
	for _, c := range s.Cells {
		wrong := *c
		if c.Runs() {
			wrong.Source = strings.Replace(c.Source, m.Old, m.New, 1)
		}
		nb.Cells = append(nb.Cells, &wrong)
	}
	s.Notebook = nb
	return s
}

// overlay writes the mutant and the file for go build -overlay into a folder.
func (m mutation) overlay(root, dir string) (path string, err error) {
	text, err := m.mutant(root)
	if err != nil {
		return "", err
	}
	mutant := filepath.Join(dir, "mutant.go")
	if err := os.WriteFile(mutant, []byte(text), 0o600); err != nil {
		return "", err
	}
	table, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(root, filepath.FromSlash(m.File)): mutant}})
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, "overlay.json")
	return path, os.WriteFile(path, table, 0o600)
}

// rests tells whether a notebook is among those that rest on the formula.
func (m mutation) rests(s notebook.Source) bool {
	for _, n := range m.Notebooks {
		if s.Name == n || strings.HasPrefix(s.Name, n+"_") {
			return true
		}
	}
	return false
}
