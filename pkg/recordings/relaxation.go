package recordings

import (
	"math"
	"math/rand/v2"
)

// relax changes inhibition until a time in min after pairing.
func (c *cell) relax(minutes float64, rng *rand.Rand) {
	g := c.g
	if g.Rebalance != nil {
		share := g.Relaxed(minutes)
		for j, ch := range c.gate {
			c.i[j] = max(0, c.i0[j]+share*g.Rebalance(ch)/g.Scale)
		}
		return
	}
	threshold := g.Circuit.Threshold
	for until := g.presentations(minutes); c.done < until; c.done++ {
		if len(c.learner.Inhibitory) == 0 || g.Rate == 0 {
			continue
		}
		for k := range c.i {
			c.learner.Neuron.Threshold = threshold - c.drive[k] - g.Jitter*rng.NormFloat64()
			c.present(k, false)
		}
	}
}

// presentations is how often each channel is presented until a time in min.
func (g *Generator) presentations(minutes float64) int {
	return int(math.Round(g.Pace * max(0, minutes)))
}
