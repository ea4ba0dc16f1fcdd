package estimate

import (
	"math"
	"math/rand/v2"
)

// permute returns the P value, one-sided, of a statistic of lists whose values
// are permuted within each list.
func permute(lists [][]float64, statistic func() float64, draws int, rng *rand.Rand) float64 {
	observed, above := statistic(), 1
	for range draws {
		for _, list := range lists {
			rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		}
		if statistic() >= observed {
			above++
		}
	}
	return float64(above) / float64(draws+1)
}

// permuteSpikes returns the P value of η_1 = 0 at a given line. The statistic is
// the studentised score of s d, given d,
//
//	u_g = Σ (s − γ)(d y − r d²) over the cluster,  |Σ u_g| / √(Σ u_g² − (Σ u_g)²/G).
func (s samples) permuteSpikes(slope, offset float64, draws int, rng *rand.Rand) float64 {
	d := distance(slope, offset)
	squares, residuals, spikes := make([][]float64, len(s.cells)), make([][]float64, len(s.cells)), make([][]float64, len(s.cells))
	dd, dy := 0.0, 0.0
	for c, list := range s.cells {
		for _, one := range list {
			m := within([]sample{one}, change, d)
			squares[c], residuals[c], spikes[c] = append(squares[c], m.xx[0]), append(residuals[c], m.xy[0]), append(spikes[c], one.value[s1])
			dd, dy = dd+m.xx[0], dy+m.xy[0]
		}
	}
	fixed := make([]float64, s.n) // Σ (d y − r d²)
	for c, list := range residuals {
		for k := range list {
			list[k] -= dy / dd * squares[c][k]
			fixed[s.cluster[c]] += list[k]
		}
	}
	u := make([]float64, s.n)
	return permute(spikes, func() float64 {
		clear(u)
		sdd, t, tt := 0.0, 0.0, 0.0
		for c, list := range spikes {
			for k, v := range list {
				sdd += v * squares[c][k]
				u[s.cluster[c]] += v * residuals[c][k]
			}
		}
		for g := range u {
			x := u[g] - sdd/dd*fixed[g]
			t, tt = t+x, tt+x*x
		}
		return math.Abs(t) / math.Sqrt(tt-t*t/float64(s.n))
	}, draws, rng)
}
