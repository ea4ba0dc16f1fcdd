package viz

import (
	"fmt"
	"testing"
)

// Never colour alone: no two codes share dashes and marker, and those that share a colour differ in both.
func TestCodesDifferWithoutColour(t *testing.T) {
	for i, a := range codes {
		for j, b := range codes[:i] {
			sameDashes, sameMarker := fmt.Sprint(a.dashes) == fmt.Sprint(b.dashes), a.marker == b.marker
			bothDiscs := (Code(i) == One && Code(j) == E) // a target class and a kind of synapse: never in one panel
			if sameDashes && sameMarker && !bothDiscs || a.rgb == b.rgb && (sameDashes || sameMarker) {
				t.Errorf("codes %d and %d", i, j)
			}
		}
	}
}

// The luminance of viridis rises all along, so that the map survives a grey printer.
func TestViridisRises(t *testing.T) {
	last := -1.0
	for i := 0.0; i <= 64; i++ { // coarser than the rounding to 8 bits
		r, g, b, _ := viridis.at(i / 64).RGBA()
		y := 0.2126*float64(r) + 0.7152*float64(g) + 0.0722*float64(b)
		if y <= last {
			t.Fatalf("luminance %v after %v", y, last)
		}
		last = y
	}
	if mid := signed.at(0.5); mid.R != mid.G || mid.G != mid.B {
		t.Errorf("zero is %v, not grey", mid)
	}
}

func TestEdges(t *testing.T) {
	for _, c := range []struct {
		got, want []float64
	}{
		{Edges(2, []float64{0, 1}, []float64{4, nan}), []float64{0, 2, 4}},
		{Edges(1, []float64{3, 3}), []float64{2.5, 3.5}},
		{Edges(3, nil), nil},
	} {
		if fmt.Sprint(c.got) != fmt.Sprint(c.want) {
			t.Errorf("%v, want %v", c.got, c.want)
		}
	}
}

// The fractions add up to 1, and the last bin holds its upper edge.
func TestHistogramCounts(t *testing.T) {
	p := New("x", "y")
	Histogram(p, "h", []float64{0, 0.5, 1, 1.5, 2}, []float64{0, 1, 2}, E)
	if p.Y.Max != 0.6 || p.Y.Min != 0 {
		t.Errorf("heights in [%v, %v], want the higher bin to hold 3 of 5", p.Y.Min, p.Y.Max)
	}
}
