package notebooks

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var regen = flag.Bool("regen", false, "take the README's figure anew from notebook 01")

const (
	readme       = "../README.md"
	readmeFigure = "figures/one_neuron.png"
)

// The README's figure is an output of notebook 01: the one with its caption.
func TestReadmeFigure(t *testing.T) {
	text := read(t, readme)
	caption := regexp.MustCompile(`!\[(.*)\]\(notebooks/` + readmeFigure + `\)`).FindStringSubmatch(text)
	if caption == nil {
		t.Fatalf("%s does not show notebooks/%s", readme, readmeFigure)
	}
	want := figure(t, "01_one_neuron.ipynb", caption[1])
	if *regen {
		if err := os.MkdirAll(filepath.Dir(readmeFigure), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(readmeFigure, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got := read(t, readmeFigure); got != string(want) {
		t.Errorf("%s is not the figure of the notebook; go test ./notebooks -regen takes it anew", readmeFigure)
	}
}

// figure returns the PNG of the notebook's output whose text is alt.
func figure(t *testing.T, notebook, alt string) []byte {
	t.Helper()
	var nb struct {
		Cells []struct {
			Outputs []struct {
				Data map[string]json.RawMessage
			}
		}
	}
	if err := json.Unmarshal([]byte(read(t, notebook)), &nb); err != nil {
		t.Fatal(err)
	}
	for _, cell := range nb.Cells {
		for _, output := range cell.Outputs {
			png, ok := output.Data["image/png"]
			if ok && bytes.Contains(output.Data["text/plain"], []byte(alt)) {
				var encoded string
				if err := json.Unmarshal(png, &encoded); err != nil {
					t.Fatal(err)
				}
				decoded, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(encoded, "\n", ""))
				if err != nil {
					t.Fatal(err)
				}
				return decoded
			}
		}
	}
	t.Fatalf("%s has no figure %q", notebook, alt)
	return nil
}

// The README's code is part of a tested example.
func TestReadmeCode(t *testing.T) {
	const source = "pkg/theory/own_rule_example_test.go"
	block := regexp.MustCompile("(?s)<!-- from " + source + " -->\n```go\n(.*?)```").FindStringSubmatch(read(t, readme))
	if block == nil {
		t.Fatalf("%s quotes nothing from %s", readme, source)
	}
	if !strings.Contains(read(t, "../"+source), block[1]) {
		t.Errorf("what %s quotes is not in %s", readme, source)
	}
}

// The README lists every notebook.
func TestReadmeListsNotebooks(t *testing.T) {
	paths, err := filepath.Glob("*.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	text := read(t, readme)
	for _, path := range paths {
		if !strings.Contains(text, "(notebooks/"+path+")") {
			t.Errorf("%s does not list %s", readme, path)
		}
	}
}

// Every Go file that the README or a notebook names is there.
func TestNamedFilesExist(t *testing.T) {
	there := map[string]bool{}
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		there[filepath.Base(path)] = true
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob("*.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(paths, readme) {
		for _, name := range regexp.MustCompile(`\w+\.go\b`).FindAllString(read(t, path), -1) {
			if !there[name] {
				t.Errorf("%s names %s, which is not there", path, name)
			}
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
