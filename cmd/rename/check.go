package main

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/module"
)

// check says why the module cannot go from one path to the other.
func check(from, to string) error {
	host, rest, _ := strings.Cut(to, "/")
	switch {
	case to == "":
		return errors.New("MODULE is missing: make rename MODULE=host/owner/name")
	case to == from:
		return fmt.Errorf("the module is already called %s", to)
	case !original(to) && (!strings.Contains(host, ".") || rest == ""):
		return fmt.Errorf("MODULE = %q must be host/owner/name, with a host that has a dot, as in example.org/lab/name", to)
	case strings.ToLower(to) != to:
		return fmt.Errorf("MODULE = %q has upper-case letters; two paths that differ in them alone cannot be told apart on every disk: %s", to, strings.ToLower(to))
	case original(to):
		return nil
	}
	if err := module.CheckPath(to); err != nil {
		return fmt.Errorf("MODULE = %q is not a module path: %w", to, err)
	}
	if _, major, ok := module.SplitPathVersion(to); !ok || major != "" {
		return fmt.Errorf("MODULE = %q ends in a major version, and this module has none", to)
	}
	return nil
}

// original tells whether the path is the name that the project began with, the one
// path without a host, so that one can go back to it.
func original(path string) bool { return path == project }

const project = "credo"
