package credo

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The arrows of the house: what a package may never reach.
func TestArrows(t *testing.T) {
	for _, x := range []struct {
		from  string
		never []string
	}{
		{"credo/pkg/capacity", []string{"credo/pkg/model", "credo/pkg/rules", "credo/pkg/viz", "github.com/janpfeifer/gonb", "gonum.org/v1/plot"}},
		{"credo/pkg/model", []string{"credo/pkg/rules", "credo/pkg/viz", "github.com/janpfeifer/gonb", "gonum.org/v1/plot"}},
		{"credo/pkg/rules", []string{"credo/pkg/viz", "github.com/janpfeifer/gonb", "gonum.org/v1/plot"}},
		{"credo/pkg/influence", []string{"credo/pkg/viz", "github.com/janpfeifer/gonb", "gonum.org/v1/plot"}},
		{"credo/pkg/ladder", []string{"credo/pkg/viz", "github.com/janpfeifer/gonb", "gonum.org/v1/plot"}},
		{"credo/pkg/memory", []string{"credo/pkg/viz", "github.com/janpfeifer/gonb", "gonum.org/v1/plot"}},
		{"credo/pkg/recordings", []string{"credo/pkg/viz", "github.com/janpfeifer/gonb", "gonum.org/v1/plot"}},
		{"credo/pkg/viz", []string{"credo/pkg/model", "credo/pkg/rules", "credo/pkg/capacity", "credo/pkg/influence"}},
	} {
		out, err := exec.Command("go", "list", "-deps", x.from).Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, dep := range strings.Fields(string(out)) {
			if slices.ContainsFunc(x.never, func(p string) bool { return dep == p || strings.HasPrefix(dep, p+"/") }) {
				t.Errorf("%s reaches %s", x.from, dep)
			}
		}
	}
}

// The notebook has one door, and randomness is an argument: no file draws from
// the global generator.
func TestImports(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasPrefix(path, ".") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if strings.Contains(string(text), "gonb"+"/gonbui\"") && path != filepath.Join("pkg", "viz", "show.go") {
			t.Errorf("%s imports gonbui", path)
		}
		for _, global := range []string{"rand" + ".Float64(", "rand" + ".IntN(", "rand" + ".NormFloat64(", "rand" + ".Perm(", "\t\"math/rand\"\n"} {
			if strings.Contains(string(text), global) {
				t.Errorf("%s has %s", path, global)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
