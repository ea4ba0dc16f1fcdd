package estimate

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/optimize"
	"gonum.org/v1/gonum/stat"
)

// Course is the relaxation of inhibition to the line over time after pairing,
//
//	ΔI(t) = r(t) (a E + b − I),  r(t) = 1 − e^{−t/τ}.
type Course struct {
	Times []float64  // min after pairing; times close to each other are joined
	Share []Estimate // r at these times, by itself
	// Tau is the time constant in min, with P of r = 0 at the last time; the interval
	// is Student's of ln τ. NaN where the data do not bound it: if all is relaxed at
	// the first time, or nothing at the last.
	Tau Estimate
}

// Follow estimates the time course about the line that it fits to all times
// together, anew for each animal left out.
func Follow(cells []Cell, level float64) (Course, error) {
	var c Course
	var n []int // animals at each time
	var names []string
	var animals []moments // of one time after the other
	list := stretches(cells)
	for _, t := range list {
		s, err := gather(cells, t.view(), []quantity{i0, e1}, i1)
		if err != nil {
			continue // inhibition of fewer than two animals, or without its error
		}
		for g, m := range s.moments(change, toLine()...) {
			i := slices.Index(names, s.names[g])
			if i < 0 {
				i, names, animals = len(names), append(names, s.names[g]), append(animals, make(moments, len(m)*len(list)))
			}
			copy(animals[i][len(m)*len(n):], m)
		}
		c.Times, n = append(c.Times, t.mean), append(n, len(s.names))
	}
	if len(n) == 0 {
		return c, fmt.Errorf("recordings: no time after pairing with inhibition of two animals or cells of one condition")
	}
	fit := jackknife(names, animals, func(m moments) []float64 { return relax(c.Times, m[:12*len(n)]) })
	c.Tau = fit.coefficient(len(n), len(names), level)
	for k, n := range n {
		c.Share = append(c.Share, fit.coefficient(k, n, level))
	}
	c.Tau.Value, c.Tau.Low, c.Tau.High = math.Exp(c.Tau.Value), math.Exp(c.Tau.Low), math.Exp(c.Tau.High)
	for g := range c.Tau.without {
		c.Tau.without[g] = math.Exp(c.Tau.without[g])
	}
	c.Tau.P = c.Share[len(n)-1].P
	return c, nil
}

// relax returns r at each time, and then ln τ, NaN if that is not bounded, from
// the moments of one time after the other.
func relax(times []float64, m moments) (out []float64) {
	at := slices.Collect(slices.Chunk(m, len(m)/len(times)))
	theta := sum(at).solve()
	line := []float64{theta[0] / theta[2], theta[1] / theta[2], 1}
	var dd, dy []float64
	for k, m := range at {
		dd, dy = append(dd, m.between(line, line)), append(dy, m.between(line, []float64{0, 0, 0, 1}))
		out = append(out, dy[k]/dd[k])
	}
	loss := func(x []float64) (v float64) {
		for k, t := range times {
			r := -math.Expm1(-t / math.Exp(x[0]))
			v += r*r*dd[k] - 2*r*dy[k]
		}
		return v
	}
	last := times[len(times)-1]
	best, err := optimize.Minimize(optimize.Problem{Func: loss}, []float64{math.Log(last / 2)}, nil, &optimize.NelderMead{})
	if err != nil || !(math.Exp(best.X[0]) >= times[0]/20 && math.Exp(best.X[0]) <= 100*last) {
		return append(out, math.NaN())
	}
	return append(out, best.X[0])
}

// stretch is a range of times that are taken as one.
type stretch struct{ first, last, mean float64 }

// stretches joins the times after pairing at which inhibition was measured: a
// stretch holds what comes within a quarter of its first time, or two minutes.
func stretches(cells []Cell) (out []stretch) {
	var times []float64
	for _, c := range cells {
		for _, t := range c.Channels {
			for _, b := range t.Blocks {
				if b.Time > 0 && !math.IsNaN(b.I.Value) {
					times = append(times, b.Time)
				}
			}
		}
	}
	slices.Sort(times)
	for _, run := range runs(times, func(first, t float64) bool { return t <= max(1.25*first, first+2) }) {
		out = append(out, stretch{run[0], run[len(run)-1], stat.Mean(run, nil)})
	}
	return out
}

// view puts the inhibition of a stretch in the place of that late.
func (s stretch) view() view {
	v := usual
	v[i1] = func(b *Block) bool { return s.first <= b.Time && b.Time <= s.last }
	return v
}
