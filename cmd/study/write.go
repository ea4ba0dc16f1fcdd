package main

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"golang.org/x/mod/modfile"
)

// The files of a study. Those that end in .tmpl are filled in; the notebook is
// copied as it is, so that it can be opened, executed and renamed like any other.
//
//go:embed template
var files embed.FS

// direct are the modules, credo apart, that a study's imports.go names.
var direct = []string{"github.com/janpfeifer/must", "gonum.org/v1/gonum"}

// A study is what the templates are filled with.
type study struct {
	Name     string   // of the folder
	Module   string   // of the study
	Credo    string   // name of this module
	Replace  string   // its folder, as go.mod has it
	Go       string   // version
	Direct   []string // what the study's imports.go requires besides, "path version"
	Indirect []string // what they and credo need
}

// write fills the folder dir, made by this if need be. Everything is made in
// memory first, so that an error of a template leaves nothing behind.
func write(root, dir string) error {
	s, err := describe(root, dir)
	if err != nil {
		return err
	}
	made := map[string][]byte{}
	err = fs.WalkDir(files, "template", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := files.ReadFile(path)
		if err != nil {
			return err
		}
		name, filled := strings.CutSuffix(strings.TrimPrefix(path, "template/"), ".tmpl")
		if filled {
			if text, err = fill(text, s); err != nil {
				return err
			}
		}
		if name == "gitignore" {
			name = ".gitignore"
		}
		made[name] = text
		return nil
	})
	if err != nil {
		return err
	}
	// The checksums of all that credo uses are those of all that a study of it uses.
	if made["go.sum"], err = os.ReadFile(filepath.Join(root, "go.sum")); err != nil {
		return err
	}
	for name, text := range made {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// describe takes from this module what a study needs to know of it.
func describe(root, dir string) (study, error) {
	cmd := exec.Command("go", "list", "-m", "-f", "{{.Path}}\n{{.GoVersion}}")
	cmd.Dir = root
	head, err := cmd.Output()
	if err != nil {
		return study{}, fmt.Errorf("go list: %w", err)
	}
	credo, version, _ := strings.Cut(strings.TrimSpace(string(head)), "\n")

	// The modules that what a study imports and runs is built from, so that its
	// go.mod is complete without asking anybody.
	cmd = exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}", "./pkg/...", "./cmd/supplement", direct[0])
	cmd.Dir = root
	deps, err := cmd.Output()
	if err != nil {
		return study{}, fmt.Errorf("go list: %w", err)
	}
	s := study{Name: filepath.Base(dir), Module: moduleName(dir, credo), Credo: credo, Go: version, Replace: modfile.AutoQuote(folder(root, dir))}
	lines := strings.Split(strings.TrimSpace(string(deps)), "\n")
	slices.Sort(lines)
	for _, line := range slices.Compact(lines) {
		path, _, _ := strings.Cut(line, " ")
		switch {
		case path == "":
		case slices.Contains(direct, path):
			s.Direct = append(s.Direct, line)
		default:
			s.Indirect = append(s.Indirect, line)
		}
	}
	return s, nil
}

// folder is the path to root as the study's go.mod has it: relative, unless
// symbolic links make that mean two things.
func folder(root, dir string) string {
	if resolve(root) == root && resolve(dir) == dir {
		if rel, err := filepath.Rel(dir, root); err == nil {
			return rel
		}
	}
	return root
}

func fill(text []byte, s study) ([]byte, error) {
	t, err := template.New("").Delims("<<", ">>").Option("missingkey=error").Parse(string(text))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Execute(&out, s)
	return out.Bytes(), err
}
