package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"credo/internal/notebook"
	"credo/internal/workshop"
)

// What an earlier publication made and this one does not is removed; what no
// publication made, and what lies elsewhere, is left alone.
func TestReplace(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	first := map[string][]byte{"01_a.html": []byte("a"), "02_b.html": []byte("b")}
	if err := replace(out, first, []byte(`{"outputs": {"01_a.html": "", "02_b.html": "", "../kept.txt": ""}}`), listed(first)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(dir, "kept.txt"), filepath.Join(out, "own.txt")} {
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	second := map[string][]byte{"01_a.html": []byte("new")}
	if err := replace(out, second, []byte(`{"outputs": {"01_a.html": ""}}`), listed(second)); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{"out/01_a.html": true, "out/02_b.html": false, "out/own.txt": true, "kept.txt": true, "out/manifest.json": true} {
		if _, err := os.Stat(filepath.Join(dir, path)); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", path, err == nil, want)
		}
	}
	if text, _ := os.ReadFile(filepath.Join(out, "01_a.html")); string(text) != "new" {
		t.Errorf("01_a.html is %q", text)
	}
}

func listed(files map[string][]byte) map[string]string {
	sums := map[string]string{}
	for name, text := range files {
		sums[name] = digest(text)
	}
	return sums
}

// The whole way of the fixture through the real kernel and the real browser. It
// is skipped, and says why, where set-up has not been run.
func TestSupplement(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	shop, p := browser(t)
	root := shop.Root
	converter, err := locateJupyter()
	if err := errors.Join(workshop.LocateKernel(root), err); err != nil {
		t.Skip(err)
	}

	// The execution is the committed one, to the byte.
	list, err := notebook.Find(root, filepath.Join(root, "cmd", "supplement"), "../../internal/notebook/testdata/*.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	cells := 0
	j := Job{Source: list[0], Check: true, Failed: t.TempDir(), Progress: p.Progress,
		Execution: Execution{Shop: shop, Nbconvert: converter, Limit: time.Minute}}
	result, err := j.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if cells = len(list[0].Running()); cells != 8 {
		t.Errorf("%d cells", cells)
	}

	out := t.TempDir()
	if err := os.WriteFile(filepath.Join(out, "manifest.json"), []byte(`{"outputs": {"00_gone.html": "", "../kept": ""}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"00_gone.html", "own.txt"} {
		if err := os.WriteFile(filepath.Join(out, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	library, err := ReadLibrary(root, root, list)
	if err != nil {
		t.Fatal(err)
	}
	edition := Edition{Results: []Result{result}, Whole: true, Commit: ReadCommit(root), Inputs: map[string]string{"in": "0"}, Library: library}
	if err := p.Publish(t.Context(), out, edition); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(out, "*"))
	if len(files) != 11 { // page, PDF, notebook, program, explorer, front page, its data, search, claims, manifest, and the stranger's file
		t.Errorf("files %q", files)
	}
	var m Manifest
	text, err := os.ReadFile(filepath.Join(out, "manifest.json"))
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err != nil || len(m.Outputs) != 9 || len(m.Notebooks) != 1 || m.Notebooks[0].Parameters[1].Name != "seed" {
		t.Errorf("manifest %+v, %v", m, err)
	}
	for name, sum := range m.Outputs {
		if text, err := os.ReadFile(filepath.Join(out, name)); err != nil || digest(text) != sum {
			t.Errorf("%s is not what the manifest says", name)
		}
	}

	// The page: formulas drawn, figure with words, no script but the reader's, that
	// which runs cells, in two parts, with what it is given, and that of the slider (which stands there twice: once in its cell, once at work).
	text, err = os.ReadFile(filepath.Join(out, "01_fixture.html"))
	if err != nil {
		t.Fatal(err)
	}
	html := string(text)
	for part, want := range map[string]int{
		`class="MathJax_SVG"`: 13, "<script": 4, "MathJax.Hub": 0, "file://": 0, `aria-label="cos² x over two periods"`: 1, `oninput="for`: 2,
		"<title>1. A fixture: the mean of a cosine – The notebooks of credo</title>": 1, "data-typeset": 0, "<details>": 2,
	} {
		if n := strings.Count(html, part); n != want {
			t.Errorf("%d times %s in the page, want %d", n, part, want)
		}
	}

	// The slider works in the published page, without kernel and network.
	moved := strings.Replace(html, "</body>", `<script>
const s = document.querySelector(".output input[type=range]");
s.value = 3; s.dispatchEvent(new Event("input"));
for (const f of document.querySelectorAll(".frames svg")) if (f.style.display != "none") document.body.dataset.shown = f.dataset.k;
</script></body>`, 1)
	path := shop.Path("moved.html")
	if err := os.WriteFile(path, []byte(moved), 0o600); err != nil {
		t.Fatal(err)
	}
	dom, err := p.Browser.run(t.Context(), "--dump-dom", "file://"+path)
	if err != nil || !strings.Contains(string(dom), `data-shown="3"`) {
		t.Errorf("the slider does not move the frames: %v", err)
	}

	// What TeX cannot read stops the publication and is named.
	bad := list[0]
	bad.Cells = append([]*notebook.Cell{{Type: "markdown", ID: "a", Source: `$\nosuchmacro$`}}, bad.Cells...)
	if library, err = ReadLibrary(root, root, []notebook.Source{bad}); err != nil {
		t.Fatal(err)
	}
	wrong, err := p.Probe(t.Context(), library, []notebook.Source{bad})
	if err != nil || wrong[bad.Name] == nil || !strings.Contains(wrong[bad.Name].Error(), "nosuchmacro") {
		t.Errorf("%v, %v: want one that names the macro", wrong, err)
	}
}
