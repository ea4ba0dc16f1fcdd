package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"credo/internal/refusal"
)

func TestCheck(t *testing.T) {
	for to, want := range map[string]string{
		"":                        "MODULE is missing",
		"house":                   "already called house",
		"study":                   "host/owner/name",
		"example.org":             "host/owner/name",
		"lab/house":               "host/owner/name",
		"example.org/":            "host/owner/name",
		"Example.org/lab/house":   "upper-case letters",
		"example.org/Lab/house":   "upper-case letters",
		"example.org/lab/house/":  "not a module path",
		"example.org//house":      "not a module path",
		"https://example.org/a":   "host/owner/name",
		"example.org/a b":         "not a module path",
		"example.org/lab/house@1": "not a module path",
		"example.org/lab/a/v2":    "major version",
		"example.org/../house":    "not a module path",
	} {
		refusal.Mentions(t, check("house", to), want)
	}
	for _, to := range []string{"example.org/lab/house", "example.org/house", project} {
		if err := check("house", to); err != nil {
			t.Errorf("%s: %v", to, err)
		}
	}
}

func TestText(t *testing.T) {
	const to = "example.org/lab/house"
	r := renamer{to: to, path: importPath("house", []string{"pkg", "cmd"})}
	back := renamer{to: "house", path: importPath(to, []string{"pkg", "cmd"})}
	for old, want := range map[string]string{
		`import "house/pkg/a"`:                   `import "example.org/lab/house/pkg/a"`,
		"house/pkg/a house/cmd/b":                "example.org/lab/house/pkg/a example.org/lab/house/cmd/b",
		`"\t\"house/pkg/a\"\n", "\thouse/cmd/b"`: `"\t\"example.org/lab/house/pkg/a\"\n", "\texample.org/lab/house/cmd/b"`,
		"go vet house/...":                       "go vet example.org/lab/house/...",
		"(`house/pkg`)":                          "(`example.org/lab/house/pkg`)",
		// The project's name, folders of the disk, other modules, other words.
		"house is a set of packages; house/paper": "house is a set of packages; house/paper",
		"../house/pkg /tmp/house/pkg":             "../house/pkg /tmp/house/pkg",
		"example.com/x/house/pkg":                 "example.com/x/house/pkg",
		"greenhouse/pkg my-house/pkg":             "greenhouse/pkg my-house/pkg",
		"house/pkgs":                              "house/pkgs",
		"vnd.house.claim":                         "vnd.house.claim",
	} {
		got := r.text([]byte(old))
		if string(got) != want {
			t.Errorf("%s: %s, want %s", old, got, want)
		}
		if again := back.text(got); string(again) != old {
			t.Errorf("%s comes back as %s", old, again)
		}
	}
}

// A package may come before or after another one under its new path.
func TestGoFileStaysFormatted(t *testing.T) {
	r := renamer{to: "a.org/house", path: importPath("house", []string{"pkg"})}
	got, err := r.file("x.go", []byte("package x\n\nimport (\n\t\"b.org/other\"\n\t\"house/pkg/a\"\n)\n"))
	if want := "package x\n\nimport (\n\t\"a.org/house/pkg/a\"\n\t\"b.org/other\"\n)\n"; err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
	loose := "package x\nimport   \"house/pkg/a\"\n"
	if got, err := r.file("x.go", []byte(loose)); err != nil || string(got) != strings.Replace(loose, "house", "a.org/house", 1) {
		t.Errorf("%s, %v", got, err)
	}
}

func TestNotebook(t *testing.T) {
	r := renamer{to: "a.org/house", path: importPath("house", []string{"pkg"})}
	old := `{"cells": [{"outputs": [{"text": ["house/pkg/a"]}], "source": ["\t\"house/pkg/a\"\n"]}, {"source": ["house/pkg/b"], "outputs": []}]}`
	want := `{"cells": [{"outputs": [{"text": ["house/pkg/a"]}], "source": ["\t\"a.org/house/pkg/a\"\n"]}, {"source": ["a.org/house/pkg/b"], "outputs": []}]}`
	if got, err := r.file("x.ipynb", []byte(old)); err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
	for _, broken := range []string{"", old[:80], old + "x"} {
		if _, err := r.file("x.ipynb", []byte(broken)); err == nil {
			t.Errorf("no error for %q", broken)
		}
	}
}

// This very repository: renamed it passes go vet, names itself by the old path
// nowhere, and renamed back it is the same to the byte.
func TestRepository(t *testing.T) {
	if testing.Short() {
		t.Skip("a copy of the repository is renamed and vetted: not under -short")
	}
	root := filepath.Join("..", "..")
	list := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	list.Dir = root
	out, err := list.Output()
	if err != nil {
		t.Skip("git does not list the files of this folder: ", err)
	}
	copied, before := t.TempDir(), map[string][]byte{}
	for name := range strings.SplitSeq(strings.TrimRight(string(out), "\x00"), "\x00") {
		text, err := os.ReadFile(filepath.Join(root, name))
		if os.IsNotExist(err) {
			continue // deleted and not yet committed
		}
		path := filepath.Join(copied, name)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(path), 0o755)
		}
		if err == nil {
			err = os.WriteFile(path, text, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		before[path] = text
	}
	from, err := current(copied)
	if err != nil {
		t.Fatal(err)
	}
	const to = "aaa.example/lab/renamed" // before all others among the imports
	there, err := rename(copied, from, to)
	if err != nil {
		t.Fatal(err)
	}
	folders, err := packageFolders(copied)
	if err != nil {
		t.Fatal(err)
	}
	for path, old := range before {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(path) == ".ipynb" && !bytes.Equal(outputsOf(t, text), outputsOf(t, old)) {
			t.Errorf("the outputs of %s have changed", path)
		} else if filepath.Ext(path) == ".go" && importPath(from, folders).Match(text) {
			t.Errorf("%s still names %s", path, from)
		}
	}
	for _, args := range [][]string{{"go", "vet", "./..."}, {"gofmt", "-l", "."}} {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Dir, cmd.Env = copied, append(os.Environ(), "GOPROXY=off")
		if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%q: %v: %s", args, err, out)
		}
	}
	back, err := rename(copied, to, from)
	if err != nil || back != there || there < 50 {
		t.Errorf("%d files there, %d back, %v", there, back, err)
	}
	for path, old := range before {
		if text, err := os.ReadFile(path); err != nil || !bytes.Equal(text, old) {
			t.Errorf("%s is not what it was, %v", path, err)
		}
	}
}

func outputsOf(t *testing.T, text []byte) (list []byte) {
	t.Helper()
	spans, err := outputs(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range spans {
		list = append(list, text[s[0]:s[1]]...)
	}
	return list
}
