package theory_test

import (
	"math"
	"testing"

	"credo/pkg/capacity"
	"credo/pkg/theory"
)

// A neuron with margin κ on either side of its threshold separates the classes by δ = 2κ. At the same separation gated
// inhibition comes closer to Gardner's capacity than without one: loads over each other.
func TestGatedLoadAtMatchedMargin(t *testing.T) {
	for _, c := range []struct{ targetCoding, separation, ratio float64 }{
		{0.2, 0, 0.915}, {0.2, 1, 0.988}, {0.5, 0, 0.719}, {0.5, 1, 0.918}, {0.5, 2, 0.982},
	} {
		gated, err := theory.Gated{TargetCoding: c.targetCoding}.Load(c.separation)
		gardner, err2 := capacity.Capacity{TargetCoding: c.targetCoding, Margin: c.separation / 2}.Unconstrained()
		if got := gated / gardner; err != nil || err2 != nil || math.Abs(got-c.ratio) > 5e-4 {
			t.Errorf("f_Y = %v, separation %v: %.4f, %v, %v; want %v", c.targetCoding, c.separation, got, err, err2, c.ratio)
		}
	}
	for _, f := range []float64{0.01, 0.2, 0.5} {
		for before, separation := 0.0, 0.0; separation < 6; separation += 0.5 {
			gated, _ := theory.Gated{TargetCoding: f}.Load(separation)
			gardner, _ := capacity.Capacity{TargetCoding: f, Margin: separation / 2}.Unconstrained()
			got := gated / gardner
			if !(got > before && got < 1) {
				t.Errorf("f_Y = %v, separation %v: ratio %v, before %v", f, separation, got, before)
			}
			before = got
		}
	}
}
