package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"credo/internal/workshop"
)

func TestLocate(t *testing.T) {
	root := t.TempDir()
	t.Setenv("PATH", root)
	t.Setenv("CHROMIUM", "")
	t.Setenv("MATHJAX", "")
	missing := func(err error, part string) {
		t.Helper()
		if m := (workshop.Missing{}); !errors.As(err, &m) || !strings.Contains(err.Error(), part) || !strings.Contains(err.Error(), "make setup") {
			t.Errorf("error %v, want a Missing that tells of %q and make setup", err, part)
		}
	}
	missing(workshop.LocateKernel(root), "kernel")
	for _, name := range []string{".jupyter/kernels/gonb/gonb.sh", ".bin/gonb", ".bin/goimports"} {
		executable(t, filepath.Join(root, name), "")
	}
	if err := workshop.LocateKernel(root); err != nil {
		t.Error(err)
	}
	if err := os.Chmod(filepath.Join(root, ".bin/gonb"), 0o600); err != nil {
		t.Fatal(err)
	}
	missing(workshop.LocateKernel(root), ".bin/gonb")

	_, err := firstOf("", "jupyter-none")
	if err == nil {
		t.Error("found what is not there")
	}
	executable(t, filepath.Join(root, "chromium-browser"), "")
	if path, err := locateBrowser(); err != nil || path != filepath.Join(root, "chromium-browser") {
		t.Errorf("browser %q, %v", path, err)
	}
	t.Setenv("CHROMIUM", filepath.Join(root, ".bin/goimports"))
	if path, err := locateBrowser(); err != nil || filepath.Base(path) != "goimports" {
		t.Errorf("CHROMIUM is not followed: %q, %v", path, err)
	}
	t.Setenv("NBCONVERT", filepath.Join(root, ".bin/gonb"))
	if path, err := locateJupyter(); path == filepath.Join(root, ".bin/gonb") {
		t.Errorf("a file that cannot be executed is taken for nbconvert: %v", err)
	}
	t.Setenv("NBCONVERT", filepath.Join(root, ".bin/goimports"))
	if path, err := locateJupyter(); err != nil || filepath.Base(path) != "goimports" {
		t.Errorf("NBCONVERT is not followed: %q, %v", path, err)
	}
	executable(t, filepath.Join(root, "mj/MathJax.js"), "")
	t.Setenv("MATHJAX", filepath.Join(root, "mj"))
	if dir, err := locateMathJax(root); err != nil || dir != filepath.Join(root, "mj") {
		t.Errorf("MATHJAX is not followed: %q, %v", dir, err)
	}
	if _, err := workshop.ModuleRoot(root); err == nil {
		t.Error("a root without go.mod")
	}
}

// executable writes a shell script.
func executable(t *testing.T, path, script string) string {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}
