// Rename gives this module another path, such as the public one under which other
// modules can require it.
//
//	go run ./cmd/rename example.org/lab/name
//
// It changes the module line of go.mod and, in every text file, whatever names a
// package by its import path: imports in Go files and in cells of notebooks,
// commands in the README, the Makefile and the scripts. It leaves alone the
// outputs of notebooks and the project's name in prose, which no folder follows.
// Renaming back gives the same bytes.
//
// Exit status: 0 renamed, 1 a file could not be read or written, 2 the path is refused.
package main

import (
	"fmt"
	"os"
)

func main() {
	to := ""
	if len(os.Args) == 2 {
		to = os.Args[1]
	}
	from, err := current(".")
	if err == nil {
		if err := check(from, to); err != nil {
			fmt.Fprintln(os.Stderr, "rename:", err)
			os.Exit(2)
		}
		var changed int
		if changed, err = rename(".", from, to); err == nil {
			fmt.Printf("rename: %s is now %s, in %d files. A study that requires it: make new again, or in its folder rename its imports and its go.mod.\n", from, to, changed)
			return
		}
	}
	fmt.Fprintln(os.Stderr, "rename:", err)
	os.Exit(1)
}
