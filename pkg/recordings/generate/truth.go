package generate

import (
	"math"
	"math/rand/v2"

	"credo/pkg/model"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat/distuv"
)

// cell is the truth of one cell as the generator changes it, in currents of the
// model.
type cell struct {
	g            *Generator
	best, paired int       // paired is −1 if nothing is paired
	drive        []float64 // of each channel
	e0, i0       []float64 // before pairing
	e, i         []float64 // now
	done         int       // presentations after pairing
	learner      *model.Learner
	gate         []Channel // right after pairing
}

// draw returns a cell before pairing. It takes the same random numbers whatever
// the values of the fields that are not counts.
func (g *Generator) draw(rng *rand.Rand) *cell {
	k := g.Channels
	c := &cell{g: g, best: rng.IntN(k), paired: -1}
	other := (c.best + 1 + rng.IntN(k-1)) % k
	if g.Pairings > 0 {
		c.paired = map[bool]int{true: c.best, false: other}[g.PairBest]
	}
	gain := math.Exp(g.Gain * rng.NormFloat64())
	slope, offset := g.Circuit.Balance.Slope, g.Circuit.Balance.Offset
	c.e, c.i, c.drive = make([]float64, k), make([]float64, k), make([]float64, k)
	for j := range k {
		d := float64(j-c.best) / g.Width
		curve := gain * (g.Base + g.Peak*math.Exp(-d*d/2))
		c.e[j] = max(0, curve*(1+g.Ragged*rng.NormFloat64()))
		c.i[j] = slope*c.e[j] + offset
	}
	scatter := g.Scatter * floats.Sum(c.i) / float64(k)
	for j := range k {
		c.i[j] = max(0, c.i[j]+scatter*rng.NormFloat64())
		c.drive[j] = g.Drive * rng.NormFloat64()
	}
	c.e0, c.i0 = append(c.e0, c.e...), append(c.i0, c.i...)
	return c
}

// channels returns the truth of the channels as it is now.
func (c *cell) channels() []Channel {
	n, scale := float64(len(c.e)), c.g.Scale
	all := make([]Channel, len(c.e))
	for k := range all {
		all[k] = Channel{
			Paired: k == c.paired, Best: k == c.best,
			E0: scale * c.e0[k], I0: scale * c.i0[k], E1: scale * c.e[k],
			MeanE0: scale * floats.Sum(c.e0) / n, MeanI0: scale * floats.Sum(c.i0) / n, MeanE1: scale * floats.Sum(c.e) / n,
			Firing: c.firing(k),
		}
	}
	return all
}

// firing is the probability that channel k makes the neuron fire, averaged over
// the jitter. Above threshold it fires for certain; below, neuromodulators may
// make it fire, with a probability that is smooth in V and averaged over
// equally probable potentials there.
func (c *cell) firing(k int) float64 {
	v, jitter := c.e[k]-c.i[k]-c.g.Circuit.Threshold+c.drive[k], c.g.Jitter
	if jitter == 0 {
		return c.learner.Firing(false, v)
	}
	const nodes = 8
	below := distuv.UnitNormal.CDF(-v / jitter)
	mean := 1 - below
	for i := range nodes {
		if z := distuv.UnitNormal.Quantile(below * (float64(i) + 0.5) / nodes); !math.IsInf(z, 0) {
			mean += below / nodes * c.learner.Firing(false, min(0, v+jitter*z))
		}
	}
	return mean
}
