package generate

import (
	"math"
	"math/rand/v2"

	"credo/pkg/model"
)

// pair changes excitation as pairing does, by the mean of the circuit's
// excitatory rules with the modulator of the condition.
func (c *cell) pair() {
	g := c.g
	c.begin(true).Inhibitory = nil
	for range g.Pairings {
		c.present(c.paired, true)
	}
	for range g.Linger {
		for j := range c.e {
			if j != c.paired {
				c.present(j, true)
			}
		}
	}
	c.begin(false).Excitatory = nil // what follows is without pairing
	if g.Depress != nil && c.paired >= 0 {
		change := g.Scale * (c.e[c.paired] - c.e0[c.paired])
		for j, other := range c.channels() {
			if j != c.paired {
				c.e[j] = max(0, c.e[j]+g.Depress(other, change)/g.Scale)
			}
		}
	}
	c.gate = c.channels()
}

// begin makes the learner that the circuit is, in pairing or outside of it.
func (c *cell) begin(pairing bool) *model.Learner {
	circuit := c.g.modulated(pairing)
	c.learner = circuit.Learner(&model.Neuron{Threshold: circuit.Threshold}, c.g.Rate)
	c.learner.MeanOutput = circuit.TargetCoding
	return c.learner
}

// present applies the mean change of one presentation of channel k.
func (c *cell) present(k int, target bool) {
	rate := c.g.Rate
	e, i := c.learner.Mean(target, c.e[k], c.i[k])
	apply := func(w []float64, d model.Change) {
		if d == (model.Change{}) {
			return
		}
		for j := range w {
			change := d.Silent - d.SilentLoss*w[j]
			if j == k {
				change = d.Active - d.ActiveLoss*w[j]
			}
			w[j] = max(0, w[j]+rate*change)
		}
	}
	if c.g.Depress != nil {
		e.Silent, e.SilentLoss = 0, 0
	}
	apply(c.e, e)
	apply(c.i, i)
}

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
