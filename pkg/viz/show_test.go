package viz

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/plot"
)

// Outside a notebook nothing is drawn, not even a wrong figure.
func TestShowOutsideNotebook(t *testing.T) {
	if inNotebook() {
		t.Skip("inside a notebook")
	}
	if said := capture(t, func() {
		Show("no panel")
		FrameGrid("r", []float64{1}, "s", []float64{1}, func(float64, float64) *plot.Plot { panic("drawn") }, "alt")
		FramePanels("r", []float64{1}, func(float64) []*plot.Plot { panic("drawn") }, "alt")
		Frames("r", []float64{1}, func(float64) *plot.Plot { panic("drawn") }, "alt")
	}); said != "" {
		t.Errorf("%q", said)
	}
}

// Only show.go knows the notebook, and the package knows nothing of neurons.
func TestImports(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range f.Imports {
			path := strings.Trim(i.Path.Value, `"`)
			if strings.Contains(path, "janpfeifer/gonb") && file != "show.go" ||
				strings.HasPrefix(path, "credo/") && path != "credo/pkg/viz" || path == "math/rand" {
				t.Errorf("%s imports %s", file, path)
			}
		}
	}
}
