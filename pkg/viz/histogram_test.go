package viz_test

import (
	"testing"

	"credo/pkg/viz"
)

func ExampleHistogram() {
	iE, iI, target := currents(1000)
	var one, zero []float64
	for i := range iE {
		if v := iE[i] - iI[i]; target[i] {
			one = append(one, v)
		} else {
			zero = append(zero, v)
		}
	}
	edges := viz.Edges(30, one, zero)
	p := viz.New("potential $V = i_E − i_I$ (thresholds)", "fraction of patterns")
	viz.Histogram(p, "target $Y = 0$", zero, edges, viz.Zero)
	viz.Histogram(p, "target $Y = 1$", one, edges, viz.One)
	viz.VLine(p, 0, "threshold $θ$")
	save("histogram", p)
}

func TestHistogram(t *testing.T) { golden(t, ExampleHistogram, "histogram") }
