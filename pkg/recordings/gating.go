package recordings

import (
	"math"
	"math/rand/v2"
)

// Gating is whether the change of inhibition depends on the neuron's firing,
//
//	ΔI = (η_0 + η_1 s)(a E + b − I),
//
// with s the spikes a sweep, right after pairing where they were counted then.
// Ungated, η_1 = 0; gated by firing, η_0 = 0. The fit minimises the squared
// error of the true change over all four numbers, from sums that are rid of the
// errors of E, I and s; intervals are from the jackknife over animals.
type Gating struct {
	Slope, Offset   float64  // a, b
	Always, Gated   Interval // η_0, η_1
	P               float64  // of η_1 = 0, by permutation of s within cells
	Draws           int      // permutations
	Channels        int      // used
	Missing         int      // channels that lack a measurement it needs
	SpikesPerSweep  float64  // mean over channels
	PermutedWithout int      // cells with a single channel, which cannot be permuted
}

// Gate estimates the dependence on firing. The permutation test leaves distance
// and change of each channel together and permutes the spikes among the channels
// of a cell; its statistic is the studentised η_1 at the line of [Restore], since
// spikes and distances may depend on each other under the null too.
func Gate(cells []Cell, from Reference, level float64, draws int, rng *rand.Rand) (Gating, error) {
	s, err := gather(cells, from, e0, e0, i0, e1, i1, s1)
	if err != nil {
		return Gating{}, err
	}
	g := Gating{Draws: draws, Channels: s.channel, Missing: s.missing}
	clusters := s.products()
	fit, jack := bilinear(sum(clusters)), make([][4]float64, len(clusters))
	for k := range clusters {
		jack[k] = bilinear(sum(append(append([]moments{}, clusters[:k]...), clusters[k+1:]...)))
	}
	g.Slope, g.Offset = fit[2], fit[3]
	g.Always = student(fit[0], spreadOf(jack, fit, 0), s.n, level)
	g.Gated = student(fit[1], spreadOf(jack, fit, 1), s.n, level)
	for _, list := range s.cells {
		for _, c := range list {
			g.SpikesPerSweep += c.value[s1] / float64(s.channel)
		}
		if len(list) == 1 {
			g.PermutedWithout++
		}
	}
	theta := estimate(s.moments(change, toLine()...)).theta
	g.P = s.permute(theta[1]/theta[2], theta[0]/theta[2], draws, rng)
	return g, nil
}

func spreadOf(jack [][4]float64, fit [4]float64, i int) float64 {
	v, n := 0.0, float64(len(jack))
	for _, j := range jack {
		v += (j[i] - fit[i]) * (j[i] - fit[i]) * (n - 1) / n
	}
	return math.Sqrt(v)
}

func sum(clusters []moments) moments {
	out := newMoments(len(clusters[0].xy))
	for _, m := range clusters {
		out.add(m, 1)
	}
	return out
}

// products returns the moments of 1, E, −I, s, s E, −s I in each cluster. The
// error of s is independent of the others, so that a product of the two
// corrected second moments is right in the mean.
func (s samples) products() []moments {
	out := make([]moments, s.n)
	for k := range out {
		out[k] = newMoments(6)
	}
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
			m.yy += plain.yy
		}
		out[s.cluster[c]] = m
	}
	return out
}

// bilinear returns η_0, η_1, a, b of the least loss, by turns: each pair is a
// linear problem given the other.
func bilinear(m moments) [4]float64 {
	ungated := newMoments(3)
	for i := range 3 {
		copy(ungated.xx[3*i:3*i+3], m.xx[6*i:6*i+3])
	}
	copy(ungated.xy, m.xy[:3])
	t := ungated.solve()
	line := []float64{t[0] / t[2], t[1] / t[2], 1} // b, a, 1
	var eta []float64
	for range 200 {
		// Given the line: y = η_0 d + η_1 s d.
		r := make([]float64, 12)
		for k, v := range line {
			r[k*2], r[(k+3)*2+1] = v, v
		}
		eta = m.reduce(r, nil).solve()
		// Given the rates: y − η·(−I, −s I) = a (η_0 E + η_1 s E) + b (η_0 + η_1 s).
		q := []float64{eta[0], 0, 0, eta[0], 0, 0, eta[1], 0, 0, eta[1], 0, 0}
		next := m.reduce(q, []float64{0, 0, eta[0], 0, 0, eta[1]}).solve()
		moved := math.Abs(next[0]-line[0]) + math.Abs(next[1]-line[1])
		line[0], line[1] = next[0], next[1]
		if !(moved > 1e-10*(math.Abs(line[0])+math.Abs(line[1]))) {
			break
		}
	}
	return [4]float64{eta[0], eta[1], line[1], line[0]}
}

// reduce returns the moments of the regressors xᵀr, with r of two columns, for
// y − x·offset.
func (m moments) reduce(r, offset []float64) moments {
	p := len(m.xy)
	out := newMoments(2)
	for i := range p {
		y := m.xy[i]
		for j, o := range offset {
			y -= m.xx[i*p+j] * o
		}
		for a := range 2 {
			out.xy[a] += r[i*2+a] * y
			for b := range 2 {
				for j := range p {
					out.xx[a*2+b] += r[i*2+a] * m.xx[i*p+j] * r[j*2+b]
				}
			}
		}
	}
	return out
}

// permute returns the P value of η_1 = 0 at a given line.
func (s samples) permute(slope, offset float64, draws int, rng *rand.Rand) float64 {
	type channel struct{ dd, dy, s, v float64 }
	d := form{constant: offset}.plus(own(e1, slope)).plus(own(i0, -1))
	cells := make([][]channel, len(s.cells))
	for c, list := range s.cells {
		for _, one := range list {
			m := within([]sample{one}, change, d)
			cells[c] = append(cells[c], channel{m.xx[0], m.xy[0], one.value[s1], one.variance[s1]})
		}
	}
	statistic := func() float64 {
		clusters := make([]moments, s.n)
		for k := range clusters {
			clusters[k] = newMoments(2)
		}
		for c, list := range cells {
			m := clusters[s.cluster[c]]
			for _, k := range list {
				m.xx[0] += k.dd
				m.xx[1] += k.s * k.dd
				m.xx[2] += k.s * k.dd
				m.xx[3] += (k.s*k.s - k.v) * k.dd
				m.xy[0] += k.dy
				m.xy[1] += k.s * k.dy
			}
		}
		value, se := estimate(clusters).linear(0, 1)
		return math.Abs(value) / se
	}
	observed, above := statistic(), 1
	for range draws {
		for _, list := range cells {
			rng.Shuffle(len(list), func(i, j int) {
				list[i].s, list[j].s = list[j].s, list[i].s
				list[i].v, list[j].v = list[j].v, list[i].v
			})
		}
		if statistic() >= observed {
			above++
		}
	}
	return float64(above) / float64(draws+1)
}
