package notebook

import (
	"strings"
	"testing"
)

// On another processor last digits may differ; claims, words, counts and the parts
// of figures may not.
func TestDeparture(t *testing.T) {
	output := func(data map[string]any, stdout string) *Notebook {
		return &Notebook{Cells: []*Cell{{Type: "code", Source: "x", Count: 1, Outputs: []Output{
			{Type: "stream", Name: "stdout", Text: stdout}, {Type: "display_data", Data: data}}}}}
	}
	claim := func(got, holds string) map[string]any {
		return map[string]any{ClaimMIME: `{"text":"hits","got":"` + got + `","want":"1","tolerance":"0.1","holds":` + holds + `}`}
	}
	svg := func(s string) map[string]any { return map[string]any{"image/svg+xml": s, "image/png": s} }
	same := claim("1", "true")
	for _, c := range []struct {
		name string
		a, b *Notebook
		want string
	}{
		{"equal", output(same, "x = 3"), output(same, "x = 3"), ""},
		{"last digits", output(claim("0.9999999999", "true"), "x = 0.30000000000000004"), output(claim("1.0000000001", "true"), "x = 0.3"), ""},
		{"rounded", output(same, "2.35 %"), output(same, "2.36 %"), ""},
		{"another number", output(same, "2.35 %"), output(same, "2.45 %"), "committed 2.35, executed 2.45"},
		{"another count", output(same, "3 runs"), output(same, "4 runs"), "committed 3, executed 4"},
		{"large round numbers", output(same, "1e+06"), output(same, "2e+06"), "committed 1e+06"},
		{"other words", output(same, "converged"), output(same, "diverged"), "at character"},
		{"another verdict", output(claim("1", "true"), ""), output(claim("1", "false"), ""), "holds = true, executed false"},
		{"another value", output(claim("1", "true"), ""), output(claim("1.05", "true"), ""), `claim "hits": committed 1, executed 1.05`},
		{"coordinates", output(svg(`<svg><path d="M1.0 2"/></svg>`), ""), output(svg(`<svg><path d="M1.1 2"/></svg>`), ""), ""},
		{"another part", output(svg(`<svg><path d="M1"/></svg>`), ""), output(svg(`<svg><path d="M1"/><path/></svg>`), ""), "path 1, svg 1; executed path 2"},
		{"another label", output(svg(`<svg><text>time</text></svg>`), ""), output(svg(`<svg><text>rate</text></svg>`), ""), "time"},
		{"missing", output(same, ""), output(map[string]any{}, ""), "in one of them only"},
	} {
		d := Departure(c.a, c.b)
		if (c.want == "") != (d == "") || !strings.Contains(d, c.want) {
			t.Errorf("%s: %q, want %q", c.name, d, c.want)
		}
	}
}
