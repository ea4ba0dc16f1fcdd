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
// The fit minimises the squared error of the true change over all four numbers. That
// the rate is linear in s is an approximation: one that saturates with s, as over many
// presentations, leaves a small η_0 > 0, so that the test of the gate is that of η_1.
type Gating struct {
	Slope, Offset Estimate // a, b
	Always, Gated Estimate // η_0; η_1, with P of η_1 = 0 by permutation of s within cells
	// TooLittle and TooMuch are r_± of ΔI = r_± d on either side of the line of
	// [Restore], for channels with too little inhibition (d > 0) and too much, with P
	// of 0; Difference is r₊ − r₋. They need no spikes. An error that puts a channel
	// on one side would also be seen as its change, so the side is chosen by some
	// blocks, and the sums of ΔI and of d taken from others, and the other way round.
	TooLittle, TooMuch, Difference Estimate
	// Evoked is the mean change of inhibition, in the unit of the currents, at
	// channels with too much of it, weighted by their spikes: negative by a rule
	// that restores the line when the neuron fires, positive if spikes always
	// potentiate (D'amour & Froemke 2015). NaN without spikes.
	Evoked Estimate
	used
	Sided int // channels of which a side is known
}

// Gate estimates the dependence on firing. The permutation test leaves distance and
// change of each channel together. What cannot be estimated is NaN. It returns an error
// as [Restore] does, and one beside the sides of the line if spikes were not counted,
// or are the same in all channels.
func Gate(cells []Cell, level float64, draws int, rng *rand.Rand) (Gating, error) {
	no := undefined()
	g := Gating{Slope: no, Offset: no, Always: no, Gated: no, TooLittle: no, TooMuch: no, Difference: no, Evoked: no}
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
	g.used = s.used
	theta := sum(s.moments(change, toLine()...)).solve()
	slope, offset := theta[1]/theta[2], theta[0]/theta[2]
	jackknife(s.names, s.powers(), func(m moments) []float64 { return bilinear(m, slope, offset) }).into(level, &g.Always, &g.Gated, &g.Slope, &g.Offset)
	g.Gated.P = s.permuteSpikes(slope, offset, draws, rng)
	return g, nil
}

// powers returns the moments of 1, E, −I, s, s E, −s I in each cluster. The
// error of s is independent of the others, so that a product of the two
// corrected second moments is right in the mean.
func (s samples) powers() []moments {
	out := zeros(len(s.names), 6*7)
	for of, c := range s.all() {
		plain := c.times(toLine(), append(toLine(), change)) // 3 × 4
		power := [3]float64{1, c.values[1+s1], c.products[1+s1][1+s1]}
		for i := range 6 {
			row := out[of.cluster][i*7:]
			for j, x := range plain[i%3*4:][:3] {
				row[j] += c.weight * x * power[i/3]
				row[3+j] += c.weight * x * power[i/3+1]
			}
			row[6] += c.weight * plain[i%3*4+3] * power[i/3]
		}
	}
	return out
}

// bilinear returns η_0, η_1, a, b of the least loss, by turns from a given line:
// each pair is a linear problem given the other.
func bilinear(m moments, a, b float64) (best []float64) {
	for range 200 {
		// Given the line, y = η_0 d + η_1 s d.
		eta := m.pair([]float64{b, a, 1, 0, 0, 0}, []float64{0, 0, 0, b, a, 1}, []float64{6: 1})
		// Given the rates, y + (η_0 + η_1 s) I = b (η_0 + η_1 s) + a (η_0 + η_1 s) E.
		p, q := eta[0], eta[1]
		line := m.pair([]float64{p, 0, 0, q, 0, 0}, []float64{0, p, 0, 0, q, 0}, []float64{0, 0, -p, 0, 0, -q, 1})
		moved := math.Abs(line[0]-b) + math.Abs(line[1]-a)
		b, a = line[0], line[1]
		if best = []float64{p, q, a, b}; !(moved > 1e-9*(math.Abs(a)+math.Abs(b))) {
			break
		}
	}
	return best
}

// pair returns the regression of to·(x, y) on the regressors x·u and x·v.
func (m moments) pair(u, v, to []float64) []float64 {
	return moments{m.between(u, u), m.between(u, v), m.between(u, to), m.between(v, u), m.between(v, v), m.between(v, to)}.solve()
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
// the studentised score of s d, given d, for they may depend on each other under the
// null too,
//
//	u_g = Σ w (s − γ)(d y − r d²) over the cluster,  |Σ u_g| / √(Σ u_g² − (Σ u_g)²/G).
func (s samples) permuteSpikes(slope, offset float64, draws int, rng *rand.Rand) float64 {
	d := []form{distance(slope, offset), change}
	var squares []moments // w d² and w d y of each channel
	var clusters []int
	spikes := make([][]float64, len(s.cells))
	for c := range s.cells {
		for _, ch := range s.cells[c].channels {
			m := ch.times(d[:1], d)
			floats.Scale(ch.weight, m)
			squares, clusters, spikes[c] = append(squares, m), append(clusters, s.cells[c].cluster), append(spikes[c], ch.values[1+s1])
		}
	}
	all, u := sum(squares), make([]float64, len(s.names))
	return permute(spikes, func() float64 {
		clear(u)
		list, gamma := slices.Concat(spikes...), 0.0
		for k, v := range list {
			gamma += v * squares[k][0] / all[0]
		}
		for k, v := range list {
			u[clusters[k]] += (v - gamma) * (squares[k][1] - all[1]/all[0]*squares[k][0])
		}
		t := floats.Sum(u)
		return math.Abs(t) / math.Sqrt(floats.Dot(u, u)-t*t/float64(len(u)))
	}, draws, rng)
}

// parts splits means into two whose errors are independent: every other block, or
// every other sweep of the only one, if it has four.
func parts(means []Mean) [2]float64 {
	if means = measured(means); len(means) == 1 {
		sweeps := means[0].Sweeps
		if means = nil; len(sweeps) >= 4 {
			for _, v := range sweeps {
				means = append(means, Mean{Value: v})
			}
		}
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
	s, err := gather(cells, usual, nil, e1, i0, i1)
	if err != nil {
		return
	}
	sums := zeros(len(s.names), 6) // of d' d and d' ΔI with too little and with too much, of s and s ΔI
	for of, c := range s.all() {
		before, after := parts(c.measured[i0]), parts(c.measured[e1])
		if math.IsNaN(before[0] + after[0]) {
			continue
		}
		g.Sided++
		spikes := average(c.measured[s1])
		for h := range before {
			m, change := sums[of.cluster], c.values[1+i1]-before[h]
			chooser := slope*after[0] + offset - before[1-h]
			if !(chooser > 0) {
				if spikes > 0 {
					floats.Add(m[4:], []float64{spikes, spikes * change})
				}
				m = m[2:]
			}
			floats.AddScaled(m[:2], c.weight*chooser, []float64{slope*after[1] + offset - before[h], change})
		}
	}
	jackknife(s.names, sums, func(m moments) []float64 {
		return []float64{m[1] / m[0], m[3] / m[2], m[5] / m[4], m[1]/m[0] - m[3]/m[2]}
	}).into(level, &g.TooLittle, &g.TooMuch, &g.Evoked, &g.Difference)
}
