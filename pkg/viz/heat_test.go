package viz_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"credo/pkg/viz"
)

func ExampleHeat() {
	var b, aH []float64
	for i := range 15 {
		b = append(b, 0.04*float64(i))
	}
	for j := range 11 {
		aH = append(aH, 0.05*float64(j))
	}
	z := make([][]float64, len(aH))
	for j := range z {
		for i := range b {
			z[j] = append(z[j], 1/(1+math.Exp(30*(b[i]-0.1-0.5*aH[j]*aH[j]-0.2*aH[j]))))
		}
	}
	p := viz.New("offset of the inhibitory rule $b$", "Hebbian amplitude $a_H$")
	viz.Heat(p, "error $P(y ≠ Y)$", b, aH, z, 0, 1)
	var edge []float64
	for _, v := range aH {
		edge = append(edge, 0.1+0.5*v*v+0.2*v)
	}
	viz.Boundary(p, "theory", edge, aH, viz.Theory)
	viz.Level(p, "bistable above", 0, 0.56, 0, 0.5, func(x, y float64) float64 { return y - 0.4 + x*x }, viz.Bound)
	save("heat", p)
}

func TestHeat(t *testing.T) { golden(t, ExampleHeat, "heat") }

func ExampleMatrix() {
	rng := rand.New(rand.NewPCG(2, 1))
	m := make([][]float64, 40)
	for j := range m {
		for i := range 40 {
			v := 0.15 * rng.NormFloat64()
			if i == j {
				v++
			}
			m[j] = append(m[j], v)
		}
	}
	p := viz.New("driven pattern $ν$", "pattern $μ$")
	p.Title.Text = "co-tuning $r = 0.5$"
	viz.Matrix(p, "influence $M_{μν}$", m, 0)
	q := viz.New("driven pattern $ν$", "pattern $μ$")
	viz.Matrix(q, "influence $M_{μν}$", m[:20], 2)
	save("matrix", p, q)
}

func TestMatrix(t *testing.T) { golden(t, ExampleMatrix, "matrix") }
