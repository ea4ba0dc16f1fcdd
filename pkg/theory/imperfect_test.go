package theory_test

import (
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/rules"
)

// Each imperfection of release has its closed form above threshold, with
// acetylcholine and balance alone: V_1 = ρ a_A (1 − y_A)/a_I − b.
func TestImperfectReleaseInClosedForm(t *testing.T) {
	c := rules.Reported().Without("NE").Without("Hebbian")
	c.Acetylcholine.Depression, c.Balance.Offset = 0, 0.2
	const drive, aI, rho, f = 0.575 * 0.99, 0.638, 0.825, 0.2
	v1 := func(rho float64) float64 { return rho*drive/aI - 0.2 }

	late := c
	late.ACh.Late, late.ACh.Delay = 0.3, 4
	d := condition(late)
	lesson.Near(t, "V_1, late", d.V1, v1(rho*(1-0.3*(1-f))), 1e-9)
	lesson.Near(t, "lower edge, late", d.Lower.Value, 0.3*f*rho*drive/aI, 1e-9)

	contrary := c
	contrary.ACh.Coupling = -0.4
	lesson.Near(t, "V_1, contrary", condition(contrary).V1, v1(0.6*rho), 1e-9)
	lesson.Near(t, "force below, contrary", of(contrary).Force(true, -0.3), of(c).Force(true, -0.3), 1e-15)

	subservient := c
	subservient.ACh.Coupling = 0.4
	lesson.Near(t, "V_1, subservient", condition(subservient).V1, v1(rho), 1e-9)
	rare := c
	rare.ACh.Probability *= 0.6
	lesson.Near(t, "upper edge, subservient", condition(subservient).Upper.Value, condition(rare).Upper.Value, 1e-9)

	uneven := c
	uneven.ACh.Variation = 0.5
	lesson.Near(t, "F, uneven", of(uneven).Force(true, 0.1), of(c).Force(true, 0.1), 1e-14)
	lesson.Near(t, "variance, uneven", of(uneven).TrialVariance(true, 0.1), drive*drive*rho*(1+0.25-rho), 1e-12)
}

// An uneven release has the noise of a rarer and stronger one.
func TestUnevennessIsUnreliability(t *testing.T) {
	uneven := rules.Reported()
	uneven.Balance.Offset, uneven.ACh.Variation = 0.3, 0.7
	rare := rules.Reported()
	rare.Balance.Offset = 0.3
	rare.ACh.Probability /= 1.49
	rare.Acetylcholine.Rate *= 1.49
	for _, depression := range []float64{0, 0.331} {
		uneven.Acetylcholine.Depression, rare.Acetylcholine.Depression = depression, depression
		a, err := of(uneven).Online(0.4, 0.2)
		if err != nil {
			t.Fatal(err)
		}
		b, err := of(rare).Online(0.4, 0.2)
		if err != nil {
			t.Fatal(err)
		}
		// Not quite alike: where NE comes too, a product of probabilities differs.
		lesson.Near(t, "V_1", a.V1, b.V1, 1e-9)
		lesson.Near(t, "Var V_1", a.Var1/b.Var1, 1, 0.01)
	}
}

func TestShotNoiseIsForPlainNoradrenaline(t *testing.T) {
	for _, alter := range []func(*rules.Circuit){
		func(c *rules.Circuit) { c.NE.Late = 0.1 },
		func(c *rules.Circuit) { c.NE.Coupling = 0.1 },
		func(c *rules.Circuit) { c.NE.Variation = 0.1 },
	} {
		c := rules.Reported()
		alter(&c)
		_, err := of(c).ShotNoise(0.5, 0.1)
		refusal.Mentions(t, err, "theory: ", "not derived")
	}
}
