package notebook

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// The tolerances are right for real processors: the same program, built for two
// and run under qemu, prints other bytes and departs in nothing.
func TestTwoProcessors(t *testing.T) {
	qemu, err := exec.LookPath("qemu-aarch64")
	if err != nil || runtime.GOARCH != "amd64" {
		t.Skip("qemu-aarch64 is not here, or this is not amd64: another processor is not tried (Debian: apt-get install qemu-user)")
	}
	execute := func(arch string, run ...string) *Notebook {
		t.Helper()
		path := filepath.Join(t.TempDir(), arch)
		build := exec.Command("go", "build", "-o", path, "./testdata/fused")
		build.Env = append(os.Environ(), "GOARCH="+arch, "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		run = append(run, path)
		out, err := exec.Command(run[0], run[1:]...).Output()
		if err != nil {
			t.Fatal(err)
		}
		return &Notebook{Cells: []*Cell{{Type: "code", Source: "x", Count: 1, Outputs: []Output{{Type: "stream", Name: "stdout", Text: string(out)}}}}}
	}
	here, there := execute("amd64"), execute("arm64", qemu)
	if Difference(here, there) == "" {
		t.Error("the program prints the same bytes on both: it tries nothing")
	}
	if d := Departure(here, there); d != "" {
		t.Error(d)
	}
	there.Cells[0].Outputs[0].Text = strings.Replace(there.Cells[0].Outputs[0].Text, "v = 0.9", "v = 0.8", 1)
	if Departure(here, there) == "" {
		t.Error("a planted change is not found")
	}
}
