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

// A hyphen becomes a minus sign where it is one.
func TestMinuses(t *testing.T) {
	for s, want := range map[string]string{
		"-1": "−1", "b = -0.5, -.5": "b = −0.5, −.5", "1e-05": "1e−05", "(-3)": "(−3)", "-∞": "−∞",
		"1-2": "1-2", "E-I": "E-I", "top-1": "top-1", "P/N -1": "P/N −1", "a - b": "a - b", "--1": "--1", "x)-1": "x)-1",
	} {
		if got := minuses(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
	if got := runs("at -1, $a-b$")[1:]; got[1].text != "−" {
		t.Errorf("%v", got)
	}
}
