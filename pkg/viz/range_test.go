package viz

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// A range of an axis is drawn, or there is an error that says what is wrong with it; whatever the range, in both ways to a file, and
// soon.
func TestRanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		min, max  float64
		even, log string // the error, or nothing
	}{
		{1, 10, "", ""},
		{1e-300, 1e300, "", ""},
		{-1, 1, "", "its smallest value, -1, is not positive"},
		{0, 1, "", "its smallest value, 0, is not positive"},
		{inf, -inf, "", "has no data"}, // as of an axis without data
		{3, 3, "", "has a single value, 3"},
		{0, 0, "", "has a single value, 0"},
		{10, 1, "", ""},
		{nan, 1, "is [NaN, 1]", "is [NaN, 1]"},
		{0, nan, "is [0, NaN]", "is [0, NaN]"},
		{0, inf, "is [0, +Inf]", "is [0, +Inf]"},
		{-inf, 0, "is [-Inf, 0]", "is [-Inf, 0]"},
		{inf, inf, "is [+Inf, +Inf]", "is [+Inf, +Inf]"},
		{-math.MaxFloat64, math.MaxFloat64, "too wide", "not positive"},
		{0, 5e-324, "too narrow", "not positive"},
		{5e-324, 1e-323, "too narrow", "too narrow"},
		{1e17, 1e17, "too narrow", "has a single value, 1e+17"},
		{1e17, 1e17 + 16, "too narrow", "too narrow"},
		{1, 1 + 1e-15, "too narrow", "too narrow"},
	} {
		for want, log := range map[string]bool{c.even + "\n": false, c.log: true} {
			want = strings.TrimSpace(want)
			p := New("x", "y")
			if log {
				LogY(p)
			}
			p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 1, c.min, c.max
			name := fmt.Sprintf("[%v, %v], logarithmic %v", c.min, c.max, log)
			soon(t, name, func() {
				_, err := Encode("svg", "alt", p)
				if got := fmt.Sprint(err); want == "" && err != nil || !strings.Contains(got, want) {
					t.Errorf("%s: error %s, want %q", name, got, want)
				}
			})
			soon(t, name+", saved by gonum/plot", func() {
				defer func() { recover() }() // a panic is as good as an error
				p.Save(100, 100, filepath.Join(t.TempDir(), "a.svg"))
			})
		}
	}
}

// soon fails the test if f runs for seconds: it would run for ever, and fill the memory.
func soon(t *testing.T, name string, f func()) {
	t.Helper()
	done := make(chan bool)
	go func() {
		defer close(done)
		f()
	}()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatalf("%s: no end", name)
	}
}

// A value that a logarithmic axis cannot show is named when gonum/plot saves the plot, before anything is drawn.
func TestPlainSaveOfZero(t *testing.T) {
	for want, log := range map[string]func(*plot.Plot){
		"an axis is logarithmic and its smallest value, 0, is not positive": LogY,
		"its smallest value, -1, is not positive":                           LogX,
	} {
		p := New("x", "y")
		log(p)
		Line(p, "s", []float64{-1, 1, 2}, []float64{0, 1, 2}, E)
		mustPanic(t, want, func() { p.Save(10*vg.Centimeter, 10*vg.Centimeter, filepath.Join(t.TempDir(), "a.svg")) })
	}
}

// A curve has as many points in each decade of a logarithmic axis; one that was sampled for another axis is an error.
func TestCurveAndLogX(t *testing.T) {
	identity := func(x float64) float64 { return x }
	p := New("x", "y")
	LogX(p)
	first := 0
	Curve(p, "c", 1, 1000, func(x float64) float64 {
		if x < 9.999 {
			first++
		}
		return x
	}, E)
	if first != 67 { // of 201 points over three decades: 200/3, and the first
		t.Errorf("%d points in the first decade", first)
	}
	if _, err := Encode("svg", "alt", p); err != nil {
		t.Error(err)
	}
	late := New("x", "y")
	Curve(late, "c", 1, 1000, identity, E)
	LogX(late)
	if _, err := Encode("svg", "alt", late); err == nil || !strings.Contains(err.Error(), `series "c": LogX must come before Curve`) {
		t.Error(err)
	}
	mustPanic(t, "a curve from 0 to 1", func() { Curve(p, "c", 0, 1, identity, E) })
}
