package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"credo/internal/notebook"
	"credo/internal/workshop"
)

// A Package is what `go list` says of one.
type Package struct {
	ImportPath, Name, Dir string
	Standard              bool
	Module                *struct {
		Path, Version, Sum string
		Replace            *struct{ Path, Version, Sum string }
	}
	Imports []string
	GoFiles, CgoFiles, CFiles, CXXFiles, HFiles, SFiles, SysoFiles,
	EmbedFiles []string
	Error *struct{ Err string }
}

// Packages are all that the notebooks can reach, by import path.
type Packages map[string]*Package

// ListPackages asks Go, once for all notebooks, for what they import, for the
// packages of the module and of the house, and for Go's own.
func ListPackages(root, house string, imports []string) (Packages, error) {
	args := []string{"list", "-e", "-deps", "-tags=minimal",
		"-json=ImportPath,Name,Dir,Standard,Module,Imports,GoFiles,CgoFiles,CFiles,CXXFiles,HFiles,SFiles,SysoFiles,EmbedFiles,Error", "std", "./..."}
	if module := workshop.MainModule(); root != house && module != "" {
		args = append(args, module+"/pkg/...")
	}
	cmd := exec.Command("go", append(args, imports...)...)
	cmd.Dir = root
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	text, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, notebook.FirstLines(complaint.String(), 3))
	}
	all := Packages{}
	for d := json.NewDecoder(bytes.NewReader(text)); d.More(); {
		p := &Package{}
		if err := d.Decode(p); err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		all[p.ImportPath] = p
	}
	return all, nil
}

// Account says in lines what the packages are that a notebook reaches: files by
// content where the module is a folder here, modules by version and sum
// elsewhere; Go's own come with its version. A package that cannot be found is an
// error: what it would be is unknown. A name that is in none of them, and that
// goimports may find in a module, stands for the requirements, whose digest is modules.
func (all Packages) Account(n notebook.Needs, modules string) (string, error) {
	begin := slices.Clone(n.Imports)
	named := map[string]bool{}
	for path, p := range all {
		if slices.Contains(n.Names, p.Name) {
			named[p.Name] = true
			if !p.Standard {
				begin = append(begin, path)
			}
		}
	}
	lines := map[string]bool{}
	seen := map[string]bool{}
	var visit func(path string) error
	visit = func(path string) error {
		if seen[path] || path == "C" || path == "unsafe" {
			return nil
		}
		seen[path] = true
		p := all[path]
		switch {
		case p == nil:
			return fmt.Errorf("package %s is not found", path)
		case p.Standard:
			return nil
		case p.Error != nil:
			return fmt.Errorf("package %s: %s", path, notebook.FirstLines(p.Error.Err, 1))
		}
		if line, ok := p.foreign(); ok {
			lines[line] = true
		} else if err := p.contents(lines); err != nil {
			return err
		}
		for _, q := range p.Imports {
			if err := visit(q); err != nil {
				return err
			}
		}
		return nil
	}
	for _, path := range begin {
		if err := visit(path); err != nil {
			return "", err
		}
	}
	for _, name := range n.Names {
		if !named[name] {
			lines["modules "+modules] = true
		}
	}
	sorted := []string{}
	for line := range lines {
		sorted = append(sorted, line)
	}
	slices.Sort(sorted)
	return strings.Join(sorted, "\n"), nil
}

// foreign is the package's module with version and sum, if it is not a folder here.
func (p *Package) foreign() (string, bool) {
	m := p.Module
	switch {
	case m == nil:
		return "", false
	case m.Replace != nil && m.Replace.Version != "":
		return m.Replace.Path + " " + m.Replace.Version + " " + m.Replace.Sum, true
	case m.Replace == nil && m.Version != "":
		return m.Path + " " + m.Version + " " + m.Sum, true
	}
	return "", false
}

// contents adds a line for each file of the package. A line of source ends the
// same in every clone: CR LF counts as LF.
func (p *Package) contents(lines map[string]bool) error {
	for _, name := range slices.Concat(p.GoFiles, p.CgoFiles, p.CFiles, p.CXXFiles, p.HFiles, p.SFiles, p.SysoFiles, p.EmbedFiles) {
		text, err := os.ReadFile(filepath.Join(p.Dir, name))
		if err != nil {
			return err
		}
		if !slices.Contains(p.EmbedFiles, name) {
			text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
		}
		lines[p.ImportPath+" "+filepath.ToSlash(name)+" "+digest(text)] = true
	}
	return nil
}
