package viz_test

import (
	"math"
	"strings"
	"testing"

	"credo/pkg/viz"
)

func ExampleShade() {
	p := viz.New("load $P/N$", "error")
	viz.Shade(p, "theory is off by a tenth", 0.8, 2)
	viz.Curve(p, "theory", 0, 1, func(x float64) float64 { return 0.3 * x * x }, viz.Theory)
	save("shade", p)
}

func TestShade(t *testing.T) { golden(t, ExampleShade, "shade") }

func TestShadeRefuses(t *testing.T) {
	for _, bounds := range [][2]float64{{1, 1}, {0, math.NaN()}, {0, math.Inf(1)}} {
		p := viz.New("x", "y")
		viz.Shade(p, "off", bounds[0], bounds[1])
		_, err := viz.Encode("png", "shade", p)
		if err == nil || !strings.Contains(err.Error(), `shade "off"`) {
			t.Errorf("from %v to %v: error %v", bounds[0], bounds[1], err)
		}
	}
}
