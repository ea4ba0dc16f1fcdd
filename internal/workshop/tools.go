package workshop

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A Missing tool is one that this program needs and did not find, with the
// command that installs it.
type Missing struct{ Tool, Install string }

func (m Missing) Error() string {
	return fmt.Sprintf("%s is missing; install it with: %s", m.Tool, m.Install)
}

// ModuleRoot returns the folder of go.mod at or above dir.
func ModuleRoot(dir string) (string, error) {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return d, nil
		}
		if d == filepath.Dir(d) {
			return "", fmt.Errorf("no go.mod in %s or above it: start this in the repository", dir)
		}
	}
}

// Here returns the folder in which the program was started, and that of its go.mod.
func Here() (here, root string, err error) {
	if here, err = os.Getwd(); err == nil {
		root, err = ModuleRoot(here)
	}
	return here, root, err
}

// LocateKernel checks that the kernel in the house can start.
func LocateKernel(house string) error {
	for _, name := range []string{KernelScript, ".bin/gonb", ".bin/goimports"} {
		if _, err := exec.LookPath(filepath.Join(house, name)); err != nil {
			return Missing{"the Go kernel (" + name + ")", "make setup"}
		}
	}
	return nil
}

// Output is what a program says, in a line without its end; "unknown" where it fails.
func Output(dir, name string, args ...string) string {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if text := strings.TrimSpace(string(out)); err == nil && text != "" {
		return text
	}
	return "unknown"
}
