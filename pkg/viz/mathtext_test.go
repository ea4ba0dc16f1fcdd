package viz

import (
	"fmt"
	"testing"

	"gonum.org/v1/plot/font"
)

func TestRuns(t *testing.T) {
	show := func(line string) (s string) {
		for _, r := range runs(line) {
			mark := map[bool]string{true: "i", false: "u"}[r.italic]
			s += fmt.Sprintf("%s%+.2f[%s]", mark, r.raise, r.text)
		}
		return s
	}
	for line, want := range map[string]string{
		"plain":              "u+0.00[plain]",
		"current $i_E$ (mV)": "u+0.00[current ]i+0.00[i]u-0.18[E]u+0.00[ (mV)]",
		"$w_{max}$":          "i+0.00[w]u-0.18[max]",
		"$M_{μν}^2$":         "i+0.00[M]i-0.18[μν]u+0.36[2]",
		"$10^{−3}$":          "u+0.00[10]u+0.36[−3]",
		"$P/N = α$":          "i+0.00[P]u+0.00[/]i+0.00[N]u+0.00[ = ]i+0.00[α]",
		"costs $5":           "u+0.00[costs ]u+0.00[$5]",
		"$x_$":               "i+0.00[x]u+0.00[_]",
		"$x_{y$":             "i+0.00[x]u-0.18[{]i+0.00[y]",
		"":                   "",
	} {
		if got := show(line); got != want {
			t.Errorf("%q: %s, want %s", line, got, want)
		}
	}
}

// Scripts reach beyond the line, and the box knows it.
func TestBoxHoldsScripts(t *testing.T) {
	f := font.From(sans, 10)
	_, h, d := maths.Box("x", f)
	_, h2, _ := maths.Box("$x^2$", f)
	_, _, d2 := maths.Box("$x_2$", f)
	if h2 <= h || d2 <= d {
		t.Errorf("height %v and %v with superscript, depth %v and %v with subscript", h, h2, d, d2)
	}
}
