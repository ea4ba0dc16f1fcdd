package main

import (
	"bytes"
	"testing"

	"credo/internal/citation"

	"go.yaml.in/yaml/v3"
)

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
