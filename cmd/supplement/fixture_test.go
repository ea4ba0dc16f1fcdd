package main

import (
	"path/filepath"
	"testing"

	"credo/internal/notebook"
)

// fixture is the one that the tests of package notebook describe.
func fixture(t *testing.T) ([]byte, *notebook.Notebook) {
	t.Helper()
	text := mustRead(t, filepath.Join("..", "..", "internal", "notebook", "testdata", "01_fixture.ipynb"))
	nb, err := notebook.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return text, nb
}
