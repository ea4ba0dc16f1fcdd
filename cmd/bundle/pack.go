package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"maps"
	"path"
	"slices"
	"time"

	"credo/internal/archive"
	"credo/internal/citation"
)

// Pack returns the zip: one folder of that name.
func Pack(name string, cite citation.Citation, t Tree, pages Published) ([]byte, error) {
	files := maps.Clone(t.Files)
	for p, content := range pages.Files {
		files[path.Join("supplement", p)] = File{content, 0o644}
	}
	check, err := Codecheck(cite, pages.Titles)
	if err != nil {
		return nil, err
	}
	files["codecheck.yml"] = File{check, 0o644}
	for p, value := range map[string]any{
		archive.Name: t.Archive, ".zenodo.json": Zenodo(cite), "ro-crate-metadata.json": Crate(cite, pages.Titles),
	} {
		text, err := indented(value)
		if err != nil {
			return nil, err
		}
		files[p] = File{text, 0o644}
	}

	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range slices.Sorted(maps.Keys(files)) {
		h := &zip.FileHeader{Name: path.Join(name, p), Method: zip.Deflate, Modified: time.Unix(t.Archive.Time, 0).UTC()}
		h.SetMode(files[p].Mode)
		to, err := w.CreateHeader(h)
		if err != nil {
			return nil, err
		}
		if _, err := to.Write(files[p].Content); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// indented is JSON as people read it.
func indented(value any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(value)
	return out.Bytes(), err
}
