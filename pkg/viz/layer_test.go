package viz

import (
	"bytes"
	"testing"

	"gonum.org/v1/plot"
)

// draws returns a figure over [1, 10] × [1, 10].
func draws(t *testing.T, log bool, f func(p *plot.Plot)) []byte {
	t.Helper()
	p := New("x", "y")
	if log {
		LogX(p)
		LogY(p)
	}
	f(p)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 1, 10, 1, 10
	return mustEncode(t, "svg", "alt", p)
}

// On a logarithmic axis an interval that reaches zero or less ends where the axis ends.
func TestIntervalsOnLogAxes(t *testing.T) {
	for _, half := range []float64{1.5, 2, 2.5} { // an error fails the test
		draws(t, true, func(p *plot.Plot) { Points(p, "s", []float64{2}, []float64{2}, []float64{half}, E) })
	}
}

// The scale of a matrix is symmetric, and reaches its largest magnitude of either sign.
func TestScaleOfMatrix(t *testing.T) {
	for _, m := range [][][]float64{{{-3, 1}}, {{-1, 3}}} {
		figure := func(limit float64) []byte { return draws(t, false, func(p *plot.Plot) { Matrix(p, "m", m, limit) }) }
		if !bytes.Equal(figure(0), figure(3)) || bytes.Equal(figure(0), figure(4)) {
			t.Errorf("the scale of %v is not ± 3", m)
		}
	}
}

// What lies outside the axes is not drawn.
func TestOutsideTheAxes(t *testing.T) {
	x, y, half := []float64{2, 20, 5}, []float64{2, 5, 20}, []float64{1, 1, 1} // the first is inside
	figure := func(n int, beyond bool) []byte {
		return draws(t, false, func(p *plot.Plot) {
			Points(p, "points", x[:n], y[:n], half[:n], E)
			Scatter(p, "scatter", x[:n], y[:n], E)
			if beyond {
				HLine(p, 20, "")
				VLine(p, 0.5, "")
			}
		})
	}
	inside := figure(1, false)
	if !bytes.Equal(inside, figure(3, false)) {
		t.Error("points outside are drawn")
	}
	if !bytes.Equal(inside, figure(1, true)) {
		t.Error("reference lines outside are drawn")
	}
}
