package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"credo/internal/workshop"
)

// A Manifest says from what, with what and what was made. It holds no time: the
// same commit on the same machine gives the same manifest.
type Manifest struct {
	Versions  map[string]string `json:"versions"`
	Changed   []string          `json:"changed,omitempty"`   // files that differ from the commit in versions
	Untracked []string          `json:"untracked,omitempty"` // files that no commit knows
	Notebooks []Page            `json:"notebooks"`
	Inputs    map[string]string `json:"inputs"`  // path in the repository: sha256
	Outputs   map[string]string `json:"outputs"` // path in the folder of the manifest: sha256
}

// Versions returns the versions of Go and of the modules that matter; "unknown"
// where go cannot tell.
func Versions(root string) map[string]string {
	v := map[string]string{"go": runtime.Version()}
	for name, module := range map[string]string{
		"gonb": "github.com/janpfeifer/gonb", "gonum": "gonum.org/v1/gonum", "plot": "gonum.org/v1/plot",
	} {
		v[name] = workshop.Output(root, "go", "list", "-m", "-f", "{{.Version}}", module)
	}
	return v
}

// Inputs returns the digests of what an execution depends on: the notebooks, the
// packages without their tests, the module's requirements and the kernel. For a
// study these are its own files and then, as credo/..., those of the house.
func Inputs(root, house string, notebooks []string) (map[string]string, error) {
	paths := append([]string{}, notebooks...)
	for _, name := range []string{"go.mod", "go.sum"} {
		paths = append(paths, filepath.Join(root, name))
	}
	for _, name := range []string{workshop.KernelScript, ".jupyter/kernels/gonb/kernel.json"} {
		paths = append(paths, filepath.Join(house, name))
	}
	folders := []string{filepath.Join(house, "pkg"), filepath.Join(house, "internal")}
	if root != house {
		folders = append(folders, root)
	}
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if os.IsNotExist(err) {
				return nil
			}
			if err == nil && !d.IsDir() && strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
				paths = append(paths, path)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	sums := map[string]string{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		name, err := filepath.Rel(root, path)
		if err != nil || !filepath.IsLocal(name) {
			name = filepath.Base(path)
			if inside, err := filepath.Rel(house, path); err == nil && filepath.IsLocal(inside) {
				name = filepath.Join("credo", inside)
			}
		}
		sums[filepath.ToSlash(name)] = digest(text)
	}
	return sums, nil
}

func digest(text []byte) string { return fmt.Sprintf("%x", sha256.Sum256(text)) }

// indented is JSON for people.
func indented(v any) ([]byte, error) {
	text, err := json.MarshalIndent(v, "", "  ")
	return append(text, '\n'), err
}

// readManifest returns what an earlier run left, or nothing.
func readManifest(out string) (m Manifest) {
	if text, err := os.ReadFile(filepath.Join(out, "manifest.json")); err == nil {
		_ = json.Unmarshal(text, &m) // an unreadable manifest lists no files to remove
	}
	return m
}
