package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// tellsPoints has a figure computed whose drawing is not the published one, as another processor may leave it: what is compared then are the
// points, and no more digits of them are claimed than their tables carry; other points are other outputs.
func (r *reader) tellsPoints(t *testing.T, dir, name string) {
	t.Helper()
	r.open(name, 1280)
	var cells []int
	r.fetch(&cells, given+`.cells.filter(c => c.seconds > 0 && c.seconds < 1 && c.outputs.length === 1 && !c.outputs[0].claim && !c.outputs[0].stream).map(c => c.number)`)
	page, err := os.ReadFile(filepath.Join(dir, name+".html"))
	if err != nil || len(cells) == 0 {
		t.Fatalf("%s: %v, and %d cells that draw one figure quickly", name, err, len(cells))
	}
	other := regexp.MustCompile(`"digest":"[0-9a-f]+-[0-9a-f]+"}`).ReplaceAllString(string(page), `"digest":"0-0"}`)
	table := regexp.MustCompile(`<script type="text/csv">[^<]*</script>`)
	for _, c := range []struct{ page, state, note string }{
		{other, "digits", "0 of 1 figures and tables to the last bit, the points of the others to 6 digits."},
		{table.ReplaceAllString(other, `<script type="text/csv">`+packed(t, "a,b\n1,2\n")+`</script>`), "differs", "not as published: other outputs."},
	} {
		if err := os.WriteFile(filepath.Join(dir, "other.html"), []byte(c.page), 0o600); err != nil {
			t.Fatal(err)
		}
		r.open("other", 1280)
		r.run(cells[0], patience)
		if state, note := r.state(cells[0]); state != c.state || !strings.HasSuffix(note, c.note) {
			t.Errorf("In [%d], drawn otherwise: %s: %s, want %s: %s", cells[0], state, note, c.state, c.note)
		}
	}
}

// packed is the table of a figure as a page has it.
func packed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}
