package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"credo/internal/archive"
)

// A stranger unpacks the bundle where there is no git, builds it, and finds a notebook
// as committed, byte for byte. (The whole, make supplement, takes minutes and is done
// by hand before a release: diff -r supplement build/supplement.)
func TestStranger(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no notebook is executed")
	}
	if _, err := exec.LookPath("/usr/bin/jupyter-nbconvert"); err != nil {
		t.Skip("Jupyter is not there, which cmd/supplement asks for: what a stranger makes of a bundle is not tested")
	}
	tools, err := filepath.Abs(filepath.Join(root, ".bin"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(tools, "gonb")); err != nil {
		t.Skip("no .bin/gonb: make setup")
	}
	of := tree(t)
	dir := t.TempDir()
	unzip(t, packed(t, of), dir)
	a, err := archive.Read(dir)
	if err != nil || a.Commit != of.Archive.Commit || len(a.Changed(dir)) > 0 {
		t.Errorf("%v: unpacked, the tree is of %s with %q changed", err, a.Commit, a.Changed(dir))
	}
	if err := os.Symlink(tools, filepath.Join(dir, ".bin")); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"build", "./..."},
		{"run", "./cmd/supplement", "-check", "-kernel", "0", "-notebook", "00_start_here.ipynb"},
	} {
		cmd := exec.Command("go", args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOFLAGS=-mod=readonly -buildvcs=false -trimpath", "GOWORK=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("go %s: %v\n%s", args[0], err, out)
		}
	}
}
