package estimate

import (
	"fmt"
	"math/rand/v2"
)

// Gating is whether the change of inhibition depends on the neuron's firing,
//
//	ΔI = (η_0 + η_1 s)(a E + b − I),
//
// with s the spikes a sweep, right after pairing where they were counted then.
// Ungated, η_1 = 0; gated by firing, η_0 = 0. The fit minimises the squared
// error of the true change over all four numbers, from sums that are rid of the
// errors of E, I and s; intervals are from the jackknife over animals. That the
// rate is linear in s is an approximation: a gated rate that saturates with s,
// as over many presentations, leaves a small η_0 > 0, so that the test of the
// gate is that of η_1.
type Gating struct {
	Slope, Offset  float64  // a, b
	Always, Gated  Estimate // η_0, η_1
	P              float64  // of η_1 = 0, by permutation of s within cells
	Draws          int      // permutations
	Channels       int      // used
	Missing        int      // channels that lack a measurement it needs
	SpikesPerSweep float64  // mean over channels
	Single         int      // cells of one channel, which permutation leaves as they are
}

// EstimateGating estimates the dependence on firing. The permutation test leaves
// distance and change of each channel together and permutes the spikes among the
// channels of a cell; its statistic is the studentised score of η_1 at the line
// of [Restore], since spikes and distances may depend on each other under the
// null too. It returns an error as [Restore] does, and if all channels have the
// same spikes.
func EstimateGating(cells []Cell, from Reference, level float64, draws int, rng *rand.Rand) (Gating, error) {
	s, err := gather(cells, from, e0, e0, i0, e1, i1, s1)
	if err != nil {
		return Gating{}, err
	}
	if s.constant(s1) {
		return Gating{}, fmt.Errorf("recordings: all channels have %v spikes a sweep, so that firing cannot be told to matter", s.cells[0][0].value[s1])
	}
	g := Gating{Draws: draws, Channels: s.channel, Missing: s.missing}
	clusters := s.products()
	theta := sum(clusters).except(3, 6).solve()
	slope, offset := theta[1]/theta[2], theta[0]/theta[2]
	fit := jackknife(clusters, func(m moments) []float64 { return bilinear(m, slope, offset) })
	g.Always, g.Gated, g.Slope, g.Offset = fit.linear(level, 1), fit.linear(level, 0, 1), fit.theta[2], fit.theta[3]
	for _, list := range s.cells {
		for _, c := range list {
			g.SpikesPerSweep += c.value[s1] / float64(s.channel)
		}
		if len(list) == 1 {
			g.Single++
		}
	}
	g.P = s.permuteSpikes(slope, offset, draws, rng)
	return g, nil
}

// products returns the moments of 1, E, −I, s, s E, −s I in each cluster. The
// error of s is independent of the others, so that a product of the two
// corrected second moments is right in the mean.
func (s samples) products() []moments {
	out := newMomentsOf(s.n, 6)
	x := toLine()
	for c, list := range s.cells {
		m := out[s.cluster[c]]
		for _, one := range list {
			plain := within([]sample{one}, change, x...)
			v := one.value[s1]
			power := [3]float64{1, v, v*v - one.variance[s1]}
			for i := range 6 {
				for j := range 6 {
					m.xx[i*6+j] += plain.xx[i%3*3+j%3] * power[i/3+j/3]
				}
				m.xy[i] += plain.xy[i%3] * power[i/3]
			}
		}
	}
	return out
}
