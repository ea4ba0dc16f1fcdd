package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
)

const kernelScript = ".jupyter/kernels/gonb/gonb.sh"

// locateHouse returns the folder that holds the kernel and its tools: root
// itself, or, for a study elsewhere, the folder from which its go.mod takes the
// module of this program.
func locateHouse(root string) (string, error) {
	if _, err := os.Stat(filepath.Join(root, kernelScript)); err == nil {
		return root, nil
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "", fmt.Errorf("this program does not know the name of its own module")
	}
	house := output(root, "go", "list", "-m", "-f", "{{.Dir}}", info.Main.Path)
	if _, err := os.Stat(filepath.Join(house, kernelScript)); err != nil {
		return "", fmt.Errorf("%s replaces %s by no folder that holds %s: its go.mod needs a line replace %[2]s => FOLDER",
			filepath.Join(root, "go.mod"), info.Main.Path, kernelScript)
	}
	return house, nil
}
