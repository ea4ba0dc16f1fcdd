package credo

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// nothing imports no package: what a file takes from its neighbours can be told
// without.
type nothing struct{}

func (nothing) Import(path string) (*types.Package, error) { return nil, errors.New("not looked at") }

// uses tells for every file of a package from which of its other files it takes
// names.
func uses(t *testing.T, dir string) map[string]map[string]bool {
	t.Helper()
	set := token.NewFileSet()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	below := make(map[string]map[string]bool)
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
		below[filepath.Base(path)] = make(map[string]bool)
	}
	info := &types.Info{Uses: make(map[*ast.Ident]types.Object)}
	config := types.Config{Importer: nothing{}, Error: func(error) {}}
	pkg, _ := config.Check(dir, set, files, info) // errors are those of the imports
	for name, object := range info.Uses {
		from, to := filepath.Base(set.Position(name.Pos()).Filename), filepath.Base(set.Position(object.Pos()).Filename)
		if object.Pkg() == pkg && object.Pos().IsValid() && from != to {
			below[from][to] = true
		}
	}
	return below
}

// floors returns the height of a graph of files, each standing on those that it
// uses; files that use each other, directly or not, are on one floor.
func floors(below map[string]map[string]bool) int {
	reach := make(map[string]map[string]bool)
	for from := range below {
		reach[from] = maps.Clone(below[from])
		for todo := slices.Collect(maps.Keys(below[from])); len(todo) > 0; todo = todo[1:] {
			for next := range below[todo[0]] {
				if !reach[from][next] {
					reach[from][next] = true
					todo = append(todo, next)
				}
			}
		}
	}
	height := make(map[string]int)
	var of func(file string) int
	of = func(file string) int {
		if height[file] == 0 {
			height[file] = 1 // files that use each other meet this
			for next := range reach[file] {
				if !reach[next][file] {
					height[file] = max(height[file], of(next)+1)
				}
			}
		}
		return height[file]
	}
	top := 0
	for file := range below {
		top = max(top, of(file))
	}
	return top
}

// A tower of four, two of which lean on each other.
func TestFloors(t *testing.T) {
	on := func(files ...string) map[string]bool {
		m := make(map[string]bool)
		for _, f := range files {
			m[f] = true
		}
		return m
	}
	if got := floors(map[string]map[string]bool{"a": on("b", "d"), "b": on("c"), "c": on("b", "d"), "d": on(), "e": on("e")}); got != 3 {
		t.Errorf("%d floors, want 3", got)
	}
}
