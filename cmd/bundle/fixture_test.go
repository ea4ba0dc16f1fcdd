package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"credo/internal/archive"
	"credo/internal/citation"
)

const root = "../.."

var head = sync.OnceValues(func() (Tree, error) { return ReadTree(context.Background(), root) })

// tree is that of this repository's HEAD.
func tree(t *testing.T) Tree {
	t.Helper()
	if _, err := os.Stat(filepath.Join(root, ".git")); err != nil {
		t.Skip("this copy of the tree has no git, of which a bundle is made")
	}
	got, err := head()
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// supplement writes pages as cmd/supplement would of that tree, one for each notebook.
func supplement(t *testing.T, of Tree) (dir string, manifest map[string]any) {
	t.Helper()
	dir = t.TempDir()
	page := []byte("<p>a page")
	var notebooks []any
	for _, p := range slices.Sorted(maps.Keys(of.Files)) {
		if strings.HasPrefix(p, "notebooks/") && strings.HasSuffix(p, ".ipynb") {
			notebooks = append(notebooks, map[string]any{"title": "Title of " + p, "source": p})
		}
	}
	write(t, dir, "index.html", page)
	write(t, dir, "files/figure.svg", page)
	return dir, map[string]any{
		"versions":  map[string]string{"credo": of.Archive.Commit},
		"notebooks": notebooks,
		"outputs":   map[string]string{"index.html": archive.Sum(page), "files/figure.svg": archive.Sum(page)},
	}
}

func write(t *testing.T, dir, name string, value any) {
	t.Helper()
	content, raw := value.([]byte)
	if !raw {
		var err error
		if content, err = json.Marshal(value); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// packed is the bundle of the tree with such pages.
func packed(t *testing.T, of Tree) []byte {
	t.Helper()
	dir, manifest := supplement(t, of)
	write(t, dir, "manifest.json", manifest)
	pages, err := ReadPages(dir, of)
	if err != nil {
		t.Fatal(err)
	}
	cite, err := citation.Read(root)
	if err != nil {
		t.Fatal(err)
	}
	text, err := Pack("credo", cite, of, pages)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func text(t *testing.T, raw json.RawMessage) (s string) {
	t.Helper()
	if raw != nil {
		decode(t, raw, &s)
	}
	return s
}

func decode(t *testing.T, raw []byte, to any) {
	t.Helper()
	if err := json.Unmarshal(raw, to); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
}

// unzip writes the bundle's folder as the folder dir and returns its files.
func unzip(t *testing.T, bundle []byte, dir string) map[string][]byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(bundle), int64(len(bundle)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(f.Name, "credo/")
		files[name] = content
		write(t, dir, name, content)
		if err := os.Chmod(filepath.Join(dir, name), f.Mode()); err != nil {
			t.Fatal(err)
		}
	}
	return files
}
