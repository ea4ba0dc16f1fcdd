package main

import (
	"strings"
	"testing"

	"credo/internal/notebook"
)

func TestEmbedImages(t *testing.T) {
	dir := t.TempDir()
	write(t, dir+"/a b.png", "PNG")
	nb := &notebook.Notebook{Cells: []*notebook.Cell{{Type: "markdown"}, {Type: "markdown", Source: "![x](c.png)"}}}
	page, err := EmbedImages(`<img alt="x" src="a%20b.png"><code><img src="b.png"></code><img src="data:x"><img src="https://e.org/a.png">`, dir, nb)
	want := `<img alt="x" src="data:image/png;base64,UE5H"><code><img src="b.png"></code><img src="data:x"><img src="https://e.org/a.png">`
	if err != nil || page != want {
		t.Errorf("%s, %v", page, err)
	}
	if _, err := EmbedImages(`<img src="c.png">`, dir, nb); err == nil || !strings.Contains(err.Error(), "cell 2: the image c.png cannot be read") {
		t.Errorf("%v", err)
	}
}

// A PDF keeps its length, whatever its date.
func TestDated(t *testing.T) {
	pdf := "%PDF /CreationDate (D:20260101000000+00'00') /ModDate (D:20260101000000+00'00') end"
	for date, want := range map[string]string{
		"20250203040506": "%PDF /CreationDate (D:20250203040506+00'00') /ModDate (D:20250203040506+00'00') end",
		"":               "%PDF " + strings.Repeat(" ", 39) + " " + strings.Repeat(" ", 34) + " end",
	} {
		if got := string(dated([]byte(pdf), date)); got != want || len(got) != len(pdf) {
			t.Errorf("%q: %q", date, got)
		}
	}
}

// Parts of a PDF are numbered from 1 in the order in which they are named, and the
// length stays.
func TestRenumbered(t *testing.T) {
	got := string(renumbered([]byte("/ID (node00004711) /ID (node00000012) [(node00004711) (node00000012)]")))
	if want := "/ID (node00000001) /ID (node00000002) [(node00000001) (node00000002)]"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// On paper only links within the page and to the network are links.
func TestOtherPages(t *testing.T) {
	for page, want := range map[string]string{
		`<a href="02_x.html#fig-a">x</a>`:            `<a>x</a>`,
		`<a class="next" href="index.html">x</a>`:    `<a class="next">x</a>`,
		`<a href="#fig-a">x</a>`:                     `<a href="#fig-a">x</a>`,
		`<a href="https://doi.org/10.1/x#y">x</a>`:   `<a href="https://doi.org/10.1/x#y">x</a>`,
		`<link rel="x" href="x.css"><a id="p">x</a>`: `<link rel="x" href="x.css"><a id="p">x</a>`,
	} {
		if got := otherPages.ReplaceAllString(page, "$1"); got != want {
			t.Errorf("%s: %s, want %s", page, got, want)
		}
	}
}
