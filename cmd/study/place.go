package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// unquotable are characters that a path may not have: make, the kernel's list of
// folders or the shell would take them for something else.
const unquotable = ",\"$`\\&<>\t\r\n"

// place returns DIR as an absolute path without symbolic links, or says why no
// study can begin there.
func place(root, dir string) (string, error) {
	if dir == "" {
		return "", errors.New("DIR is missing: make new DIR=../my-study")
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	abs = resolve(abs)
	if rel, err := filepath.Rel(resolve(root), abs); err == nil && filepath.IsLocal(rel) {
		return "", fmt.Errorf("DIR = %s lies inside this repository: choose a folder beside it, such as ../my-study", dir)
	}
	for _, path := range []string{abs, resolve(root)} {
		if at := strings.IndexAny(path, unquotable); at >= 0 {
			return "", fmt.Errorf("the path %q has the character %q, which the kernel or make cannot take", path, path[at])
		}
	}
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return abs, nil
	case err != nil:
		return "", err
	case !info.IsDir():
		return "", fmt.Errorf("DIR = %s is a file, not a folder", dir)
	}
	list, err := os.ReadDir(abs)
	if err != nil {
		return "", err
	}
	for _, entry := range list {
		if entry.Name() != ".git" { // a repository without files is as good as empty
			return "", fmt.Errorf("DIR = %s exists and is not empty: it holds %s", dir, entry.Name())
		}
	}
	return abs, nil
}

// resolve follows the symbolic links of a path as far as it exists.
func resolve(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if parent := filepath.Dir(path); parent != path {
		return filepath.Join(resolve(parent), filepath.Base(path))
	}
	return path
}
