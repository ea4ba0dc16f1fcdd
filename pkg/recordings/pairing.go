package recordings

import "credo/pkg/model"

// pair changes excitation as pairing does, by the mean of the circuit's
// excitatory rules with the modulator of the condition.
func (c *cell) pair() {
	g := c.g
	l := c.begin(true)
	l.Inhibitory = nil
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
	l = c.begin(false) // what follows is without pairing
	l.Excitatory = nil
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
