package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"credo/internal/durable"
	"credo/internal/workshop"
)

// nbconvert stands in for the real one: a script with the notebook to execute in
// $in and the place of the result in $out.
func nbconvert(t *testing.T, script string) Execution {
	t.Helper()
	shop, err := workshop.New(t.TempDir(), "/")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(shop.Close)
	path := executable(t, filepath.Join(t.TempDir(), "jupyter-nbconvert"), `
while test $# -gt 1; do case $1 in --output-dir) dir=$2 ;; --output) name=$2 ;; esac; shift; done
in=$1 out=$dir/$name
start() { echo "[NbConvertApp] Executing cell:" >&2; echo "$1" >&2; }
`+script)
	return Execution{Shop: shop, Nbconvert: path, Limit: time.Second, Started: func(int, time.Duration) {}}
}

func notebookFile(t *testing.T) string {
	t.Helper()
	text, _ := fixture(t)
	path := filepath.Join(t.TempDir(), "01_x.ipynb")
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestExecution(t *testing.T) {
	path := notebookFile(t)
	e := nbconvert(t, `start a; head -c 200000 /dev/zero | tr '\0' x >&2; echo >&2; start b; cp "$in" "$out"`)
	var cells []int
	e.Started = func(cell int, _ time.Duration) { cells = append(cells, cell) }
	result, err := e.Run(t.Context(), path)
	if want, _ := os.ReadFile(path); err != nil || string(result) != string(want) {
		t.Errorf("%d bytes, %v", len(result), err)
	}
	if len(cells) != 2 || cells[1] != 2 {
		t.Errorf("cells %v, want [1 2]", cells)
	}
}

func TestExecutionErrors(t *testing.T) {
	for _, c := range []struct {
		script, want string
		missing      bool
	}{
		{`echo "ModuleNotFoundError: No module named 'nbconvert'" >&2; exit 1`, "No module named", true},
		{`echo "jupyter_client.kernelspec.NoSuchKernel: No such kernel named gonb" >&2; exit 1`, "kernel", true},
		{`echo "nbclient.exceptions.DeadKernelError: Kernel died" >&2; exit 1`, "kernel died", false},
		{`echo "strange" >&2; exit 7`, "exit status 7: strange", false},
		{`start a; start b; echo "[NbConvertApp] ERROR | Timeout waiting for execute reply (1s)." >&2; cp "$in" "$out"`, "In [2] ran into the time limit", false},
		{`exit 0`, "no such file", false},
	} {
		_, err := nbconvert(t, c.script).Run(t.Context(), notebookFile(t))
		if err == nil || !strings.Contains(err.Error(), c.want) || errors.As(err, new(workshop.Missing)) != c.missing {
			t.Errorf("%s: %v, want %q", c.script, err, c.want)
		}
	}
	e := nbconvert(t, "")
	e.Nbconvert += "-none"
	if _, err := e.Run(t.Context(), notebookFile(t)); err == nil {
		t.Error("no error without nbconvert")
	}
}

// Cancelled, the execution ends at once, and with it the kernel, which lives in
// a process group of its own.
func TestExecutionCancelled(t *testing.T) {
	if _, err := exec.LookPath("setsid"); err != nil {
		t.Skip(err)
	}
	e := nbconvert(t, `setsid sh -c 'echo $$ >"$CREDO_PIDFILE"; exec sleep 600' & sleep 0.2; start a; sleep 600`)
	ctx, cancel := context.WithCancel(t.Context())
	kernel := 0
	e.Started = func(int, time.Duration) {
		text, _ := os.ReadFile(e.Shop.Path("pids", "kernel"))
		kernel, _ = strconv.Atoi(strings.TrimSpace(string(text)))
		cancel()
	}
	if _, err := e.Run(ctx, notebookFile(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want cancelled", err)
	}
	if kernel == 0 {
		t.Fatal("the kernel did not start")
	}
	// Its death takes a moment; dead and not yet buried counts.
	for range 100 {
		state, _ := os.ReadFile("/proc/" + strconv.Itoa(kernel) + "/stat")
		if strings.Contains(string(state), ") Z ") || !durable.Alive(kernel) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("the kernel lives")
}

// A cell that goes on past the limit and the grace is killed and named, whatever
// nbconvert thinks of it; the default of the grace is ten seconds.
func TestExecutionHung(t *testing.T) {
	e := nbconvert(t, `start a; start b; exec sleep 600`)
	e.Limit, e.Grace = 200*time.Millisecond, 100*time.Millisecond
	begin := time.Now()
	_, err := e.Run(t.Context(), notebookFile(t))
	if want := "In [2] was still running after its time limit of 200ms; killed"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want %q", err, want)
	}
	if took := time.Since(begin); took > time.Minute { // nothing else ends a sleep of ten minutes
		t.Errorf("killed after %v", took)
	}
	if g := (Execution{}).grace(); g != 10*time.Second {
		t.Errorf("grace %v", g)
	}
}

func TestWorkshopLeavesNothing(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	shop, err := workshop.New("/", "/")
	if err != nil {
		t.Fatal(err)
	}
	shop.Close()
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "*")); len(left) > 0 {
		t.Errorf("left %q", left)
	}
}
