package main

import (
	"os"
	"path/filepath"
	"testing"

	"credo/internal/notebook"
	"credo/internal/refusal"
	"credo/internal/workshop"
)

func TestLocateHouse(t *testing.T) {
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "go.mod"), []byte("module study\n\ngo 1.26\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := workshop.LocateHouse(root)
	refusal.Mentions(t, err, "go.mod", "needs a line replace")
	executable(t, filepath.Join(root, workshop.KernelScript), "")
	if house, err := workshop.LocateHouse(root); err != nil || house != root {
		t.Errorf("%q, %v", house, err)
	}
}

func TestCheckShape(t *testing.T) {
	text, nb := fixture(t)
	good := notebook.Source{Path: "notebooks/01_fixture.ipynb", Label: "01_fixture.ipynb", Text: text, Notebook: *nb}
	if err := CheckShape([]notebook.Source{good}); err != nil {
		t.Error(err)
	}
	bad := good
	bad.Path, bad.Label = "notebooks/fixture.ipynb", "fixture.ipynb"
	refusal.Mentions(t, CheckShape([]notebook.Source{good, bad}), "fixture.ipynb: the name is not NN_name.ipynb")
}
