package viz_test

import (
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"

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

// A plot made with gonum/plot alone is drawn as well, with its own text handler and key.
func TestForeignPlot(t *testing.T) {
	f := plotter.NewFunction(func(x float64) float64 { return x * x })
	f.XMin, f.XMax = -1, 1
	p := plot.New()
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = -1, 1, 0, 1
	p.Title.Text, p.X.Label.Text = "foreign", "x"
	p.Add(f)
	p.Legend.Add("parabola", f)
	for _, format := range []string{"svg", "png"} {
		if _, err := viz.Encode(format, "alt", p, plot.New()); err != nil {
			t.Error(err)
		}
	}
	if p.Title.Text != "foreign" || p.X.Label.Text != "x" || p.Legend.Rectangle(draw.Canvas{}).Size().X == 0 {
		t.Error("the plot was altered")
	}
}
