// Study begins a study of one's own: a Go module with a first notebook, which
// requires this module and finds it in this folder.
//
//	go run ./cmd/study DIR
//
// DIR must be missing or empty, and outside of this repository. The notebook is
// executed, checked and published before the program ends, so that everything in
// DIR passes its own tests from the first minute. Nothing is fetched.
//
// Exit status: 0 all is well, 1 the notebook could not be executed, 2 DIR is refused.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	dir := ""
	if len(os.Args) == 2 {
		dir = os.Args[1]
	}
	root, err := os.Getwd()
	if err == nil {
		dir, err = place(root, dir)
	}
	if err == nil {
		err = write(root, dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "study:", err)
		os.Exit(2)
	}
	if err := execute(dir); err != nil {
		fmt.Fprintf(os.Stderr, "study: %s is written, but its notebook was not executed (%v); in that folder: make supplement\n", dir, err)
		os.Exit(1)
	}
	fmt.Printf("study: %s is ready; in that folder: make lab, make supplement, make test\n", filepath.Clean(dir))
}
