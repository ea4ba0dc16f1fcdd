package viz_test

import (
	"math"
	"testing"

	"credo/pkg/viz"
)

func ExampleScatter() {
	var x, y []float64
	for i := range 200 {
		u, v := math.Mod(float64(i+1)*math.Phi, 1), math.Mod(float64(i+1)*math.Sqrt2, 1)
		x, y = append(x, 4*u-2), append(y, 4*u-2+v-0.5)
	}
	p := viz.New("predicted change of $V$ ($10^{-3}$)", "simulated change of $V$ ($10^{-3}$)")
	viz.Diagonal(p, "equal", 1, 0)
	viz.Scatter(p, "patterns", x, y, viz.ACh)
	save("scatter", p)
}

func TestScatter(t *testing.T) { golden(t, ExampleScatter, "scatter") }
