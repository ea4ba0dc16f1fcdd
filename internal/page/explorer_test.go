package page

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"credo/internal/notebook"
)

// Where there is an explorer it has a page, and the others have links to it; where there
// is none no page speaks of it.
func TestExplorer(t *testing.T) {
	b := two(first, second)
	b.Chapters[0].Cells = append(b.Chapters[0].Cells, &notebook.Cell{Type: "code", Count: 1, Source: "%%", Outputs: []notebook.Output{
		{Data: map[string]any{"text/html": `<div data-explorer="#b=0.03&amp;load=1"><p><a href="/static/explore.html">x</a></p><iframe src="/static/explore.html"></iframe></div>`}}}})
	for _, e := range []*Explorer{nil, {Digest: "d", Size: 7890000, Channels: 200, Duration: 400, Controls: []Range{{Name: "offset", Symbol: "b", Default: 0.05, Low: -0.2, High: 0.8}}}} {
		book := NewBook(b)
		book.Explorer = e
		chapter, err := book.Render("03_a", "")
		if err != nil {
			t.Fatal(err)
		}
		front, err := book.Front("# Book\n", nil, nil, "", "")
		if err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string][]byte{"chapter": chapter, "front": front} {
			if got := bytes.Contains(text, []byte(`href="explore.html`)); got != (e != nil) {
				t.Errorf("%s: a link to the explorer: %v, of %v", name, got, e)
			}
			if bytes.Contains(text, []byte("/static/")) || bytes.Contains(text, []byte("<iframe")) {
				t.Errorf("%s: what is Jupyter's has stayed", name)
			}
		}
		if e == nil {
			continue
		}
		if !bytes.Contains(chapter, []byte(`<a href="explore.html#b=0.03&amp;load=1">`)) {
			t.Error("the link has lost its values")
		}
		text, err := book.Explore()
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(text), `<script class="run" type="application/json">`)
		data, _, _ := strings.Cut(rest, "</script>")
		var got exploring
		if err := json.Unmarshal([]byte(data), &got); err != nil || got.Digest != "d" || got.Program != ProgramName || got.Chapter != ExplorerName || got.Controls[0].Default != "0.05" || got.Controls[0].Low != -0.2 {
			t.Errorf("%+v, %v", got, err)
		}
		for _, want := range []string{"loads the program (7.9 MB)", "<noscript>", "on 200 channels", `aria-current="page"`} {
			if !strings.Contains(string(text), want) {
				t.Errorf("the page has no %s", want)
			}
		}
	}
}
