package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"credo/internal/refusal"
	"credo/internal/shape"
)

// repository is this module's folder.
func repository(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return resolve(root)
}

func TestPlaceRefuses(t *testing.T) {
	root, taken, file := repository(t), t.TempDir(), filepath.Join(t.TempDir(), "file")
	for _, path := range []string{filepath.Join(taken, "notes.txt"), file} {
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(root, link); err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]string{
		"":                                 "DIR is missing",
		taken:                              "not empty: it holds notes.txt",
		file:                               "is a file",
		root:                               "inside this repository",
		filepath.Join(root, "build", "s"):  "inside this repository",
		filepath.Join(link, "s"):           "inside this repository",
		".":                                "inside this repository",
		filepath.Join(t.TempDir(), "a,b"):  "','",
		filepath.Join(t.TempDir(), `a"b`):  "character",
		filepath.Join(t.TempDir(), "a\nb"): "character",
	} {
		_, err := place(root, dir)
		refusal.Mentions(t, err, want)
	}
	empty := t.TempDir()
	if err := os.Mkdir(filepath.Join(empty, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{empty, filepath.Join(t.TempDir(), "a", "b")} {
		if _, err := place(root, dir); err != nil {
			t.Error(err)
		}
	}
}

func TestModuleName(t *testing.T) {
	for dir, want := range map[string]string{
		"/a/my-study": "my-study", "/a/My Study 2": "my-study-2", "/a/_x_": "x", "/a/…": "study", "/": "study",
		"/a/fmt": "fmt-study", "/a/main": "main-study", "/a/house": "house-study",
	} {
		if got := moduleName(dir, "house"); got != want {
			t.Errorf("%s: %q, want %q", dir, got, want)
		}
	}
}

// A study builds without network, its notebook has the shape, and, where there is
// a kernel, it comes out as it claims.
func TestStudy(t *testing.T) {
	if testing.Short() {
		t.Skip("a study is built and executed: not under -short")
	}
	root := repository(t)
	dir, err := place(root, filepath.Join(t.TempDir(), "With Spaces", "My Study"))
	if err != nil {
		t.Fatal(err)
	}
	if err := write(root, dir); err != nil {
		t.Fatal(err)
	}
	run := func(name string, args ...string) string {
		t.Helper()
		cmd := exec.Command(name, args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=readonly")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("%s %q: %v: %s", name, args, err, out)
		}
		return string(out)
	}
	run("go", "build", "./...")
	run("go", "vet", "./...")
	if out := run("gofmt", "-l", "."); out != "" {
		t.Errorf("not as gofmt would have it: %s", out)
	}
	faults := func() (list []string) {
		text, err := os.ReadFile(filepath.Join(dir, "notebooks", "01_first.ipynb"))
		if err != nil {
			t.Fatal(err)
		}
		return shape.Faults("01_first.ipynb", text)
	}
	for _, fault := range faults() {
		if !strings.Contains(fault, "execution count") { // not executed yet
			t.Error(fault)
		}
	}
	cmd := exec.Command("go", "tool", "supplement")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() == 2 {
		t.Skipf("not executed, for a tool is missing: %s", out)
	}
	if err != nil {
		t.Errorf("the supplement: %v", err)
	}
	if !strings.Contains(string(out), "1 claim held") || !strings.Contains(string(out), "published: ") {
		t.Errorf("the supplement says: %s", out)
	}
	for _, fault := range faults() {
		t.Error(fault)
	}
}
