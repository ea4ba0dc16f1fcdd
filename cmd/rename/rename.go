package main

import (
	"bytes"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var moduleLine = regexp.MustCompile(`(?m)^module[ \t]+(\S+)`)

// current returns the module's path from go.mod in the folder root.
func current(root string) (string, error) {
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return "", err
	}
	m := moduleLine.FindSubmatch(text)
	if m == nil {
		return "", fmt.Errorf("go.mod has no module line")
	}
	return string(m[1]), nil
}

// rename changes the files under root and returns how many. All are read and
// changed in memory before the first is written.
func rename(root, from, to string) (int, error) {
	folders, err := packageFolders(root)
	if err != nil {
		return 0, err
	}
	r := renamer{to: to, path: importPath(from, folders)}
	changed := map[string][]byte{}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && skip(root, path):
			return filepath.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		old, err := os.ReadFile(path)
		if err != nil || !utf8.Valid(old) || bytes.IndexByte(old, 0) >= 0 {
			return err // a picture, say
		}
		text, err := r.file(path, old)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if path == filepath.Join(root, "go.mod") {
			text = moduleLine.ReplaceAll(text, []byte("module "+to))
		}
		if !bytes.Equal(text, old) {
			changed[path] = text
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for path, text := range changed {
		info, err := os.Stat(path)
		if err != nil {
			return 0, err
		}
		if err := os.WriteFile(path, text, info.Mode()); err != nil {
			return 0, err
		}
	}
	return len(changed), nil
}

// skip tells whether a folder holds no source of this module.
func skip(root, folder string) bool {
	switch filepath.Base(folder) {
	case ".git", ".ipynb_checkpoints", "node_modules":
		return true
	}
	made, err := filepath.Rel(root, folder)
	return err == nil && slices.Contains([]string{".bin", "build", filepath.Join(".jupyter", "state")}, made)
}

// packageFolders returns the top folders that hold Go files at any depth.
func packageFolders(root string) (list []string, err error) {
	entries, err := os.ReadDir(root)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		folder := filepath.Join(root, e.Name())
		if !e.IsDir() || skip(root, folder) {
			continue
		}
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".go") {
				list = append(list, e.Name())
				return fs.SkipAll
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// importPath matches the module's path where a folder of packages follows, or the
// dots that mean all of them, and where it is not the end of another path. Before
// it may stand a tab or a new line as Go and JSON write them.
func importPath(module string, folders []string) *regexp.Regexp {
	parts := []string{`\.\.\.`}
	for _, f := range folders {
		parts = append(parts, regexp.QuoteMeta(f)+`\b`)
	}
	return regexp.MustCompile(`(^|[^\w./@~-]|\\[nt])` + regexp.QuoteMeta(module) + `(/(?:` + strings.Join(parts, "|") + `))`)
}

// A renamer changes the import paths in a text.
type renamer struct {
	to   string
	path *regexp.Regexp
}

func (r renamer) text(old []byte) []byte {
	return r.path.ReplaceAll(old, []byte("${1}"+r.to+"${2}"))
}

// file changes one file. A Go file that was as gofmt would have it is so again,
// for another path may stand elsewhere among the imports.
func (r renamer) file(path string, old []byte) ([]byte, error) {
	switch filepath.Ext(path) {
	case ".ipynb":
		return r.notebook(old)
	case ".go":
		text := r.text(old)
		was, err := format.Source(old)
		if err != nil || !bytes.Equal(was, old) {
			return text, nil
		}
		return format.Source(text)
	}
	return r.text(old), nil
}
