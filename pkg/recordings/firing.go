package recordings

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

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
