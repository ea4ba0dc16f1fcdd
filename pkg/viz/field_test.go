package viz_test

import (
	"testing"

	"gonum.org/v1/plot"

	"credo/pkg/viz"
)

// flow draws a made-up drift onto the line of balance.
func flow(b float64) *plot.Plot {
	de := func(e, i float64) float64 { return 0.2 * (1.5 - e) * (e - i + 1) }
	di := func(e, i float64) float64 { return e + b - i }
	p := viz.New("excitation $i_E$ (thresholds)", "inhibition $i_I$ (thresholds)")
	viz.Field(p, "mean drift", 0, 3, 0, 3, 14, func(x, y float64) (dx, dy float64) { return de(x, y), di(x, y) }, viz.Other)
	viz.Level(p, "$di_E/dt = 0$", 0, 3, 0, 3, de, viz.E)
	viz.Level(p, "$di_I/dt = 0$", 0, 3, 0, 3, di, viz.I)
	return p
}

func ExampleField() {
	p := flow(0.2)
	viz.Note(p, 1.6, 1.45, "fixed point")
	save("field", p)
}

func TestField(t *testing.T) { golden(t, ExampleField, "field") }
