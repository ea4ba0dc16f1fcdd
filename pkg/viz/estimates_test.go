package viz

import (
	"bytes"
	"testing"

	"gonum.org/v1/plot"
)

type estimate struct{ mean, half float64 }

func (e estimate) Estimate() (mean, half float64) { return e.mean, e.half }

// Estimates are points: the same figure, byte for byte.
func TestEstimatesArePoints(t *testing.T) {
	draw := func(add func(p *plot.Plot)) []byte {
		p := New("x (unit)", "y (unit)")
		add(p)
		return mustEncode(t, "svg", "alt", p)
	}
	x := []float64{1, 2, 3}
	want := draw(func(p *plot.Plot) { Points(p, "a", x[:2], []float64{5, 6}, []float64{0.5, 0}, E) })
	got := draw(func(p *plot.Plot) { Estimates(p, "a", x[:2], []estimate{{5, 0.5}, {6, 0}}, E) })
	if !bytes.Equal(got, want) {
		t.Error("differs from points")
	}
	defer func() {
		if recover() == nil {
			t.Error("two values at one position are drawn")
		}
	}()
	Estimates(New("x (unit)", "y (unit)"), "a", x[:1], []estimate{{5, 0.5}, {6, 0}}, E)
}
