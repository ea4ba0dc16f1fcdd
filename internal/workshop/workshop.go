// Package workshop is where the commands on notebooks run other programs: a
// temporary folder that does not outlive them, process groups that end with them,
// the tools, and a report of progress.
package workshop

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// A Workshop is the temporary folder in which the other programs run, so that
// they write nothing to HOME and leave nothing behind.
type Workshop struct {
	Root  string // of the module that the notebooks belong to
	House string // where the kernel lies: the root, or the root of credo
	Dir   string // the folder, removed at the end
	guard *guard // nil in a room
}

// A guard is a process that outlives this one, be it killed: when the pipe to it
// closes, it kills what was started in the workshop and removes the folder.
type guard struct {
	pipe io.Closer
	done chan struct{}
}

// First the folder gets another name: a process that is only now starting can no
// longer note its number there, and therefore ends. (One that is being killed may
// have made it once more.)
const guardScript = `trap '' INT TERM HUP QUIT
while read -r line; do :; done
mv -- "$1" "$1.gone"
for f in "$1.gone"/pids/* "$1.gone"/*/pids/*; do
	if read -r p <"$f" && [ "$p" -gt 1 ]; then kill -9 -"$p"; fi
done
n=0
until rm -rf -- "$1.gone" "$1" || [ $n -gt 40 ]; do n=$((n+1)); sleep 0.05; done`

// New makes the folder, in TMPDIR. The guard is there first, so that there
// is no moment in which the folder could be left behind.
func New(root, house string) (Workshop, error) {
	temp := os.TempDir()
	if !filepath.IsAbs(temp) {
		return Workshop{}, badTemp(temp, "the path is relative")
	}
	w := Workshop{Root: root, House: house, Dir: filepath.Join(temp, fmt.Sprintf("supplement-%d-%d", os.Getpid(), time.Now().UnixNano()))}
	cmd := exec.Command("/bin/sh", "-c", guardScript, "guard", w.Dir)
	ownGroup(cmd)
	cmd.Dir = "/"
	pipe, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return Workshop{}, err
	}
	w.guard = &guard{pipe, make(chan struct{})}
	go func() {
		_ = cmd.Wait()
		close(w.guard.done)
	}()
	err = os.Mkdir(w.Dir, 0o700)
	if err != nil {
		err = badTemp(temp, fmt.Sprintf("no folder can be made there (%v)", err))
	} else if err = checkTemp(temp, w.Dir); err == nil {
		err = w.furnish()
	}
	if err != nil {
		w.Close()
	}
	return w, err
}

// Room makes a folder in the workshop in which one more kernel can live.
func (w Workshop) Room(name string) (Workshop, error) {
	w.Dir, w.guard = w.Path("room-"+name), nil
	return w, w.furnish()
}

func (w Workshop) furnish() error {
	for _, name := range []string{"home", "tmp", "config", "data", "runtime", "ipython", "pids"} {
		if err := os.MkdirAll(w.Path(name), 0o700); err != nil {
			return err
		}
	}
	return nil
}

// Close ends what still runs in the workshop and removes the folder.
func (w Workshop) Close() {
	w.guard.pipe.Close()
	select {
	case <-w.guard.done:
	case <-time.After(10 * time.Second):
	}
}

// Path joins names to the folder.
func (w Workshop) Path(names ...string) string {
	return filepath.Join(append([]string{w.Dir}, names...)...)
}

var started atomic.Int64

// Command prepares a command in a process group of its own, which is killed as
// a whole when ctx ends, and with it the kernel, which Jupyter starts in another.
// It notes its number for the guard; done, to be called at its end, forgets it.
func (w Workshop) Command(ctx context.Context, name string, args ...string) (cmd *exec.Cmd, done func()) {
	note := w.Path("pids", strconv.FormatInt(started.Add(1), 10))
	cmd = exec.CommandContext(ctx, "/bin/sh", append([]string{"-c", `echo $$ >"$0" && exec "$@"`, note, name}, args...)...)
	if _, err := exec.LookPath(name); err != nil {
		cmd.Err = err
	}
	cmd.Dir = w.Root
	ownGroup(cmd)
	cmd.Cancel = func() error {
		w.KillKernel()
		return KillGroup(cmd.Process.Pid)
	}
	cmd.WaitDelay = 2 * time.Second
	cmd.Env = append(os.Environ(), "TMPDIR="+w.Path("tmp"))
	return cmd, func() { os.Remove(note) }
}

// JupyterEnv points Jupyter at the kernel in the house, and its own
// files into the workshop.
func (w Workshop) JupyterEnv() []string {
	return []string{
		"JUPYTER_PATH=" + filepath.Join(w.House, ".jupyter"),
		"JUPYTER_CONFIG_DIR=" + w.Path("config"),
		"JUPYTER_DATA_DIR=" + w.Path("data"),
		"JUPYTER_RUNTIME_DIR=" + w.Path("runtime"),
		"IPYTHONDIR=" + w.Path("ipython"),
		"PYTHONDONTWRITEBYTECODE=1",
		"CREDO_HEADLESS=1",
		"CREDO_PIDFILE=" + w.Path("pids", "kernel"),
	}
}

// KillKernel kills the kernel's process group, with the cell it runs. The
// kernel's launcher has left its number in the workshop.
func (w Workshop) KillKernel() {
	note := w.Path("pids", "kernel")
	text, err := os.ReadFile(note)
	if err != nil {
		return
	}
	os.Remove(note)
	if pid, err := strconv.Atoi(strings.TrimSpace(string(text))); err == nil && pid > 1 {
		_ = KillGroup(pid)
	}
}

const tempNeeds = 300 << 20 // bytes: kernels keep programs there

func badTemp(temp, why string) error {
	return fmt.Errorf("TMPDIR = %s: %s; choose another: TMPDIR=/other/folder make supplement", temp, why)
}

// checkTemp says in a sentence why programs cannot work in the temporary folder,
// of which dir is a part.
func checkTemp(temp, dir string) error {
	if free, ok := freeSpace(dir); ok && free < tempNeeds {
		return badTemp(temp, fmt.Sprintf("%d MB are free there, %d MB are needed", free>>20, tempNeeds>>20))
	}
	script := filepath.Join(dir, "probe")
	err := os.WriteFile(script, []byte("#!/bin/sh\n"), 0o700)
	for range 5 { // busy: another thread has just begun a process, with this file still open
		if err == nil {
			err = exec.Command(script).Run()
		}
		if err == nil || !strings.Contains(err.Error(), "busy") {
			break
		}
		time.Sleep(20 * time.Millisecond)
		err = nil
	}
	if err != nil {
		return badTemp(temp, fmt.Sprintf("programs cannot be run there (%v)", err))
	}
	return os.Remove(script)
}
