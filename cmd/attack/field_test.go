package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"credo/internal/native"
	"credo/internal/notebook"
	"credo/internal/workshop"
)

// open is a field in this module with one notebook, of these code cells, that lies
// elsewhere; the first is that of the parameters. What it committed is given by cell.
func open(t *testing.T, committed map[int]string, cells ...string) *field {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if err := workshop.LocateKernel(root); err != nil {
		t.Skip(err)
	}
	f := &field{root: root, limit: time.Minute, jobs: 2, progress: workshop.NewProgress(io.Discard)}
	nb := &notebook.Notebook{Cells: []*notebook.Cell{{Type: "markdown", Source: "# A notebook\n\nabout nothing"}}}
	for i, source := range cells {
		c := &notebook.Cell{Type: "code", Source: source, Metadata: map[string]any{}}
		if i == 0 {
			c.Metadata["tags"] = []any{"parameters"}
		}
		if text := committed[i+1]; text != "" {
			c.Outputs = []notebook.Output{{Type: "stream", Name: "stdout", Text: text}}
		}
		nb.Cells = append(nb.Cells, c)
	}
	nb.Normalise()
	text, err := nb.Encode()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "07_tiny.ipynb"), text, 0o644); err != nil {
		t.Fatal(err)
	}
	if f.sources, err = notebook.Find(dir, dir, "*.ipynb"); err != nil {
		t.Fatal(err)
	}
	if f.shop, err = workshop.New(root, root); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.close)
	if f.workspace, err = native.Open(t.Context(), f.shop); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestCommandLine(t *testing.T) {
	for _, args := range []string{"", "seed", "settings x", "formulas a b", "settings -limit 1ms", "settings -jobs -1", "seeds -identities", "settings -none"} {
		if err := run(t.Context(), strings.Fields(args)); err != workshop.ErrUsage {
			t.Errorf("%q: %v", args, err)
		}
	}
}
