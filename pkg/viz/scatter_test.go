package viz_test

import (
	"math/rand/v2"
	"testing"

	"gonum.org/v1/plot"

	"credo/pkg/viz"
)

// currents draws made-up currents of n patterns around the line of balance.
func currents(n int) (iE, iI []float64, target []bool) {
	rng := rand.New(rand.NewPCG(1, 1))
	for i := range n {
		e := 3 + rng.NormFloat64()
		target = append(target, i%5 == 0)
		iE = append(iE, e)
		iI = append(iI, e+0.3*rng.NormFloat64())
		if target[i] {
			iI[i] -= 0.9
		}
	}
	return iE, iI, target
}

func plane(n int) *plot.Plot {
	iE, iI, target := currents(n)
	p := viz.New("excitation $i_E$ (thresholds)", "inhibition $i_I$ (thresholds)")
	viz.Classes(p, iE, iI, target, "target $Y = 1$", "target $Y = 0$")
	viz.Diagonal(p, "$i_I = i_E + b$", 1, 0.2)
	return p
}

func ExampleClasses() {
	few, many := plane(200), plane(2000)
	few.Title.Text = "before learning"
	many.Title.Text = "after learning"
	save("classes", few, many)
}

func TestClasses(t *testing.T) { golden(t, ExampleClasses, "classes") }
