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

// Texts with scripts and without have boxes of one height, in which the digits of the scripts have room, to a hundredth of the font's size.
func TestBoxHoldsScripts(t *testing.T) {
	f := font.From(sans, 10)
	_, h, d := maths.Box("x", f)
	for _, txt := range []string{"$x^2$", "$x_2$"} {
		if _, h2, d2 := maths.Box(txt, f); h2 != h || d2 != d {
			t.Errorf("%s: height %v and depth %v, of x %v and %v", txt, h2, d2, h, d)
		}
		script := runs(txt)[1]
		face := script.face(f)
		spell(face, "0123456789", func(g glyph, _ int) {
			for _, e := range g.outline() {
				y := -float64(e.Pos.Y) / float64(face.Face.UnitsPerEm()) // of the font, whose y axis points down
				if at := script.raise + script.scale*y; at > h.Points()/10+0.01 || at < -d.Points()/10-0.01 {
					t.Errorf("%s: a digit reaches %v", txt, at)
				}
			}
		})
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
