package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"credo/internal/workshop"
)

func TestInputs(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum", ".jupyter/kernels/gonb/gonb.sh", ".jupyter/kernels/gonb/kernel.json",
		"pkg/model/task.go", "pkg/model/task_test.go", "notebooks/01_a.ipynb", "notebooks/02_b.ipynb"} {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("abc"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	sums, err := Inputs(root, root, []string{filepath.Join(root, "notebooks/01_a.ipynb")})
	if err != nil || len(sums) != 6 {
		t.Fatalf("%v, %v", sums, err)
	}
	// FIPS 180-4, the example of one block.
	const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	for _, name := range []string{"pkg/model/task.go", "notebooks/01_a.ipynb"} {
		if sums[name] != abc {
			t.Errorf("sha256 of %s: %s", name, sums[name])
		}
	}
	// Of a study all packages count, and those of the house under its name.
	study := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum", "rule/rule.go", "rule/rule_test.go", "notebooks/01_b.ipynb"} {
		path := filepath.Join(study, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("abc"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	sums, err = Inputs(study, root, []string{filepath.Join(study, "notebooks/01_b.ipynb")})
	if err != nil || len(sums) != 7 {
		t.Fatalf("%v, %v", sums, err)
	}
	for _, name := range []string{"rule/rule.go", "credo/pkg/model/task.go", "credo/.jupyter/kernels/gonb/gonb.sh"} {
		if sums[name] != abc {
			t.Errorf("sha256 of %s: %s", name, sums[name])
		}
	}
	if _, err := Inputs(root, root, []string{filepath.Join(root, "none")}); err == nil {
		t.Error("no error for a missing input")
	}
}

func TestVersions(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	root, err := workshop.ModuleRoot(here)
	if err != nil {
		t.Fatal(err)
	}
	v := Versions(root)
	if !strings.HasPrefix(v["go"], "go1.") || !strings.HasPrefix(v["gonum"], "v0.") || !strings.HasPrefix(v["gonb"], "v0.") {
		t.Errorf("%v", v)
	}
	if v := Versions(t.TempDir()); v["gonum"] != "unknown" {
		t.Errorf("outside of the repository: %v", v)
	}
}
