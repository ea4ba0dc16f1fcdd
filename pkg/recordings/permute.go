package recordings

import (
	"math"
	"math/rand/v2"
)

// permute returns the P value of η_1 = 0 at a given line.
func (s samples) permute(slope, offset float64, draws int, rng *rand.Rand) float64 {
	type channel struct{ dd, dy, s float64 }
	d := form{constant: offset}.plus(own(e1, slope)).plus(own(i0, -1))
	cells := make([][]channel, len(s.cells))
	var dd, dy float64
	for c, list := range s.cells {
		for _, one := range list {
			m := within([]sample{one}, change, d)
			cells[c] = append(cells[c], channel{m.xx[0], m.xy[0], one.value[s1]})
			dd, dy = dd+m.xx[0], dy+m.xy[0]
		}
	}
	rate := dy / dd
	u, w := make([]float64, s.n), make([]float64, s.n)
	// The studentised score of s d, given d: Σ (s − γ)(d y − r d²).
	statistic := func() float64 {
		var sdd, t, tt float64
		for g := range u {
			u[g], w[g] = 0, 0
		}
		for c, list := range cells {
			g := s.cluster[c]
			for _, k := range list {
				sdd += k.s * k.dd
				u[g] += k.s * (k.dy - rate*k.dd)
				w[g] += k.dy - rate*k.dd
			}
		}
		for g := range u {
			x := u[g] - sdd/dd*w[g]
			t, tt = t+x, tt+x*x
		}
		return math.Abs(t) / math.Sqrt(tt-t*t/float64(s.n))
	}
	observed, above := statistic(), 1
	for range draws {
		for _, list := range cells {
			rng.Shuffle(len(list), func(i, j int) { list[i].s, list[j].s = list[j].s, list[i].s })
		}
		if statistic() >= observed {
			above++
		}
	}
	return float64(above) / float64(draws+1)
}
