package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"credo/internal/notebook"
	"credo/internal/page"
	"credo/internal/workshop"
)

// The program is the same bytes again, is not built again where nothing has changed,
// leaves out a notebook with a sentence, and a failing one without.
func TestBind(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, ".bin", "goimports")); err != nil {
		t.Skip(err)
	}
	chapter := func(name string, sources ...string) (c page.Chapter) {
		c.Name = name
		for i, s := range sources {
			c.Cells = append(c.Cells, &notebook.Cell{Type: "code", Source: s, Count: i + 1, Metadata: map[string]any{}})
		}
		return c
	}
	out := t.TempDir()
	bind := func(old Bound, ed Edition, chapters ...page.Chapter) (Bound, []byte, *page.Book, string) {
		t.Helper()
		shop, err := workshop.New(root, root)
		if err != nil {
			t.Fatal(err)
		}
		defer shop.Close()
		var said strings.Builder
		p := Publisher{Shop: shop, Progress: workshop.NewProgress(&said)}
		b := page.NewBook(page.Book{Chapters: chapters})
		bound, text := p.Bind(t.Context(), out, old, b, ed)
		p.Progress.Close()
		return bound, text, b, said.String()
	}
	one, two := chapter("01_a", `var n = flag.Int("n", 1, "a number")`, "%% --n=2\nprintln(*n)"), chapter("02_b", "%%\nprintln(2)")
	bound, text, b, said := bind(Bound{}, Edition{}, one, two, chapter("03_c", "%%\n!date"))
	if len(bound.Chapters) != 2 || bound.Sum != digest(text) || !strings.Contains(said, `03_c: its cells do not run in a reader's browser: the cell In [1], line 2: "!date"`) {
		t.Fatalf("%v: %s", bound, said)
	}
	if r := b.Chapters[0].Run; r == nil || len(r.Cells) != 1 || r.Cells[0].Number != 2 || r.Cells[0].Args[0] != "--n=2" || b.Chapters[2].Run != nil {
		t.Errorf("%+v", r)
	}
	if b.Explorer == nil || b.Explorer.Digest != bound.Key || b.Explorer.Size != len(text) || len(b.Explorer.Controls) == 0 {
		t.Errorf("%+v", b.Explorer)
	}
	if again, same, _, _ := bind(Bound{}, Edition{}, one, two); !bytes.Equal(same, text) || again.Key != bound.Key {
		t.Error("the same notebooks give other bytes")
	}
	if err := os.WriteFile(filepath.Join(out, page.ProgramName), text, 0o600); err != nil {
		t.Fatal(err)
	}
	if kept, none, b, said := bind(bound, Edition{}, one, two); none != nil || kept.Sum != bound.Sum || b.Chapters[1].Run == nil || said != "" {
		t.Errorf("built again: %s", said)
	}
	if other, _, _, _ := bind(bound, Edition{Go: "another"}, two); other.Key == bound.Key || len(other.Chapters) != 1 {
		t.Errorf("%+v", other)
	}
	if failed, _, b, said := bind(bound, Edition{Failed: []notebook.Source{{Name: "02_b"}}}, one, two); len(failed.Chapters) != 1 || b.Chapters[1].Run != nil || strings.Contains(said, "02_b") {
		t.Errorf("%+v: %s", failed, said)
	}
	if none, text, b, said := bind(bound, Edition{}, one, chapter("02_b", "%%\nnosuchname()")); none.Key != "" || text != nil || b.Chapters[0].Run != nil || b.Explorer != nil || !strings.Contains(said, "published without the program") {
		t.Errorf("%+v: %s", none, said)
	}
}

func TestSeconds(t *testing.T) {
	source := "%%\nprintln(1)"
	s, err := ReadSeconds(strings.NewReader("notebook,cell,digest,seconds\n01_a,7," + sourceDigest(source) + ",12\n"))
	c := page.Chapter{Name: "01_a", Cells: []*notebook.Cell{{Type: "code", Source: source, Count: 3}, {Type: "code", Source: "%%", Count: 4}}}
	if by := s.of(c); err != nil || len(by) != 1 || by[3] != 12 {
		t.Errorf("%v, %v: want 12 s of In [3], wherever it stood", by, err)
	}
	for _, text := range []string{"", "a,b,c,d\n", "notebook,cell,digest,seconds\na,1,d,-1\n", "notebook,cell,digest,seconds\na,1,d\n"} {
		if _, err := ReadSeconds(strings.NewReader(text)); err == nil {
			t.Errorf("%q is read", text)
		}
	}
	for v, want := range map[float64]float64{12.34: 12, 1.04: 1, 123: 120, 0.96: 0.96} {
		if got := round(v); got < want*(1-1e-9) || got > want*(1+1e-9) {
			t.Errorf("%v is rounded to %v, want %v", v, got, want)
		}
	}
}
