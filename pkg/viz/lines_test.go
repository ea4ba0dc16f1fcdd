package viz_test

import (
	"math"
	"testing"

	"credo/pkg/viz"
)

func ExampleLine() {
	p := viz.New("load $α = P/N$", "false alarms $P(y = 1 | Y = 0)$")
	viz.Curve(p, "theory, with noradrenaline", 0.1, 3, func(a float64) float64 { return a * a / (1 + a*a) }, viz.Theory)
	viz.Curve(p, "bound", 0.1, 3, func(a float64) float64 { return a / (1 + a) * 0.6 }, viz.Bound)
	viz.Line(p, "small-rate limit", []float64{0.1, 3}, []float64{0.03, 0.9}, viz.Approximation)
	viz.Steps(p, "measured", []float64{0.1, 0.5, 1, 1.5, 2, 3}, []float64{0.02, 0.2, 0.45, 0.7, 0.8, 0.85}, viz.E)
	save("line", p)
}

func TestLine(t *testing.T) { golden(t, ExampleLine, "line") }

func ExampleLogX() {
	p := viz.New("rate $η$", "online variance of $V$")
	viz.LogX(p)
	viz.LogY(p)
	for _, s := range []struct {
		name string
		k    float64
		code viz.Code
	}{{"E", 1, viz.E}, {"I", 2, viz.I}, {"ACh", 4, viz.ACh}, {"NE", 8, viz.NE}, {"other", 16, viz.Other}} {
		viz.Curve(p, s.name, 1e-4, 1, func(x float64) float64 { return s.k * math.Pow(x, 1.5) }, s.code)
	}
	save("log", p)
}

func TestLogX(t *testing.T) { golden(t, ExampleLogX, "log") }
