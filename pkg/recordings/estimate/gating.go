package estimate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// Gating is whether the change of inhibition depends on the neuron's firing,
//
//	ΔI = (η_0 + η_1 s)(a E + b − I),
//
// with s the spikes a sweep, right after pairing where they were counted then.
// Ungated, η_1 = 0; gated by firing, η_0 = 0. The fit minimises the squared
// error of the true change over all four numbers, from sums that are rid of the
// errors of E, I and s; intervals are from the jackknife over animals. That the rate
// is linear in s is an approximation: a gated rate that saturates with s, as over many
// presentations, leaves a small η_0 > 0, so that the test of the gate is that of η_1.
type Gating struct {
	Slope, Offset Estimate // a, b
	Always, Gated Estimate // η_0; η_1, with P of η_1 = 0 by permutation of s within cells

	// TooLittle and TooMuch are the restoration on either side of the line of
	// [Restore], ΔI = r_± d for channels with too little inhibition (d > 0) and too
	// much (d < 0), with P of 0; Difference is r₊ − r₋. They need no spikes. An
	// error that puts a channel on one side would also be seen as its change, so
	// the side is chosen by some blocks, and the sums of ΔI and of d taken from
	// others, and the other way round; halves of the sweeps where there is one
	// block.
	TooLittle, TooMuch, Difference Estimate
	// Evoked is the mean change of inhibition, in the unit of the currents, at
	// channels with too much of it, weighted by their spikes: negative by a rule
	// that restores the line when the neuron fires, positive if spikes always
	// potentiate (D'amour & Froemke 2015). NaN without spikes.
	Evoked Estimate

	Cells      int // used
	Replicated int // of these, with all products from different blocks
	Channels   int // used
	Missing    int // channels that lack a measurement it needs
	Sided      int // channels of which a side is known
}

// Gate estimates the dependence on firing in cells of one condition. The
// permutation test leaves distance and change of each channel together and
// permutes the spikes among the channels of a cell; its statistic is the
// studentised score of η_1 at the line of [Restore], since spikes and distances may
// depend on each other under the null too. What cannot be estimated is NaN. It
// returns an error as Restore does, and one beside the sides of the line if
// spikes were not counted, or are the same in all channels.
func Gate(cells []Cell, level float64, draws int, rng *rand.Rand) (Gating, error) {
	g := Gating{Slope: undefined(), Offset: undefined(), Always: undefined(), Gated: undefined()}
	line, err := Restore(cells, level)
	if err != nil {
		return g, err
	}
	g.sides(cells, line.Slope.Value, line.Offset.Value, level)
	s, err := gather(cells, usual, []quantity{i0, e1, s1}, i1)
	if err != nil {
		return g, err
	}
	if s.constant(s1) {
		return g, fmt.Errorf("recordings: all channels have %v spikes a sweep, so that firing cannot be told to matter", s.cells[0].channels[0].values[1+s1])
	}
	g.Cells, g.Replicated, g.Channels, g.Missing = len(s.cells), s.replicated, s.channel, s.missing
	clusters := s.products()
	theta := sum(clusters).except(3, 6).solve()
	slope, offset := theta[1]/theta[2], theta[0]/theta[2]
	fit := jackknife(s.names, clusters, func(m moments) []float64 { return bilinear(m, slope, offset) })
	for k, v := range []*Estimate{&g.Always, &g.Gated, &g.Slope, &g.Offset} {
		*v = fit.coefficient(k, s.n, level)
	}
	g.Gated.P = s.permuteSpikes(slope, offset, draws, rng)
	return g, nil
}

// products returns the moments of 1, E, −I, s, s E, −s I in each cluster. The
// error of s is independent of the others, so that a product of the two
// corrected second moments is right in the mean.
func (s samples) products() []moments {
	out := newMomentsOf(s.n, 6)
	x := toLine()
	for _, c := range s.cells {
		m := out[c.cluster]
		for k := range c.channels {
			ch := &c.channels[k]
			plain := ch.moments(change, x...)
			power := [3]float64{ch.weight, ch.weight * ch.values[1+s1], ch.weight * ch.products[1+s1][1+s1]}
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

// bilinear returns η_0, η_1, a, b of the least loss, by turns from a given line:
// each pair is a linear problem given the other.
func bilinear(m moments, a, b float64) []float64 {
	var eta []float64
	for range 200 {
		// Given the line, y = η_0 d + η_1 s d.
		eta = m.pair([]float64{b, a, 1, 0, 0, 0}, []float64{0, 0, 0, b, a, 1}, make([]float64, 6))
		// Given the rates, y + (η_0 + η_1 s) I = b (η_0 + η_1 s) + a (η_0 + η_1 s) E.
		p, q := eta[0], eta[1]
		line := m.pair([]float64{p, 0, 0, q, 0, 0}, []float64{0, p, 0, 0, q, 0}, []float64{0, 0, p, 0, 0, q})
		moved := math.Abs(line[0]-b) + math.Abs(line[1]-a)
		b, a = line[0], line[1]
		if !(moved > 1e-9*(math.Abs(a)+math.Abs(b))) {
			break
		}
	}
	return []float64{eta[0], eta[1], a, b}
}

// pair returns the regression of y − x·offset on the regressors x·u and x·v.
func (m moments) pair(u, v, offset []float64) []float64 {
	var to moments
	for _, left := range [][]float64{u, v} {
		x := make([]float64, len(u)) // leftᵀ XX
		for i, f := range left {
			floats.AddScaled(x, f, row(m, i))
		}
		to.xx = append(to.xx, floats.Dot(x, u), floats.Dot(x, v))
		to.xy = append(to.xy, floats.Dot(left, m.xy)-floats.Dot(x, offset))
	}
	return to.solve()
}

// permute returns the P value, one-sided, of a statistic of lists whose values
// are permuted within each list.
func permute[T any](lists [][]T, statistic func() float64, draws int, rng *rand.Rand) float64 {
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
//	u_g = Σ w (s − γ)(d y − r d²) over the cluster,  |Σ u_g| / √(Σ u_g² − (Σ u_g)²/G).
func (s samples) permuteSpikes(slope, offset float64, draws int, rng *rand.Rand) float64 {
	d := distance(slope, offset)
	squares, spikes := make([][][2]float64, len(s.cells)), make([][]float64, len(s.cells)) // w d² and w d y
	dd, dy := 0.0, 0.0
	for c, of := range s.cells {
		for k := range of.channels {
			ch := &of.channels[k]
			m := ch.moments(change, d)
			xx, xy := ch.weight*m.xx[0], ch.weight*m.xy[0]
			squares[c], spikes[c] = append(squares[c], [2]float64{xx, xy}), append(spikes[c], ch.values[1+s1])
			dd, dy = dd+xx, dy+xy
		}
	}
	u := make([]float64, s.n)
	return permute(spikes, func() float64 {
		clear(u)
		gamma := 0.0
		for c, list := range spikes {
			for k, v := range list {
				gamma += v * squares[c][k][0] / dd
			}
		}
		for c, list := range spikes {
			for k, v := range list {
				u[s.cells[c].cluster] += (v - gamma) * (squares[c][k][1] - dy/dd*squares[c][k][0])
			}
		}
		t := floats.Sum(u)
		return math.Abs(t) / math.Sqrt(floats.Dot(u, u)-t*t/float64(s.n))
	}, draws, rng)
}

// parts splits means into two whose errors are independent: every other block, or
// halves of the sweeps of the only one.
func parts(means []Mean) (two [2]float64) {
	means = slices.DeleteFunc(slices.Clone(means), func(m Mean) bool { return math.IsNaN(m.Value) })
	switch len(means) {
	case 0:
		return [2]float64{math.NaN(), math.NaN()}
	case 1:
		return [2]float64{means[0].half(0).Value, means[0].half(1).Value}
	}
	var split [2][]Mean
	for k, m := range means {
		split[k%2] = append(split[k%2], m)
	}
	return [2]float64{average(split[0]), average(split[1])}
}

// sides estimates the asymmetry about a line. The distance d' by the earlier part of
// excitation and one part of the baseline chooses, and that by the others is d:
// r = Σ w d' ΔI/Σ w d' d over the channels of one sign of d'.
func (g *Gating) sides(cells []Cell, slope, offset, level float64) {
	g.TooLittle, g.TooMuch, g.Difference, g.Evoked = undefined(), undefined(), undefined(), undefined()
	s, err := gather(cells, usual, nil, e1, i0, i1)
	if err != nil {
		return
	}
	sums := newMomentsOf(s.n, 3) // of d' d and d' ΔI with too little and with too much, of s and s ΔI
	for _, c := range s.cells {
		m := sums[c.cluster]
		for k := range c.channels {
			ch := &c.channels[k]
			before, after := parts(ch.measured[i0]), parts(ch.measured[e1])
			if math.IsNaN(before[0] + after[0]) {
				continue
			}
			g.Sided++
			for h := range before {
				side, change := 0, ch.values[1+i1]-before[h]
				chooser := slope*after[0] + offset - before[1-h]
				if !(chooser > 0) {
					side = 1
				}
				m.xx[4*side] += ch.weight * chooser * (slope*after[1] + offset - before[h])
				m.xy[side] += ch.weight * chooser * change
				if spikes := average(ch.measured[s1]); side == 1 && spikes > 0 {
					m.xx[8] += spikes
					m.xy[2] += spikes * change
				}
			}
		}
	}
	c := jackknife(s.names, sums, func(m moments) []float64 {
		return []float64{m.xy[0] / m.xx[0], m.xy[1] / m.xx[4], m.xy[2] / m.xx[8], m.xy[0]/m.xx[0] - m.xy[1]/m.xx[4]}
	})
	for k, v := range []*Estimate{&g.TooLittle, &g.TooMuch, &g.Evoked, &g.Difference} {
		*v = c.coefficient(k, s.n, level)
	}
}
