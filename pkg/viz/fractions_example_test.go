package viz_test

import (
	"testing"

	"credo/pkg/viz"
)

// interval is a mean with the half-width of its interval, such as experiment.Interval.
type interval struct{ mean, half float64 }

func (v interval) Estimate() (mean, half float64) { return v.mean, v.half }

func ExampleFractions() {
	load := []float64{0.2, 0.4, 0.6, 0.8, 1, 1.2}
	errors := []interval{{0.004, 0.008}, {0.02, 0.03}, {0.15, 0.08}, {0.5, 0.12}, {0.88, 0.1}, {0.99, 0.02}}
	p := viz.New("load $P/N$", "error $P(y ≠ Y)$")
	viz.Estimates(p, "mean of 5 seeds, 95 %", load, viz.Fractions(errors), viz.E)
	viz.Line(p, "theory", load, []float64{0, 0.03, 0.17, 0.52, 0.86, 0.98}, viz.Theory)
	q := viz.New("hits", "")
	viz.EstimateDots(q, "", []string{"all rules", "no ACh", "no NE"}, viz.Fractions([]interval{{0.98, 0.03}, {0.02, 0.03}, {0.7, 0.1}}), viz.One)
	q.X.Min, q.X.Max = 0, 1
	save("fractions", p, q)
}

func TestFractionsExample(t *testing.T) { golden(t, ExampleFractions, "fractions") }
