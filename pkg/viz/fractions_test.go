package viz

import (
	"math"
	"strings"
	"testing"
)

// The ends of the interval solve (m − q)² = u q(1 − q), with u = h²/m(1 − m), and lie in [0, 1].
func TestFractions(t *testing.T) {
	for _, c := range []estimate{{0.5, 0.1}, {0.01, 0.02}, {0.99, 0.5}, {0.3, 1e-9}, {1e-12, 1e-3}} {
		r := Fractions([]estimate{c})[0]
		u := c.half * c.half / (c.mean * (1 - c.mean))
		for _, q := range []float64{r.Low, r.High} {
			if d := (c.mean-q)*(c.mean-q) - u*q*(1-q); math.Abs(d) > 1e-12*(1+u) || q < 0 || q > 1 {
				t.Errorf("%v: an end at %v, where the difference is %v", c, q, d)
			}
		}
		if !(r.Low <= c.mean && c.mean <= r.High) || r.Value != c.mean {
			t.Errorf("%v: %v", c, r)
		}
	}
	// A short interval is m ± h.
	if r := Fractions([]estimate{{0.3, 1e-4}})[0]; math.Abs(r.Low-0.2999) > 1e-7 || math.Abs(r.High-0.3001) > 1e-7 {
		t.Error(r)
	}
	// With the scatter of n coins, h = z√(m(1−m)/n), they are Wilson's own: for 2 of 10 at 95 percent his formula has
	// (0.2 + z²/20 ± z√(0.016 + z²/400))/(1 + z²/10), which is 0.0567 to 0.5098.
	h := 1.959964 * math.Sqrt(0.2*0.8/10)
	if r := Fractions([]estimate{{0.2, h}})[0]; math.Abs(r.Low-0.0567) > 5e-5 || math.Abs(r.High-0.5098) > 5e-5 {
		t.Error(r)
	}
	for _, m := range []float64{0, 1, 0.5} {
		if r := Fractions([]estimate{{m, 0}})[0]; r != (Range{m, m, m}) {
			t.Errorf("%v without scatter: %v", m, r)
		}
	}
}

// What is no fraction is not drawn, nor is an interval that does not hold its value.
func TestWrongFractions(t *testing.T) {
	for want, values := range map[string][]Range{
		`series "s": ylow[0] = NaN is not finite`:          Fractions([]estimate{{1.1, 0.1}}),
		`series "s": ylow[0] = NaN`:                        Fractions([]estimate{{0.5, nan}}),
		`series "s": the interval [1, 3] about 0, value 0`: {{0, 1, 3}},
		`series "s": ylow[0] = -Inf`:                       {{0, -inf, 1}},
	} {
		p := New("x", "y")
		Estimates(p, "s", []float64{1}, values, E)
		if _, err := Encode("svg", "alt", p); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// Rows of estimates are dots: the same data.
func TestEstimateDots(t *testing.T) {
	p, q, labels := New("x", ""), New("x", ""), []string{"a", "b"}
	EstimateDots(p, "s", labels, []estimate{{1, 0.5}, {2, 0.25}}, E)
	Dots(q, "s", labels, []float64{1, 2}, []float64{0.5, 0.25}, E)
	if a, b := table(t, p), table(t, q); a != b {
		t.Errorf("%s, dots are\n%s", a, b)
	}
}
