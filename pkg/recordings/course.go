package recordings

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
	// Tau is the time constant in min, with P of r = 0 at the last time,
	// two-sided; the interval is Student's of ln τ. NaN where the data do not
	// bound it: if all is relaxed at the first time, or nothing at the last.
	Tau     Estimate
	Missing []int     // channels that lack a measurement it needs, at these times
	Few     []float64 // times left out, for inhibition of fewer than two animals, or without its error
}

// Follow estimates the time course about the line that it fits to all times
// together, anew for each animal left out. It returns an error if no time after
// pairing has inhibition of two animals.
func Follow(cells []Cell, from Reference, level float64) (Course, error) {
	var c Course
	var at []map[[2]string]moments // by time, by animal
	var animals [][2]string        // of all times
	for _, t := range stretches(cells) {
		s, err := gather(t.during(cells), from, e0, e0, i0, e1, i1)
		if err != nil {
			c.Few = append(c.Few, t.mean)
			continue
		}
		c.Times, c.Missing = append(c.Times, t.mean), append(c.Missing, s.missing)
		of := map[[2]string]moments{}
		for g, m := range s.moments(change, toLine()...) {
			of[s.names[g]] = m
			if !slices.Contains(animals, s.names[g]) {
				animals = append(animals, s.names[g])
			}
		}
		at = append(at, of)
	}
	if len(at) == 0 {
		return c, fmt.Errorf("recordings: no time after pairing with inhibition of two animals or cells")
	}
	all := make([]moments, len(at))
	for k := range at {
		all[k] = newMoments(3)
		for _, animal := range animals {
			if m, ok := at[k][animal]; ok {
				all[k].add(m, 1)
			}
		}
	}
	whole, logTau := relax(c.Times, all)
	n := float64(len(animals))
	v, shares := 0.0, make([]float64, len(at))
	for _, animal := range animals {
		leave := func(by float64) {
			for k := range at {
				if m, ok := at[k][animal]; ok {
					all[k].add(m, by)
				}
			}
		}
		leave(-1)
		part, e := relax(c.Times, all)
		leave(1)
		v += (e - logTau) * (e - logTau) * (n - 1) / n
		for k := range at {
			shares[k] += (part[k] - whole[k]) * (part[k] - whole[k]) * (n - 1) / n
		}
	}
	for k, r := range whole {
		c.Share = append(c.Share, student(r, math.Sqrt(shares[k]), len(at[k]), level))
	}
	c.Tau = student(logTau, math.Sqrt(v), len(animals), level)
	c.Tau.Value, c.Tau.Low, c.Tau.High = math.Exp(logTau), math.Exp(c.Tau.Low), math.Exp(c.Tau.High)
	c.Tau.P = c.Share[len(at)-1].P
	return c, nil
}

// relax returns r at each time and ln τ, NaN if that is not bounded, from the
// moments of each time.
func relax(times []float64, at []moments) (share []float64, logTau float64) {
	all := sum(at)
	theta := all.solve()
	line := []float64{theta[0] / theta[2], theta[1] / theta[2], 1}
	dd, dy := make([]float64, len(at)), make([]float64, len(at))
	for k, m := range at {
		for i, x := range line {
			dy[k] += x * m.xy[i]
			for j, y := range line {
				dd[k] += x * m.xx[i*3+j] * y
			}
		}
		share = append(share, dy[k]/dd[k])
	}
	loss := func(x []float64) (v float64) {
		for k, t := range times {
			r := -math.Expm1(-t / math.Exp(x[0]))
			v += r*r*dd[k] - 2*r*dy[k]
		}
		return v
	}
	best, err := optimize.Minimize(optimize.Problem{Func: loss}, []float64{math.Log(times[len(times)-1] / 2)}, nil, &optimize.NelderMead{})
	if tau := math.Exp(best.X[0]); err != nil || tau < times[0]/20 || tau > 100*times[len(times)-1] {
		return share, math.NaN()
	}
	return share, best.X[0]
}

// stretch is a range of times that are taken as one.
type stretch struct{ first, last, mean float64 }

// stretches joins the times after pairing at which inhibition was measured: a
// stretch holds what comes within a quarter of its first time, or two minutes.
func stretches(cells []Cell) (out []stretch) {
	var times []float64
	for _, c := range cells {
		for _, t := range c.Channels {
			for _, p := range t.Course {
				if p.Time > 0 {
					times = append(times, p.Time)
				}
			}
		}
	}
	slices.Sort(times)
	for len(times) > 0 {
		n := 1
		for n < len(times) && times[n] <= max(1.25*times[0], times[0]+2) {
			n++
		}
		out = append(out, stretch{times[0], times[n-1], stat.Mean(times[:n], nil)})
		times = times[n:]
	}
	return out
}

// during returns the cells with the inhibition of a stretch in the place of Late.
func (s stretch) during(cells []Cell) []Cell {
	out := make([]Cell, len(cells))
	for c, cell := range cells {
		out[c] = Cell{Animal: cell.Animal, Name: cell.Name, Treatment: cell.Treatment}
		for _, t := range cell.Channels {
			var means []Mean
			for _, p := range t.Course {
				if s.first <= p.Time && p.Time <= s.last {
					means = append(means, p.Mean)
				}
			}
			t.I[Late] = pool(means)
			out[c].Channels = append(out[c].Channels, t)
		}
	}
	return out
}
