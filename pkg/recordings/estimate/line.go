package estimate

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/optimize"
	"gonum.org/v1/gonum/stat"
)

// change is that of inhibition, ΔI.
var change = own(i1, 1).plus(own(i0, -1))

// toLine are the regressors of which ΔI = r (a E + b − I) is a sum: 1, E, −I.
func toLine() []form { return []form{one, own(e1, 1), own(i0, -1)} }

// distance is d = a E + b − I.
func distance(slope, offset float64) form {
	f := own(e1, slope).plus(own(i0, -1))
	f.v[0] = offset
	return f
}

// Restoration is the change of inhibition by its distance from a line,
//
//	ΔI = r (a E + b − I) = θ_0 + θ_1 E − θ_2 I,  a = θ_1/θ_2,  b = θ_0/θ_2,  r = θ_2,
//
// with E the excitation after pairing, I the inhibition before, and ΔI its change
// until late. Baseline inhibition stands on both sides, so its error must not be taken
// for a distance: every product in the sums of the regression is of measurements from
// two blocks (errors in variables, method of moments; Fuller 1987). Intervals of a and b
// are Fieller's, of r Student's.
type Restoration struct {
	Slope, Offset, Rate Estimate // a; b, in the unit of the currents; r
	// P is that of the null that inhibition does not go to a line: the larger
	// of the P values of θ_1 ≤ 0 and of θ_2 ≤ 0, which are those of Slope and
	// Rate, by score tests. A loss of inhibition in proportion to itself has
	// θ_2 > 0 alone, and growth with excitation θ_1 > 0 alone.
	P float64
	used
	points []point
	level  float64
	needed [2]struct{ noise, signal []float64 } // of the scores of a r and of r
}

// point is a channel: E, I and ΔI as measured, and the variance of the error of I.
type point struct{ excitation, inhibition, change, noise float64 }

// Restore estimates the restoration of the E/I line. It returns an error if there is
// neither a second block nor a standard error.
func Restore(cells []Cell, level float64) (Restoration, error) {
	s, err := gather(cells, usual, []quantity{i0, e1}, i1)
	if err != nil {
		return Restoration{}, err
	}
	m := s.moments(change, toLine()...)
	c := jackknife(s.names, m, moments.solve)
	r := Restoration{used: s.used, level: level,
		Slope: c.ratio(1, 2, level), Offset: c.ratio(0, 2, level), Rate: c.coefficient(2, len(s.names), level)}
	r.Slope.P, r.Rate.P, r.Offset.P = score(m, 1), score(m, 2), math.NaN()
	r.P = math.Max(r.Slope.P, r.Rate.P)
	ratio := 0.0 // of inhibition to excitation
	for _, c := range s.all() {
		e, i := c.values[1+e1], c.values[1+i0]
		ratio += i / e / float64(s.Channels)
		r.points = append(r.points, point{e, i, change.at(c), i*i - c.products[1+i0][1+i0]})
	}
	for k, by := range []float64{ratio, 1} {
		u, v := scores(m, 1+k)
		floats.AddScaled(u, -floats.Sum(u)/floats.Sum(v), v)
		floats.Scale(by, v)
		r.needed[k].noise, r.needed[k].signal = u, v
	}
	return r, nil
}

// Ordinary is what not to do: it returns the slope of the ordinary regression of the
// change of inhibition on its distance from a given line, as if channels were independent
// and nothing had errors, and the slope σ_I²/var d that errors alone give it in the mean
// without any plasticity, of the variances of the error of baseline inhibition and of the
// measured distances.
func (r Restoration) Ordinary(slope, offset float64) (naive Estimate, artefact float64) {
	d, y := r.Points(slope, offset)
	for _, p := range r.points {
		artefact += p.noise / float64(len(d))
	}
	n, variance := float64(len(d)), stat.Variance(d, nil)
	alpha, beta := stat.LinearRegression(d, y, nil, false)
	residual := 0.0
	for k := range d {
		e := y[k] - alpha - beta*d[k]
		residual += e * e
	}
	naive = student(beta, math.Sqrt(residual/(n-2)/(n-1)/variance), len(d)-1, r.level)
	return naive, artefact / variance
}

// Points returns the distance of each channel from a given line and the change of
// its inhibition, as measured.
func (r Restoration) Points(slope, offset float64) (distances, changes []float64) {
	for _, p := range r.points {
		distances, changes = append(distances, offset-p.inhibition+slope*p.excitation), append(changes, p.change)
	}
	return distances, changes
}

// Smallest returns the smallest rate r that eight of ten experiments like this one
// would find, by P < 1 − level, to a millionth; NaN if none up to 1000 would be found.
func (r Restoration) Smallest() float64 {
	const most, step = 1e9, 1e-6
	n := sort.Search(most, func(k int) bool { return r.finds(step*float64(k), r.Rate.N) })
	if n == most {
		return math.NaN()
	}
	return step * float64(n)
}

// Animals returns how many animals would find a rate in eight of ten experiments;
// at least three, and 0 if not even a thousand are enough.
func (r Restoration) Animals(rate float64) int {
	n := 3 + sort.Search(998, func(k int) bool { return r.finds(rate, 3+k) })
	if n > 1000 {
		return 0
	}
	return n
}

// finds is whether a rate is found in eight of ten experiments of n animals.
//
// It supposes the animals' noise and distances to be those seen here, whatever the
// rate. With r in the place of the rate that was estimated, the scores of a r and of
// r have the means and standard deviations from which the noncentrality of Student's
// t follows; each has to reach t_level + t_0.8, one-sided quantiles, as if one were
// found where the other is, with the mean ratio of inhibition to excitation for a.
func (r Restoration) finds(rate float64, n int) bool {
	t := studentsT(n)
	for _, x := range r.needed {
		u := floats.AddScaledTo(make([]float64, len(x.noise)), x.noise, rate, x.signal)
		mean, sd := stat.MeanStdDev(u, nil)
		if !(mean/sd*math.Sqrt(float64(n)) >= t.Quantile(r.level)+t.Quantile(0.8)) {
			return false
		}
	}
	return true
}

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
