package broadcast_test

import (
	"math"
	"testing"

	"credo/internal/gauss"
	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/broadcast"
	"credo/pkg/model"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/stat"
)

func TestTagInClosedForm(t *testing.T) {
	for _, offset := range []float64{0.3, 0.5} {
		c := bare(0.2, offset)
		got, err := broadcast.Tagged(c, 0.825)
		if err != nil {
			t.Fatal(err)
		}
		want := 0.638*offset/(0.825*0.575) + 0.01
		lesson.Near(t, "onset", got.Onset, want, 1e-9)
		lesson.Near(t, "loss", got.Loss, want/phi1, 1e-9)
	}
	// At the upper edge of the window no tag better than Φ(1) is needed.
	c := bare(0.2, 0)
	c.Acetylcholine.Reference = 0
	_, high, err := broadcast.Window(c, broadcast.Common{Neurons: 1})
	if err != nil {
		t.Fatal(err)
	}
	c.Balance.Offset = high
	got, err := broadcast.Tagged(c, 0.825)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "tag at the upper edge", got.Onset, phi1, 1e-9)
	// Where a release is rare enough no tag is needed: as Tolerate says.
	tolerance, err := broadcast.Tolerate(bare(0.2, 0.5))
	if err != nil {
		t.Fatal(err)
	}
	got, err = broadcast.Tagged(bare(0.2, 0.5), tolerance.Onset)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "onset without a tag", got.Onset, 1, 1e-9)
}

// The force on a tagged neuron, at any circuit, as a literal mean over what may happen
// on a trial, the disinhibition of noradrenaline drawn by quadrature.
func TestTagIsWhereTheForceVanishes(t *testing.T) {
	rng := model.Stream(51, 0)
	for range 5 {
		c := sparse(0.1, 0.2, 0.2+0.3*rng.Float64())
		c.ACh.Disinhibition = 0.3 + 2*rng.Float64()
		c.NE.Error, c.NE.Probability = 0.1*rng.Float64(), 0.2
		c.Hebbian.Rate = 0.1 * rng.Float64()
		const eps = 0.7
		got, err := broadcast.Tagged(c, eps)
		if err != nil {
			t.Fatal(err)
		}
		lesson.Near(t, "F at 0⁺", literal(c, eps, got.Onset, 1e-12), 0, 1e-8)
		highest := math.Inf(-1) // of F at σ = Loss it is sup that vanishes: nowhere negative, somewhere 0
		lowest := math.Inf(1)
		for v := 0.; v > -0.5; v -= 0.002 {
			f := literal(c, eps, got.Loss, v)
			highest, lowest = max(highest, f), min(lowest, f)
		}
		lesson.Near(t, "least F below threshold", lowest, 0, 2e-4)
		if highest < 1e-3 {
			t.Errorf("F is at most %v", highest)
		}
	}
}

// literal is the mean force on a Y = 0 pattern that brings a release with probability
// eps, of a neuron of tag sigma.
func literal(c rules.Circuit, eps, sigma, v float64) (mean float64) {
	spike := func(reach float64) float64 { // of the sum of v, and this much for sure
		if v > 0 || reach > 0 && v+reach > 0 {
			return 1
		}
		return 0
	}
	p := func(m float64) float64 { // P(v + m(1 + ξ)₊ > 0)
		if v > 0 {
			return 1
		}
		return gauss.CDF(1 + v/m)
	}
	const steps = 4000
	both := 0.
	for k := range steps { // midpoints in ξ of noradrenaline
		xi := -8 + 16*(float64(k)+0.5)/steps
		rest := v + c.NE.Disinhibition*max(0, 1+xi)
		fires := 1.
		if rest <= 0 {
			fires = gauss.CDF(1 + rest/c.ACh.Disinhibition)
		}
		both += gauss.PDF(xi) * fires * 16 / steps
	}
	for ach := range 2 {
		for ne := range 2 {
			weight := []float64{1 - eps, eps}[ach] * []float64{1 - c.NE.Error, c.NE.Error}[ne]
			y := [2][2]float64{{spike(0), p(c.NE.Disinhibition)}, {sigma * p(c.ACh.Disinhibition), sigma * both}}[ach][ne]
			mean += weight * (c.Hebbian.Rate*(y-c.Hebbian.MeanOutput) +
				float64(ach)*c.Acetylcholine.Rate*(y-c.Acetylcholine.Reference) + float64(ne)*c.Noradrenaline.Rate*(y-c.Noradrenaline.Reference))
		}
	}
	return mean - c.Balance.Rate*(v+c.Balance.Offset)
}

// A weak tag makes frozen requests harmless, and its edge does not move with the number
// of neurons: of neurons on either side of it these err and those do not.
func TestWeakTagTeaches(t *testing.T) {
	lesson.Long(t)
	got, err := broadcast.Tagged(bare(0.2, 0.5), 0.825)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "onset", got.Onset, 0.682463768116, 1e-9)
	lesson.Near(t, "loss", got.Loss, 0.811158293084, 1e-9)
	for _, neurons := range []int{2, 8, 32} {
		tag := model.Tag(got.Onset-0.03, got.Onset+0.03)
		misses, _, all := repeated(t, max(1, 12/neurons), 53, common(bare(0.2, 0.5), neurons, 1, 0.03, 150, tag))
		var wrong [2][]float64
		for run, x := range all {
			lesson.Near(t, "misses", misses[run], 0, 0)
			for j, fa := range x.each {
				wrong[j%2] = append(wrong[j%2], fa)
			}
		}
		below, above := stat.Mean(wrong[0], nil), stat.Mean(wrong[1], nil)
		t.Logf("M = %d: false alarms %.4f and %.4f on either side of the edge", neurons, below, above)
		if below > 0.01 || above < 0.01 {
			t.Errorf("M = %d: false alarms %v and %v, .03 below and above σ = %v", neurons, below, above, got.Onset)
		}
	}
}

func TestTagRefuses(t *testing.T) {
	c := bare(0.2, 0.5)
	for _, release := range []float64{0, 1.1, math.NaN()} {
		_, err := broadcast.Tagged(c, release)
		refusal.Mentions(t, err, "broadcast: release = ")
	}
	further := c
	further.Excitatory = []model.Rule{rules.Delta{Rate: 1}}
	_, err := broadcast.Tagged(further, 0.5)
	refusal.Mentions(t, err, "four standard rules")
	gated := c
	gated.Balance.WhenFiring = true
	_, err = broadcast.Tagged(gated, 0.5)
	refusal.Mentions(t, err, "Balance.WhenFiring")
	_, err = broadcast.Tagged(c.Without("ACh"), 0.5)
	refusal.Mentions(t, err, "potentiation by firing on a release = 0")
	_, _, err = broadcast.Contexts(c, broadcast.Common{Neurons: 2}, 0)
	refusal.Mentions(t, err, "broadcast: contexts = 0")
	_, _, err = broadcast.Contexts(c, broadcast.Separate{2}, 3)
	refusal.Mentions(t, err, "not derived")
	_, _, err = broadcast.Contexts(c, broadcast.Common{}, 3)
	refusal.Mentions(t, err, "Common.Neurons = 0")
	_, _, err = broadcast.Contexts(gated, broadcast.Common{Neurons: 2}, 3)
	refusal.Mentions(t, err, "Balance.WhenFiring")
}
