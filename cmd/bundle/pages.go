package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"credo/internal/archive"
)

// A Published is the supplement as cmd/supplement left it: the files that its manifest
// lists, the manifest, and the titles of the notebooks by their path in the tree.
type Published struct {
	Files  map[string][]byte // by path in its folder
	Titles map[string]string
}

// ReadPages reads the folder. It is an error if it is not whole, or made of anything
// but the tree.
func ReadPages(dir string, t Tree) (p Published, err error) {
	const again = "run make supplement, with everything committed"
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return p, fmt.Errorf("%s holds no supplement: %s", dir, again)
	}
	var manifest struct {
		Versions  map[string]string
		Notebooks []struct{ Title, Source string }
		Outputs   map[string]string
	}
	if err == nil {
		err = json.Unmarshal(text, &manifest)
	}
	if err != nil {
		return p, fmt.Errorf("%s: %w", filepath.Join(dir, "manifest.json"), err)
	}
	if made := manifest.Versions["credo"]; made != t.Archive.Commit {
		return p, fmt.Errorf("%s was made of %s, git's HEAD is %s: %s", dir, made, t.Archive.Commit, again)
	}
	p = Published{map[string][]byte{"manifest.json": text}, map[string]string{}}
	for _, n := range manifest.Notebooks {
		p.Titles[n.Source] = n.Title
	}
	for path := range t.Files {
		if strings.HasPrefix(path, "notebooks/") && strings.HasSuffix(path, ".ipynb") && p.Titles[path] == "" {
			return p, fmt.Errorf("%s has no page of %s: %s", dir, path, again)
		}
	}
	for path, sum := range manifest.Outputs {
		if !filepath.IsLocal(path) {
			return p, fmt.Errorf("%s: its manifest lists %s, which is not in it", dir, path)
		}
		content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
		if err != nil {
			return p, err
		}
		if archive.Sum(content) != sum {
			return p, fmt.Errorf("%s: %s is not what its manifest says: %s", dir, path, again)
		}
		p.Files[path] = content
	}
	return p, nil
}
