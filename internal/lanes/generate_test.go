package lanes

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The assembly is what its program writes. Without the program's dependencies, which no
// other part needs, there is nothing to compare.
func TestGenerated(t *testing.T) {
	command := func(args ...string) *exec.Cmd {
		c := exec.Command("go", args...)
		c.Env = append(os.Environ(), "GOPROXY=off", "GOWORK=off", "GOFLAGS=", "GOOS=", "GOARCH=")
		return c
	}
	if err := command("list", "-C", "generate", "-deps", ".").Run(); err != nil {
		t.Skip("the modules of the generator are not at hand")
	}
	dir := t.TempDir()
	files := []string{"kernels_amd64.s", "kernels_amd64.go"}
	out, err := command("run", "-C", "generate", ".", "-pkg", "lanes",
		"-out", filepath.Join(dir, files[0]), "-stubs", filepath.Join(dir, files[1])).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range files {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		body := func(text []byte) []byte { _, after, _ := bytes.Cut(text, []byte("\n")); return after } // without the command's line
		if !bytes.Equal(body(got), body(want)) {
			t.Errorf("%s is not what its program writes: go generate ./internal/lanes", name)
		}
	}
}
