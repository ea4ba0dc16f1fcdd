package main

import (
	"go/build"
	"path/filepath"
	"slices"
	"strings"
)

// moduleName makes the name of a module of that of a folder: lower case, digits,
// hyphens. What Go itself or credo is called is taken, and gets a second word.
func moduleName(dir, credo string) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(filepath.Base(dir)))
	name = strings.Trim(name, "-")
	if name == "" {
		return "study"
	}
	p, err := build.Import(name, "", build.FindOnly)
	standard := err == nil && p.Goroot
	if standard || name == credo || slices.Contains([]string{"all", "cmd", "internal", "main", "std", "tool", "vendor", "work"}, name) {
		name += "-study"
	}
	return name
}
