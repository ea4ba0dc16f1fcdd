package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A Workshop is the temporary folder in which the other programs run, so that
// they write nothing to HOME and leave nothing behind.
type Workshop struct {
	Root  string // of the module that the notebooks belong to
	House string // where the kernel lies: the root, or the root of credo
	Dir   string // the folder, removed at the end
}

// NewWorkshop makes the folder.
func NewWorkshop(root, house string) (Workshop, error) {
	dir, err := os.MkdirTemp("", "supplement-")
	if err != nil {
		return Workshop{}, err
	}
	for _, name := range []string{"home", "tmp", "config", "data", "runtime", "ipython"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			return Workshop{}, err
		}
	}
	return Workshop{root, house, dir}, nil
}

// Close ends a kernel that is still there and removes the folder.
func (w Workshop) Close() {
	w.killKernel()
	// A process that has just been killed may still be writing.
	for range 20 {
		if os.RemoveAll(w.Dir) == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Path joins names to the folder.
func (w Workshop) Path(names ...string) string {
	return filepath.Join(append([]string{w.Dir}, names...)...)
}

// Command prepares a command in a process group of its own, which is killed as
// a whole when ctx ends, and with it the kernel, which Jupyter starts in another.
func (w Workshop) Command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = w.Root
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error {
		w.killKernel()
		return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
	cmd.WaitDelay = 2 * time.Second
	cmd.Env = append(os.Environ(), "TMPDIR="+w.Path("tmp"))
	return cmd
}

// jupyterEnv points Jupyter at the kernel in the house, and its own
// files into the workshop.
func (w Workshop) jupyterEnv() []string {
	return []string{
		"JUPYTER_PATH=" + filepath.Join(w.House, ".jupyter"),
		"JUPYTER_CONFIG_DIR=" + w.Path("config"),
		"JUPYTER_DATA_DIR=" + w.Path("data"),
		"JUPYTER_RUNTIME_DIR=" + w.Path("runtime"),
		"IPYTHONDIR=" + w.Path("ipython"),
		"PYTHONDONTWRITEBYTECODE=1",
		"CREDO_HEADLESS=1",
		"CREDO_PIDFILE=" + w.Path("kernel.pid"),
	}
}

// killKernel kills the kernel's process group, with the cell it runs. The
// kernel's launcher has left its number in the workshop.
func (w Workshop) killKernel() {
	text, err := os.ReadFile(w.Path("kernel.pid"))
	if err != nil {
		return
	}
	os.Remove(w.Path("kernel.pid"))
	if pid, err := strconv.Atoi(strings.TrimSpace(string(text))); err == nil && pid > 1 {
		syscall.Kill(-pid, syscall.SIGKILL)
	}
}
