package workshop

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
)

const KernelScript = ".jupyter/kernels/gonb/gonb.sh"

// LocateHouse returns the folder that holds the kernel and its tools: root
// itself, or, for a study elsewhere, the folder from which its go.mod takes the
// module of this program.
func LocateHouse(root string) (string, error) {
	if _, err := os.Stat(filepath.Join(root, KernelScript)); err == nil {
		return root, nil
	}
	module := MainModule()
	if module == "" {
		return "", fmt.Errorf("this program does not know the name of its own module")
	}
	house := Output(root, "go", "list", "-m", "-f", "{{.Dir}}", module)
	if _, err := os.Stat(filepath.Join(house, KernelScript)); err != nil {
		return "", fmt.Errorf("%s replaces %s by no folder that holds %s: its go.mod needs a line replace %[2]s => FOLDER",
			filepath.Join(root, "go.mod"), module, KernelScript)
	}
	return house, nil
}

// MainModule is the path of this program's module.
func MainModule() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Path
	}
	return ""
}
