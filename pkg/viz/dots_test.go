package viz_test

import (
	"testing"

	"credo/pkg/viz"
)

func ExampleDots() {
	rungs := []string{"Hebb with homeostasis", "target-only ACh", "reward-modulated Hebb", "burst-dependent", "delta rule"}
	half := []float64{0.02, 0.03, 0.05, 0.02, 0.01}
	p := viz.New("stored patterns per synapse $P/N$", "")
	viz.Dots(p, "co-tuned", rungs, []float64{0.05, 0.62, 0.4, 0.9, 1}, half, viz.E)
	viz.Dots(p, "independent", rungs, []float64{0.05, 0.12, 0.1, 0.32, 0.7}, half, viz.I)
	viz.VLine(p, 1, "rank")
	save("dots", p)
}

func TestDots(t *testing.T) { golden(t, ExampleDots, "dots") }
