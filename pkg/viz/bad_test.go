package viz

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot"
)

func mustPanic(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got := fmt.Sprint(recover()); !strings.Contains(got, want) {
			t.Errorf("panic %q, want %q", got, want)
		}
	}()
	f()
}

// Data that are not finite, or that cannot be seen, are an error that names the series and the index, in either format.
func TestBadData(t *testing.T) {
	ok, bad := []float64{0, 1, 2}, []float64{0, 1, nan}
	z := [][]float64{{0, 1, 2}, {0, inf, 2}, {0, 1, 2}}
	for _, c := range []struct {
		want string
		draw func(p *plot.Plot)
	}{
		{`series "s": y[2] = NaN is not finite`, func(p *plot.Plot) { Line(p, "s", ok, bad, E) }},
		{`series "s": x[1] = -Inf is not finite`, func(p *plot.Plot) { Steps(p, "s", []float64{0, -inf, 1}, ok, E) }},
		{`series "s": y[0] = NaN`, func(p *plot.Plot) { Curve(p, "s", 0, 1, func(x float64) float64 { return math.Log(x - 1) }, E) }},
		{`series "s": half[2] = NaN`, func(p *plot.Plot) { Points(p, "s", ok, ok, bad, E) }},
		{`series "s": half[1] = -1 is negative`, func(p *plot.Plot) { Points(p, "s", ok, ok, []float64{0, -1, 0}, E) }},
		{`series "s": half[0] = -2 is negative`, func(p *plot.Plot) { Band(p, "s", ok, ok, []float64{-2, 0, 0}, E) }},
		{`series "s": y[2] = NaN`, func(p *plot.Plot) { Band(p, "s", ok, bad, ok, E) }},
		{`series "s": x[2] = NaN`, func(p *plot.Plot) { Scatter(p, "s", bad, ok, E) }},
		{`series "a and b": y[2] = NaN`, func(p *plot.Plot) { Classes(p, ok, bad, make([]bool, 3), "a", "b") }},
		{`series "s": values[2] = NaN`, func(p *plot.Plot) { Histogram(p, "s", bad, ok, E) }},
		{`series "s": values[0] = -1 is outside the bins, [0, 2]`, func(p *plot.Plot) { Histogram(p, "s", []float64{-1}, ok, E) }},
		{`series "s": z[1][1] = +Inf`, func(p *plot.Plot) { Heat(p, "s", ok, ok, z, 0, 0) }},
		{`map "s": z[0][2] = 2 is outside [0, 1]`, func(p *plot.Plot) { Heat(p, "s", ok, ok, z, 0, 1) }},
		{`map "s": z[0][0] = 0 is outside [1, 3]`, func(p *plot.Plot) { Heat(p, "s", ok, ok, z, 1, 3) }},
		{`series "s": z[1][1] = +Inf`, func(p *plot.Plot) { Matrix(p, "s", z, 0) }},
		{`field "s" is (NaN, 0) at (0.5, 0.5)`, func(p *plot.Plot) {
			Field(p, "s", 0, 1, 0, 1, 1, func(x, y float64) (float64, float64) { return nan, 0 }, E)
		}},
		{`reference line "s": NaN`, func(p *plot.Plot) { HLine(p, nan, "s") }},
		{`reference line "s": +Inf`, func(p *plot.Plot) { VLine(p, inf, "s") }},
		{`series "s": slope and offset[1] = NaN`, func(p *plot.Plot) { Diagonal(p, "s", 1, nan) }},
		{`series "s": x and y[0] = NaN`, func(p *plot.Plot) { Note(p, nan, 0, "s") }},
		{`series "s": y[2] = NaN`, func(p *plot.Plot) { Boundary(p, "s", ok, bad, E) }},
		{`the range of the y axis is [NaN, 2]`, func(p *plot.Plot) { Line(p, "s", ok, ok, E); p.Y.Min = nan }},
		{`the x axis is logarithmic and its smallest value, 0, is not positive`, func(p *plot.Plot) { LogX(p); Line(p, "s", ok, ok, E) }},
		{`the font has no character '∝', in the text "y ∝ x"`, func(p *plot.Plot) { p.Title.Text = "y ∝ x" }},
		{`"s" needs linear axes`, func(p *plot.Plot) {
			LogX(p)
			Heat(p, "s", []float64{1, 2}, []float64{1, 2}, [][]float64{{1, 2}, {3, 4}}, 0, 0)
		}},
		{`"s" needs linear axes`, func(p *plot.Plot) {
			LogX(p)
			Field(p, "s", 1, 2, 1, 2, 3, func(x, y float64) (float64, float64) { return x, y }, E)
		}},
		{`"s" needs linear axes`, func(p *plot.Plot) {
			LogY(p)
			Heat(p, "s", []float64{1, 2}, []float64{1, 2}, [][]float64{{1, 2}, {3, 4}}, 0, 0)
		}},
		{`series "s": x[1] = NaN is not finite`, func(p *plot.Plot) { Dots(p, "s", []string{"a", "b"}, []float64{0, nan}, nil, E) }},
		{`series "s": half[0] = -1 is negative`, func(p *plot.Plot) { Dots(p, "s", []string{"a"}, []float64{0}, []float64{-1}, E) }},
		{`series "s": limits[1] = NaN`, func(p *plot.Plot) { Heat(p, "s", ok, ok, z[:3], 0, nan) }},
		{`series "s": x[2] = NaN`, func(p *plot.Plot) { Heat(p, "s", bad, ok, z, 0, 1) }},
		{`series "s": limits[0] = NaN`, func(p *plot.Plot) { Matrix(p, "s", z[:1], nan) }},
		{`series "s": limits[0] = -Inf`, func(p *plot.Plot) { Matrix(p, "s", z[:1], inf) }},
		{`series "s": edges[2] = NaN`, func(p *plot.Plot) { Histogram(p, "s", ok, bad, E) }},
		{`series "s": ylow[0] = NaN`, func(p *plot.Plot) { Estimates(p, "s", ok[:1], []estimate{{1, nan}}, E) }},
		{`0 is not positive and stands on a logarithmic axis`, func(p *plot.Plot) { LogY(p); Line(p, "s", ok, ok, E); p.Y.Min = 0.1 }},
		{"wider than its panel", func(p *plot.Plot) { Line(p, strings.Repeat("long", 60), ok, ok, E) }},
	} {
		p := New("x", "y")
		c.draw(p)
		for _, format := range []string{"svg", "pdf"} {
			if b, err := Encode(format, "alt", p); err == nil || !strings.Contains(err.Error(), c.want) || b != nil {
				t.Errorf("%s: %d bytes, error %v, want %q", format, len(b), err, c.want)
			}
		}
	}
}

// Mistakes that a reader of the call can see are panics that name both sides.
func TestBadCalls(t *testing.T) {
	two, three := []float64{0, 1}, []float64{0, 1, 2}
	p := New("x", "y")
	for want, f := range map[string]func(){
		`series "s": 3 values of y for 2 of x`:             func() { Line(p, "s", two, three, E) },
		`series "s": 2 values of half for 3 of x`:          func() { Points(p, "s", three, three, two, E) },
		`series "t": 3 values of half for 2 of x`:          func() { Band(p, "t", two, two, three, E) },
		`series "a" and "b": 1 classes for 2 of x`:         func() { Classes(p, two, two, []bool{true}, "a", "b") },
		`map "m": 2 rows for 3 of y`:                       func() { Heat(p, "m", two, three, [][]float64{two, two}, 0, 0) },
		`map "m": row 1 has 3 values for 2 of x`:           func() { Heat(p, "m", two, two, [][]float64{two, three}, 0, 0) },
		`heat map "m": x and y must ascend`:                func() { Heat(p, "m", []float64{1, 0}, two, [][]float64{two, two}, 0, 0) },
		`matrix "m" of 0 rows has no cell`:                 func() { Matrix(p, "m", nil, 0) },
		`series "h": 1 edges of bins`:                      func() { Histogram(p, "h", two, []float64{0}, E) },
		`0 bins`:                                           func() { Edges(0, two) },
		`field "f" of 0 × 0 arrows`:                        func() { Field(p, "f", 0, 1, 0, 1, 0, nil, E) },
		`"f" over [1, 0] × [0, 1]`:                         func() { Level(p, "f", 1, 0, 0, 1, nil, E) },
		`series "c": a curve from 0 to +Inf`:               func() { Curve(p, "c", 0, inf, math.Sqrt, E) },
		`series "c": a curve from 1 to 1`:                  func() { Curve(p, "c", 1, 1, math.Sqrt, E) },
		`series "s": 2 labels for 3 of x`:                  func() { Dots(p, "s", []string{"a", "b"}, three, nil, E) },
		`panel 1 of 2 is nil`:                              func() { Encode("svg", "alt", p, nil) },
		`has no value, or one that is not finite: [1 NaN]`: func() { FramePanels("r", []float64{1, nan}, nil, "alt") },
		`x and y must ascend`:                              func() { Heat(p, "m", two, two, [][]float64{two, two}, 1, 0) },
		`2 edges of bins, which must ascend: [0 0]`:        func() { Histogram(p, "h", nil, []float64{0, 0}, E) },
		`"f" over [0, NaN]`:                                func() { Level(p, "f", 0, nan, 0, 1, nil, E) },
		`"f" over [0, +Inf]`:                               func() { Field(p, "f", 0, inf, 0, 1, 3, nil, E) },
		`slider "r" has no value`:                          func() { FramePanels("r", nil, nil, "alt") },
	} {
		mustPanic(t, want, f)
	}
}

func TestEncodeWithoutPanelOrFormat(t *testing.T) {
	if _, err := Encode("svg", "alt"); err == nil || err.Error() != "viz: no panel to draw" {
		t.Error(err)
	}
	if _, err := Encode("gif", "alt", New("x", "y")); err == nil || err.Error() != `viz: format "gif" is none of svg, pdf, png and csv` {
		t.Error(err)
	}
}

// Empty data are drawn as nothing: a class may have no member.
func TestEmptyData(t *testing.T) {
	p := New("x", "y")
	Line(p, "l", nil, nil, E)
	Points(p, "p", nil, nil, nil, E)
	Band(p, "b", nil, nil, nil, E)
	Classes(p, []float64{1}, []float64{1}, []bool{true}, "one", "none")
	Histogram(p, "h", nil, Edges(3), E)
	Level(p, "nowhere", 0, 1, 0, 1, func(x, y float64) float64 { return 1 }, E)
	if _, err := Encode("svg", "alt", p); err != nil {
		t.Error(err)
	}
}
