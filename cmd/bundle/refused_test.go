package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What was not made of the commit, or is not whole, is not packed.
func TestRefused(t *testing.T) {
	of := tree(t)
	for name, c := range map[string]struct {
		spoil func(dir string, manifest map[string]any)
		want  string
	}{
		"another commit": {func(_ string, m map[string]any) { m["versions"] = map[string]string{"credo": "abc-dirty"} }, "was made of abc-dirty, git's HEAD is"},
		"a page missing": {func(_ string, m map[string]any) { m["notebooks"] = m["notebooks"].([]any)[1:] }, "has no page of notebooks/"},
		"a file altered": {func(dir string, _ map[string]any) { write(t, dir, "index.html", []byte("else")) }, "index.html is not what its manifest says"},
		"a file gone":    {func(dir string, _ map[string]any) { os.Remove(filepath.Join(dir, "index.html")) }, "no such file"},
		"a file outside": {func(_ string, m map[string]any) { m["outputs"] = map[string]string{"../x": ""} }, "lists ../x, which is not in it"},
	} {
		dir, manifest := supplement(t, of)
		c.spoil(dir, manifest)
		write(t, dir, "manifest.json", manifest)
		if _, err := ReadPages(dir, of); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if _, err := ReadPages(t.TempDir(), of); err == nil || !strings.Contains(err.Error(), "holds no supplement") {
		t.Errorf("no folder: %v", err)
	}
}
