package main

import (
	"strings"
	"testing"

	"credo/internal/notebook"
)

func TestIndex(t *testing.T) {
	nb := Index([]Page{{Entry: Entry{
		Name: "01_x", Title: "One $w$", Abstract: "The abstract.", Thumbnails: []string{"iVBO"},
		Claims: []notebook.Claim{
			{Text: "a < b", Got: "0.12345678", Want: "0.1", Tolerance: "0.05", Holds: true},
			{Text: "c", Got: "NaN", Low: "-Inf", High: "0.33333333333"},
		},
	}}}, nil, map[string]string{"go": "go1.26", "credo": "unknown"})
	text := nb.Cells[0].Source
	for _, part := range []string{
		"Of 2 claims 1 hold", "## [One $w$](01_x.html)", "The abstract.", "data:image/png;base64,iVBO", "01_x.pdf",
		"<td>a &lt; b</td>", `<td title="0.12345678">0.1235</td><td>0.1</td><td>0.05</td>`, "✓",
		"<td>at most 0.3333</td>", "✗", "go1.26", "credo unknown",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in\n%s", part, text)
		}
	}
}
