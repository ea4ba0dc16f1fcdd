package viz_test

import (
	"math"
	"testing"

	"credo/pkg/viz"
)

func ExampleBand() {
	p := viz.New("epoch", "error $P(y ≠ Y)$")
	for _, s := range []struct {
		name  string
		tau   float64
		floor float64
		code  viz.Code
	}{{"excitation alone", 60, 0.12, viz.E}, {"global inhibition", 40, 0.06, viz.I}, {"co-tuned inhibition", 20, 0, viz.ACh}, {"delta rule", 30, 0.02, viz.Other}} {
		var epoch, mean, half []float64
		for e := 0.0; e <= 200; e += 4 {
			epoch, mean = append(epoch, e), append(mean, s.floor+(0.2-s.floor)*math.Exp(-e/s.tau))
			half = append(half, 0.01*math.Exp(-e/150))
		}
		viz.Band(p, s.name, epoch, mean, half, s.code)
	}
	viz.HLine(p, 0.2, "chance")
	save("band", p)
}

func TestBand(t *testing.T) { golden(t, ExampleBand, "band") }
