package main

import (
	"io/fs"
	"os"
)

// What follows lets the package build; main ends before any of it is called.

func chownLike(*os.File, fs.FileInfo) {}

func lockFolder(string, func()) (func(), error) { return func() {}, nil }
