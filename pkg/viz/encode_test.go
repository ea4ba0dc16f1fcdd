package viz_test

import (
	"testing"

	"gonum.org/v1/plot"

	"credo/pkg/viz"
)

func ExampleSave() {
	var panels []*plot.Plot
	for i := range 5 {
		p := flow(0.1 * float64(i))
		if i == 2 {
			viz.VLine(p, 1.5, "target $i_E^*$")
		}
		if i == 0 {
			p.Title.Text = "slow inhibition"
		}
		panels = append(panels, p)
	}
	save("panels", panels...)
}

func TestSave(t *testing.T) { golden(t, ExampleSave, "panels") }
