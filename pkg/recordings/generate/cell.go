package generate

import (
	"math"
	"math/rand/v2"
	"slices"

	"credo/pkg/model"
	"credo/pkg/recordings"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat/distuv"
)

// cell is the truth of one cell as the generator changes it, in currents of the
// model.
type cell struct {
	g            *Generator
	best, paired int       // paired is −1 if nothing is paired
	drive        []float64 // of each channel
	fires        []spiking
	e0, i0       []float64 // before pairing
	e, i         []float64 // now
	done         int       // presentations after pairing
	learner      *model.Learner
	gate         []Channel // right after pairing; nil before
}

// spiking is the probability of a spike at a potential.
type spiking struct{ v, p float64 }

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
	c.e, c.i, c.drive, c.fires = make([]float64, k), make([]float64, k), make([]float64, k), make([]spiking, k)
	for j := range k {
		c.fires[j].v = math.NaN() // not known
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
	c.e0, c.i0 = slices.Clone(c.e), slices.Clone(c.i)
	c.begin(false)
	return c
}

// channels returns the truth of the channels as it is now.
func (c *cell) channels() []Channel {
	scale, all := c.g.Scale, make([]Channel, len(c.e))
	mean := func(w []float64) float64 { return scale * floats.Sum(w) / float64(len(w)) }
	for k := range all {
		all[k] = Channel{
			Paired: k == c.paired, Best: k == c.best, Firing: c.firing(k),
			E0: scale * c.e0[k], I0: scale * c.i0[k], E1: scale * c.e[k],
			MeanE0: mean(c.e0), MeanI0: mean(c.i0), MeanE1: mean(c.e),
		}
	}
	return all
}

// firing is the probability that channel k makes the neuron fire, averaged over
// the jitter. Above threshold it fires for certain; below, neuromodulators may
// make it fire, with a probability that is smooth in V and averaged over
// equally probable potentials there. It is the same until the potential changes.
func (c *cell) firing(k int) float64 {
	if v := c.e[k] - c.i[k] - c.g.Circuit.Threshold + c.drive[k]; v != c.fires[k].v {
		c.fires[k] = spiking{v, c.spikes(v, c.g.Jitter)}
	}
	return c.fires[k].p
}

// spikes is firing at the potential v without jitter.
func (c *cell) spikes(v, jitter float64) float64 {
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

// pair changes excitation as pairing does, by the mean of the circuit's
// excitatory rules with the modulator of the condition.
func (c *cell) pair() {
	g := c.g
	c.begin(true).Inhibitory = nil
	for range g.Pairings {
		c.present(c.paired, true)
	}
	for j := range g.Linger * g.Channels {
		if k := j % g.Channels; k != c.paired {
			c.present(k, true)
		}
	}
	c.begin(false).Excitatory = nil // what follows is without pairing
	if g.Depress != nil && c.paired >= 0 {
		change := g.Scale * (c.e[c.paired] - c.e0[c.paired])
		for j, other := range c.channels() {
			if !other.Paired {
				c.e[j] = max(0, c.e[j]+g.Depress(other, change)/g.Scale)
			}
		}
	}
	c.gate = c.channels()
}

// begin makes the learner that the circuit is: in pairing with the modulator of the
// condition, outside of it with what the circuit itself releases on trials of no
// consequence.
func (c *cell) begin(pairing bool) *model.Learner {
	circuit := c.g.Circuit
	if pairing {
		p := map[recordings.Treatment][2]float64{recordings.ACh: {1, 0}, recordings.NE: {0, 1}}[c.g.Treatment]
		circuit.ACh.Probability, circuit.ACh.Error, circuit.NE.Probability, circuit.NE.Error = p[0], p[0], p[1], p[1]
	}
	c.learner = circuit.Learner(&model.Neuron{Threshold: circuit.Threshold}, c.g.Rate)
	c.learner.MeanOutput = circuit.TargetCoding
	return c.learner
}

// present applies the mean change of one presentation of channel k.
func (c *cell) present(k int, target bool) {
	e, i := c.learner.Mean(target, c.e[k], c.i[k])
	if c.g.Depress != nil {
		e.Silent, e.SilentLoss = 0, 0
	}
	for j := range c.e {
		changeE, changeI := e.Silent-e.SilentLoss*c.e[j], i.Silent-i.SilentLoss*c.i[j]
		if j == k {
			changeE, changeI = e.Active-e.ActiveLoss*c.e[j], i.Active-i.ActiveLoss*c.i[j]
		}
		c.e[j], c.i[j] = max(0, c.e[j]+c.g.Rate*changeE), max(0, c.i[j]+c.g.Rate*changeI)
	}
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
	if len(c.learner.Inhibitory) == 0 || g.Rate == 0 {
		return
	}
	for until := g.presentations(minutes); c.done < until; c.done++ {
		for k := range c.i {
			c.learner.Neuron.Threshold = g.Circuit.Threshold - c.drive[k] - g.Jitter*rng.NormFloat64()
			c.present(k, false)
		}
	}
}

// presentations is how often each channel is presented until a time in min.
func (g *Generator) presentations(minutes float64) int {
	return int(math.Round(g.Pace * max(0, minutes)))
}
