package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// recipes are those of the sources, in their order.
func (b Build) recipes() ([]Recipe, error) {
	var imports []string
	for _, s := range b.Sources {
		imports = append(imports, s.Needs().Imports...)
	}
	all, err := ListPackages(b.Root, b.House, imports)
	if err != nil {
		return nil, err
	}
	modules := ""
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(b.Root, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		modules = digest([]byte(modules + strings.ReplaceAll(string(text), "\r\n", "\n")))
	}
	var list []Recipe
	for _, s := range b.Sources {
		list = append(list, NewRecipe(s, all, modules))
	}
	return list, nil
}
