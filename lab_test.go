package credo

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// notary stands in for Jupyter's front end: it says of each notebook whether
// Jupyter trusts it, and what became of the state.
const notary = `#!/usr/bin/python3
import glob, os, sys
if "--version" in sys.argv: sys.exit(0)
import nbformat
from nbformat.sign import NotebookNotary
for name in sorted(glob.glob("*.ipynb")):
    nb = nbformat.read(name, as_version=4)
    print(name, NotebookNotary().check_signature(nb))
print("tabs", os.path.exists(os.environ["JUPYTER_CONFIG_DIR"] + "/custom/custom.css"))
print("gopls", ".bin/complete" in os.environ["PATH"])
`

// In a house that has never seen Jupyter make lab opens notebooks that are trusted,
// so that what moves in them moves; one that was not there is not.
func TestLabTrusts(t *testing.T) {
	if err := exec.Command("/usr/bin/python3", "-c", "import nbformat").Run(); err != nil {
		t.Skip("Jupyter's nbformat is not in /usr/bin/python3, so whether make lab signs the notebooks is not tested")
	}
	house, notebooks, bin := t.TempDir(), t.TempDir(), t.TempDir()
	copyInto(t, house, ".jupyter/lab.sh", ".jupyter/custom/custom.css")
	copyInto(t, notebooks, "notebooks/07_balance_dimension.ipynb")
	place := filepath.Join(notebooks, "notebooks")
	if err := os.WriteFile(filepath.Join(bin, "jupyter-lab"), []byte(notary), 0o755); err != nil {
		t.Fatal(err)
	}
	if before := lab(t, bin, "", filepath.Join(house, ".jupyter", "lab.sh"), t.TempDir()); !strings.Contains(before, "tabs True\ngopls False") {
		t.Errorf("no custom.css, or gopls unasked:\n%s", before)
	}
	after := lab(t, bin, "1", filepath.Join(house, ".jupyter", "lab.sh"), place)
	for _, want := range []string{"07_balance_dimension.ipynb True", "gopls True"} {
		if !strings.Contains(after, want) {
			t.Errorf("not %q:\n%s", want, after)
		}
	}
	// The stand-in can say no: another house has not signed.
	if err := os.RemoveAll(filepath.Join(house, ".jupyter", "state")); err != nil {
		t.Fatal(err)
	}
	unsigned := exec.Command(filepath.Join(bin, "jupyter-lab"))
	unsigned.Dir, unsigned.Env = place, append(os.Environ(), "JUPYTER_CONFIG_DIR="+house, "JUPYTER_DATA_DIR="+t.TempDir())
	if out, err := unsigned.Output(); err != nil || !strings.Contains(string(out), "07_balance_dimension.ipynb False") {
		t.Errorf("an unsigned notebook is trusted: %s %v", out, err)
	}
}

// The kernel is told to say the sentence of a panic alone, but not where a program
// executes notebooks, and not against a reader's wish.
func TestKernelTraces(t *testing.T) {
	house, script := t.TempDir(), ".jupyter/kernels/gonb/gonb.sh"
	copyInto(t, house, script, "go.mod")
	if err := os.Mkdir(filepath.Join(house, ".bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(house, ".bin", "gonb"), []byte("#!/bin/sh\necho traces=$GOTRACEBACK\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for setting, want := range map[string]string{
		"CREDO_HEADLESS=": "traces=none\n", "CREDO_HEADLESS=1": "traces=\n", "GOTRACEBACK=all": "traces=all\n",
	} {
		cmd := exec.Command(filepath.Join(house, script), "connection.json")
		cmd.Dir, cmd.Env = house, append(os.Environ(), "GOTRACEBACK=", setting)
		if out, err := cmd.Output(); err != nil || string(out) != want {
			t.Errorf("%s: %q, %v, want %q", setting, out, err, want)
		}
	}
}

// Cells compute without FMA where processors differ in it, with what else the user's GODEBUG says;
// where they do not, Go would complain of the setting.
func TestKernelWithoutFMA(t *testing.T) {
	house, script := t.TempDir(), ".jupyter/kernels/gonb/gonb.sh"
	copyInto(t, house, script, "go.mod")
	if err := os.Mkdir(filepath.Join(house, ".bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(house, ".bin", "gonb"), []byte("#!/bin/sh\necho $GODEBUG\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for setting, want := range map[string]string{
		"GOARCH=amd64 GOAMD64=v1 GODEBUG=":                     "cpu.fma=off\n",
		"GOARCH=amd64 GOAMD64=v2 GODEBUG=gctrace=0,cpu.fma=on": "gctrace=0,cpu.fma=on,cpu.fma=off\n",
		"GOARCH=amd64 GOAMD64=v3 GODEBUG=gctrace=0":            "gctrace=0\n",
		"GOARCH=arm64 GOAMD64= GODEBUG=":                       "\n",
	} {
		cmd := exec.Command(filepath.Join(house, script), "connection.json")
		cmd.Dir, cmd.Env = house, append(os.Environ(), strings.Fields(setting)...)
		if out, err := cmd.Output(); err != nil || string(out) != want {
			t.Errorf("%s: %q, %v, want %q", setting, out, err, want)
		}
	}
}

func lab(t *testing.T, bin, complete, script, folder string) string {
	t.Helper()
	cmd := exec.Command(script, folder)
	cmd.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "COMPLETE="+complete)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("lab.sh: %v\n%s", err, out)
	}
	return string(out)
}

func copyInto(t *testing.T, dir string, files ...string) {
	t.Helper()
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, text, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}
