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
	module := mainModule()
	if module == "" {
		return "", fmt.Errorf("this program does not know the name of its own module")
	}
	house := output(root, "go", "list", "-m", "-f", "{{.Dir}}", module)
	if _, err := os.Stat(filepath.Join(house, kernelScript)); err != nil {
		return "", fmt.Errorf("%s replaces %s by no folder that holds %s: its go.mod needs a line replace %[2]s => FOLDER",
			filepath.Join(root, "go.mod"), module, kernelScript)
	}
	return house, nil
}

// mainModule is the path of this program's module.
func mainModule() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Path
	}
	return ""
}
