package recordings

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/optimize"
)

// Course is the relaxation of inhibition to the line over time after pairing,
//
//	ΔI(t) = r(t) (a E + b − I),  r(t) = 1 − e^{−t/τ}.
type Course struct {
	Times []float64  // min after pairing
	Share []Interval // r at these times, by itself
	// Tau is the time constant in min, with P of r = 0 at the last time,
	// two-sided; the interval is Student's of ln τ.
	Tau     Interval
	Missing []int     // channels that lack a measurement it needs, at these times
	Few     []float64 // times left out, for inhibition of fewer than two animals
}

// Follow estimates the time course about the line that it fits to all times
// together, anew for each animal left out. It returns an error if no time after
// pairing has inhibition of two animals.
func Follow(cells []Cell, from Reference, level float64) (Course, error) {
	var c Course
	var at [][]moments // by time, by animal
	n := 0
	for _, t := range timesAfter(cells) {
		s, err := gather(atTime(cells, t), from, e0, e0, i0, e1, i1)
		if err != nil {
			c.Few = append(c.Few, t)
			continue
		}
		c.Times, c.Missing = append(c.Times, t), append(c.Missing, s.missing)
		at, n = append(at, s.moments(change, toLine()...)), max(n, s.n)
	}
	if len(at) == 0 {
		return c, fmt.Errorf("recordings: no time after pairing with inhibition of two animals or cells")
	}
	whole, logTau := relax(c.Times, at, -1)
	v, shares := 0.0, make([]float64, len(at))
	for g := range n {
		part, e := relax(c.Times, at, g)
		v += (e - logTau) * (e - logTau) * float64(n-1) / float64(n)
		for k := range at {
			shares[k] += (part[k] - whole[k]) * (part[k] - whole[k]) * float64(n-1) / float64(n)
		}
	}
	for k, r := range whole {
		c.Share = append(c.Share, student(r, math.Sqrt(shares[k]), len(at[k]), level))
	}
	c.Tau = student(logTau, math.Sqrt(v), n, level)
	c.Tau.Estimate, c.Tau.Low, c.Tau.High = math.Exp(logTau), math.Exp(c.Tau.Low), math.Exp(c.Tau.High)
	c.Tau.P = c.Share[len(at)-1].P
	return c, nil
}

// relax returns r at each time and ln τ with one animal left out; −1 for none.
func relax(times []float64, at [][]moments, out int) (share []float64, logTau float64) {
	all, rest := newMoments(3), make([]moments, len(at))
	for k, animals := range at {
		rest[k] = sum(animals)
		if out >= 0 && out < len(animals) {
			rest[k].add(animals[out], -1)
		}
		all.add(rest[k], 1)
	}
	theta := all.solve()
	line := []float64{theta[0] / theta[2], theta[1] / theta[2], 1}
	dd, dy := make([]float64, len(at)), make([]float64, len(at))
	for k, m := range rest {
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
	if err != nil {
		return share, math.NaN()
	}
	return share, best.X[0]
}

// timesAfter returns the times after pairing at which inhibition was measured.
func timesAfter(cells []Cell) (times []float64) {
	for _, c := range cells {
		for _, t := range c.Channels {
			for _, p := range t.Course {
				if p.Time > 0 && !slices.Contains(times, p.Time) {
					times = append(times, p.Time)
				}
			}
		}
	}
	slices.Sort(times)
	return times
}

// atTime returns the cells with the inhibition of one time in the place of Late.
func atTime(cells []Cell, time float64) []Cell {
	out := make([]Cell, len(cells))
	for c, cell := range cells {
		out[c] = Cell{Animal: cell.Animal, Name: cell.Name, Condition: cell.Condition}
		for _, t := range cell.Channels {
			late := Mean{Value: math.NaN(), Variance: math.NaN()}
			for _, p := range t.Course {
				if p.Time == time {
					late = p.Mean
				}
			}
			t.I[Late] = late
			out[c].Channels = append(out[c].Channels, t)
		}
	}
	return out
}
