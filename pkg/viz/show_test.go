package viz

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
				strings.HasPrefix(path, "credo/pkg/") && path != "credo/pkg/viz" || path == "math/rand" {
				t.Errorf("%s imports %s", file, path)
			}
		}
	}
}

// Nothing is said within two seconds, nor twice within half of one, and the line goes at the end.
func TestMeter(t *testing.T) {
	var m meter
	start := time.Unix(1000, 0)
	for _, c := range []struct {
		done    int
		ms      time.Duration
		line    string
		changed bool
	}{
		{0, 0, "", false}, {1, 1900, "", false}, {2, 2000, "2 of 10 runs, about 8 s left", true}, {3, 2400, "", false},
		{4, 2500, "4 of 10 runs, about 4 s left", true}, {10, 6000, "", true}, {10, 6001, "", false},
		{0, 7000, "", false}, {1, 8000, "", false}, {2, 9500, "2 of 10 runs, about 10 s left", true}, {10, 9501, "", true},
		{0, 20000, "", false}, {10, 30000, "", false},
	} {
		if line, changed := m.tell(c.done, 10, start.Add(c.ms*time.Millisecond)); line != c.line || changed != c.changed {
			t.Errorf("%d done after %v ms: %q, %v", c.done, int64(c.ms), line, changed)
		}
	}
}
