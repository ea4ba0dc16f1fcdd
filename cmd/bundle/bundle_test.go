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
	"testing"
	"time"

	"credo/internal/archive"
	"credo/internal/citation"

	"go.yaml.in/yaml/v3"
)

const root = "../.."

// tree is that of this repository's HEAD.
func tree(t *testing.T) Tree {
	t.Helper()
	if _, err := os.Stat(filepath.Join(root, ".git")); err != nil {
		t.Skip("this copy of the tree has no git, of which a bundle is made")
	}
	got, err := ReadTree(context.Background(), root)
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

// Twice the same bytes; names in order, all of one time, and what is run can be run.
func TestSameBytes(t *testing.T) {
	of := tree(t)
	first := packed(t, of)
	if !bytes.Equal(first, packed(t, tree(t))) {
		t.Error("two bundles of one commit differ")
	}
	r, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name)
		if !f.Modified.Equal(time.Unix(of.Archive.Time, 0)) {
			t.Errorf("%s is of %v, the commit of %v", f.Name, f.Modified, time.Unix(of.Archive.Time, 0))
		}
	}
	if !slices.IsSorted(names) {
		t.Error("names are not in order")
	}
	for _, want := range []string{"LICENSE", "CITATION.cff", "go.mod", "pkg/model/train.go", "supplement/files/figure.svg", "archive.json"} {
		if !slices.Contains(names, "credo/"+want) {
			t.Errorf("no %s", want)
		}
	}
	for _, name := range []string{"credo/setup.sh", "credo/.jupyter/kernels/gonb/gonb.sh"} {
		if f := r.File[slices.Index(names, name)]; f.Mode()&0o111 == 0 {
			t.Errorf("%s cannot be run: %v", name, f.Mode())
		}
	}
}

// The metadata say what CITATION.cff says, and name files that are there.
func TestMetadata(t *testing.T) {
	files := unzip(t, packed(t, tree(t)), t.TempDir())
	cite, err := citation.Read(root)
	if err != nil {
		t.Fatal(err)
	}
	var zenodo struct {
		Title, Version, License, Description string
		Released                             string `json:"publication_date"`
		Creators                             []struct{ Name string }
	}
	decode(t, files[".zenodo.json"], &zenodo)
	if zenodo.Title != cite.Title || zenodo.Version != cite.Version || zenodo.License != cite.License ||
		zenodo.Released != cite.Released || zenodo.Description == "" || len(zenodo.Creators) != len(cite.Authors) {
		t.Errorf(".zenodo.json: %+v, CITATION.cff: %+v", zenodo, cite)
	}
	var check struct {
		Manifest []struct{ File string }
		Paper    struct{ Authors []struct{ Name string } }
	}
	if err := yaml.Unmarshal(files["codecheck.yml"], &check); err != nil {
		t.Fatal(err)
	}
	if len(check.Manifest) < 12 || len(check.Paper.Authors) != 5 || !bytes.HasPrefix(files["codecheck.yml"], []byte("---\n")) {
		t.Errorf("codecheck.yml: %s", files["codecheck.yml"])
	}
	for _, item := range check.Manifest {
		if files[item.File] == nil {
			t.Errorf("codecheck.yml lists %s, which is not there", item.File)
		}
	}
}

// RO-Crate 1.2 demands a descriptor that is about the root, of the root the type
// Dataset, a name, a description, a date and a licence, that the graph is flat, and
// that what is part of the crate is in it.
func TestCrate(t *testing.T) {
	files := unzip(t, packed(t, tree(t)), t.TempDir())
	var crate struct {
		Context string                       `json:"@context"`
		Graph   []map[string]json.RawMessage `json:"@graph"`
	}
	decode(t, files["ro-crate-metadata.json"], &crate)
	if crate.Context != "https://w3id.org/ro/crate/1.2/context" {
		t.Errorf("context %s", crate.Context)
	}
	entities := map[string]map[string]json.RawMessage{}
	for _, e := range crate.Graph {
		id := text(t, e["@id"])
		if entities[id] != nil {
			t.Errorf("two entities %s", id)
		}
		if entities[id] = e; text(t, e["@type"]) == "" {
			t.Errorf("%s has no type", id)
		}
	}
	refs := func(raw json.RawMessage) (ids []string) {
		var list []map[string]string
		if json.Unmarshal(raw, &list) != nil {
			list = []map[string]string{nil}
			decode(t, raw, &list[0])
		}
		for _, r := range list {
			if len(r) != 1 || r["@id"] == "" {
				t.Errorf("no reference: %s", raw)
			}
			ids = append(ids, r["@id"])
		}
		return ids
	}
	about := entities["ro-crate-metadata.json"]
	if got := refs(about["about"]); !slices.Equal(got, []string{"./"}) {
		t.Errorf("the descriptor is about %q", got)
	}
	if got := refs(about["conformsTo"]); !slices.Equal(got, []string{"https://w3id.org/ro/crate/1.2"}) {
		t.Errorf("it conforms to %q", got)
	}
	top := entities["./"]
	if text(t, top["@type"]) != "Dataset" || text(t, top["name"]) == "" || text(t, top["description"]) == "" {
		t.Errorf("root: %s", top)
	}
	if _, err := time.Parse(time.DateOnly, text(t, top["datePublished"])); err != nil {
		t.Error(err)
	}
	for _, property := range []string{"license", "author", "citation", "hasPart"} {
		for _, id := range refs(top[property]) {
			if e := entities[id]; e == nil || text(t, e["name"]) == "" {
				t.Errorf("%s %s has no entity with a name", property, id)
			}
		}
	}
	for _, id := range refs(top["hasPart"]) {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(files)), func(p string) bool {
			return p == id || strings.HasSuffix(id, "/") && strings.HasPrefix(p, id)
		}) {
			t.Errorf("%s is not in the bundle", id)
		}
	}
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
