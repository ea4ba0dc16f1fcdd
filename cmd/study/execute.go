package main

import (
	"os"
	"os/exec"
)

// execute executes, checks and publishes the notebooks of the study in dir, as
// its own `make supplement` does.
func execute(dir string) error {
	cmd := exec.Command("go", "tool", "supplement")
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}
