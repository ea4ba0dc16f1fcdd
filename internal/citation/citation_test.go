package citation

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What is cited is the topmost version of the changelog, with its date.
func TestChangelog(t *testing.T) {
	c, err := Read("../..")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	top := regexp.MustCompile(`(?m)^## \[(\d\S*)\] - (\S+)$`).FindStringSubmatch(string(text))
	if top == nil {
		t.Fatal("CHANGELOG.md has no heading ## [version] - date")
	}
	if c.Version != top[1] || c.Released != top[2] {
		t.Errorf("CITATION.cff says version %s of %s, CHANGELOG.md %s of %s", c.Version, c.Released, top[1], top[2])
	}
}

// What the bundle's metadata need is there, and the paper is cited with it.
func TestComplete(t *testing.T) {
	c, err := Read("../..")
	if err != nil {
		t.Fatal(err)
	}
	if c.Abstract == "" || c.License != "BSD-3-Clause" || len(c.Keywords) == 0 {
		t.Errorf("no abstract, no keywords, or the licence %q", c.License)
	}
	if len(c.References) != 1 || c.References[0].URL != "https://arxiv.org/abs/1911.00307" || len(c.References[0].Authors) != 5 {
		t.Errorf("the paper is not cited: %+v", c.References)
	}
}

func TestRefused(t *testing.T) {
	dir := t.TempDir()
	if _, err := Read(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	for text, want := range map[string]string{"title: x\n": "no title or no authors", "title: [\n": "yaml"} {
		if err := os.WriteFile(filepath.Join(dir, File), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
