package viz_test

import (
	"testing"

	"credo/pkg/viz"
)

func ExamplePoints() {
	load := []float64{0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4}
	errors := []float64{0.001, 0.004, 0.02, 0.06, 0.12, 0.17, 0.21}
	half := []float64{0.001, 0.003, 0.006, 0.012, 0.016, 0.02, 0.015}
	p := viz.New("load $P/N$", "error $P(y ≠ Y)$")
	viz.Curve(p, "theory", 0.2, 1.4, func(a float64) float64 { return 0.118 * a * a }, viz.Theory)
	viz.Points(p, "simulation, mean of 5 seeds ± 95 %", load, errors, half, viz.E)
	viz.Points(p, "no noradrenaline", load, []float64{0.1, 0.12, 0.15, 0.18, 0.2, 0.24, 0.25}, half, viz.NE)
	save("points", p)
}

func TestPoints(t *testing.T) { golden(t, ExamplePoints, "points") }

func ExamplePoints_categories() {
	p := viz.New("", "error $P(y ≠ Y)$")
	p.NominalX("all rules", "no ACh", "no NE", "no Hebb", "no balance")
	viz.Points(p, "", []float64{0, 1, 2, 3, 4}, []float64{0.002, 0.19, 0.05, 0.01, 0.8}, []float64{0.002, 0.01, 0.02, 0.008, 0.01}, viz.E)
	viz.HLine(p, 0.2, "chance")
	save("categories", p)
}

func TestPointsCategories(t *testing.T) { golden(t, ExamplePoints_categories, "categories") }
