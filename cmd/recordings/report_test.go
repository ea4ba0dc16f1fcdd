package main

import (
	"bytes"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"credo/internal/notebook"
	"credo/internal/workshop"
	"credo/pkg/model"
	"credo/pkg/recordings"
	"credo/pkg/recordings/generate"
)

// ownFile writes a small file as a laboratory might have it: four cells with
// acetylcholine, four sham cells, one of which was lost early.
func ownFile(t *testing.T, path string) {
	t.Helper()
	var parts []iter.Seq[recordings.Sweep]
	for k, c := range []recordings.Treatment{recordings.ACh, recordings.None} {
		g := generate.Typical()
		g.Treatment, g.Cells, g.Animals, g.Channels, g.Sweeps = c, 4, 4, 4, 3
		g.Prefix, g.Times = []string{"m_", "sham_"}[k], []float64{-15, -5, 5, 60}
		set, err := g.Generate(model.Stream(3, uint64(k)))
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, set.Sweeps())
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := recordings.Write(f, func(yield func(recordings.Sweep) bool) {
		for _, part := range parts {
			for s := range part {
				if s.Status = recordings.Measured; s.Cell == "sham_C4" && s.Time > 0 {
					continue
				}
				if !yield(s) {
					return
				}
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
}

// A file becomes one page with all figures, which says whose it is and not where
// that lay, and is the same again.
func TestReport(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	dir := t.TempDir()
	r := request{file: filepath.Join(dir, "own_data $5$ <1>.csv"), out: filepath.Join(dir, "out")}
	ownFile(t, r.file)
	var pages [2][]byte
	for k := range pages {
		if err := r.publish(t.Context()); err != nil {
			t.Fatal(err)
		}
		var err error
		if pages[k], err = os.ReadFile(filepath.Join(r.out, reportPage)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(pages[0], pages[1]) {
		t.Error("the same file gives another page")
	}
	page := string(pages[0])
	for _, want := range []string{"<title>own_data $5$ &lt;1&gt;.csv", "SHA-256", "measured responses of 8 cells", "inhibition goes to a line", "sham_A4",
		`id="fig-data-tuning"`, `id="fig-data-drift"`, `id="fig-data-line"`, `id="fig-data-course"`, `id="fig-data-correlation"`, `id="fig-data-animals"`, `id="tab-data-power"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	body := regexp.MustCompile(`(?s)<details class="code">.*?</details>`).ReplaceAllString(page[strings.Index(page, "<body>"):strings.Index(page, `<script class="reader">`)], "")
	for _, wrong := range []string{dir, "Generated", "not whole", "MathJax.js", "exit status", "NaN", `href="index.html"`, ".ipynb"} {
		if strings.Contains(body, wrong) {
			t.Errorf("the page has %q", wrong)
		}
	}
	if n := strings.Count(page, `<script type="text/csv">`); n != 6 {
		t.Errorf("data of %d figures, want 6", n)
	}
}

// A file that cannot be read gives a sentence and no page.
func TestReportRefuses(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.csv")
	if err := os.WriteFile(bad, []byte("cell,volume\n1,2\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	for _, args := range [][]string{{bad, "-o", out}, {"-o", out, filepath.Join(dir, "none.csv")}, {bad, bad, "-o", out}, {"-nope"}} {
		if err := report(args); err == nil {
			t.Errorf("%q: %v", args, err)
		}
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a page of a bad file")
	}
}

func md(source string) *notebook.Cell { return &notebook.Cell{Type: "markdown", Source: source} }

func code(source string, tags ...any) *notebook.Cell {
	return &notebook.Cell{Type: "code", Source: source, Metadata: map[string]any{"tags": tags}}
}

// What fails is said on the page; the rest is there.
func TestReportFails(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	nb := notebook.Notebook{Cells: []*notebook.Cell{md("# Title\n\nText."), code("import \"credo/pkg/viz\"\nvar data = flag.String(\"data\", \"\", \"file\")", "parameters"), code("%%\nneverRun()"),
		md("## <a id=\"sec-data\"></a>7. Own\n\nHow to run it."), code("%%\nfmt.Println(\"read\", *data)"), code("%%\nviz.Claim(\"one is two\", 1, 2, 0)"), code("%%\nfmt.Println(\"✗ no such thing\")\nos.Exit(1)"),
		md("### <a id=\"fig-data-line\"></a>Part\n\n[Section](#sec-x), [that](04_b.ipynb#fig-x), [this](#fig-data-line) and [DOI](https://doi.org/10.1/2)."), md("## Next")}}
	nb.Normalise()
	s, err := cut(&nb, "sec-data")
	if err != nil || s.number != "7" || len(s.cells) != 4 {
		t.Fatal(s, err)
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	shop, err := workshop.New(root, root)
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	workshop.Settle()
	wrong, err := s.run(t.Context(), shop, notebook.Source{Path: filepath.Join(root, "notebooks", "x.ipynb"), Label: "x.ipynb", Name: "x", Notebook: nb}, []string{"--data=mine"})
	if err != nil || len(wrong) != 2 {
		t.Fatal(wrong, err)
	}
	bad := filepath.Join(t.TempDir(), "bad.csv")
	ownFile(t, bad)
	text, err := s.page(root, request{file: bad, generated: true}, wrong)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"read mine", "This page is not whole", "one is two", "no such thing", "<strong>Generated.</strong>", "Section, that, <a", `<h2 id="fig-data-line">`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the page has no %q in %s", want, text[bytes.Index(text, []byte("<main")):bytes.Index(text, []byte("</main"))])
		}
	}
	if strings.Contains(string(text), "neverRun") {
		t.Error("more than the section")
	}
	if _, err := cut(&nb, "sec-other"); err == nil {
		t.Error("no error without the section")
	}
}

// The page draws no mathematics, so the section has none.
func TestSectionHasNoFormulas(t *testing.T) {
	sources, err := notebook.Find("../..", "../..", reportBook)
	if err != nil {
		t.Fatal(err)
	}
	s, err := cut(&sources[0].Notebook, reportSection)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range alone(s.cells) {
		if c.Type == "markdown" && (strings.ContainsAny(c.Source, "$") || strings.Contains(c.Source, `\(`)) {
			t.Errorf("a formula: %.200s", c.Source)
		}
	}
}
