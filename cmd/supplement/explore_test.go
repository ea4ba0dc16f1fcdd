package main

import (
	"os"
	"path/filepath"
	"testing"
)

// Scratch.
func TestExplore(t *testing.T) {
	shop, p := browser(t)
	if *only == "" {
		*only = "00_*"
		defer func() { *only = "" }()
	}
	dir, _ := pagesOf(t, shop, p)
	os.RemoveAll("/tmp/p/pages")
	os.CopyFS("/tmp/p/pages", os.DirFS(dir))
	info, err := os.Stat(filepath.Join(dir, "cells.js"))
	t.Log(info.Size(), err)
}
