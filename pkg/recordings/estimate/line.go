package estimate

import (
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
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
// with E the excitation after pairing, early and late, I the inhibition before, and
// ΔI its change until late. Baseline inhibition stands on both sides, so its error
// must not be taken for a distance: every product in the sums of the regression is
// of measurements from two blocks (errors in variables, method of moments; Fuller
// 1987).
//
// Intervals of a and b are Fieller's, of r Student's, both from the jackknife
// over animals.
type Restoration struct {
	Slope, Offset, Rate Estimate // a; b, in the unit of the currents; r
	// P is that of the null that inhibition does not go to a line: the larger
	// of the P values of θ_1 ≤ 0 and of θ_2 ≤ 0, which are those of Slope and
	// Rate, by score tests. A loss of inhibition in proportion to itself has
	// θ_2 > 0 alone, and growth with excitation θ_1 > 0 alone.
	P float64
	// Naive is the slope of the ordinary regression of ΔI on the distance, as of
	// Ordinary, at Slope and Offset. Without any plasticity it is Artefact in the
	// mean.
	Naive    Estimate
	Artefact float64
	// Laws are rivals of the line, with no Rivals where excitation before, too,
	// is needed and was not measured.
	Laws       Contest
	Cells      int // used
	Replicated int // of these, with all products from different blocks
	Channels   int // used
	Missing    int // channels that lack a measurement it needs

	samples samples
	level   float64
	se      float64 // of r at which a r and r are both found
}

// Restore estimates the restoration of the E/I line in cells of one condition. It
// returns an error if conditions are mixed, if fewer than two animals (cells, where
// no animal is named) can be used, or if there is neither a second block nor a
// standard error. Level is that of the intervals, in (0, 1).
func Restore(cells []Cell, level float64) (Restoration, error) {
	s, err := gather(cells, usual, []quantity{i0, e1}, i1)
	if err != nil {
		return Restoration{}, err
	}
	m := s.moments(change, toLine()...)
	c := jackknife(s.names, m, moments.solve)
	r := Restoration{
		Slope: c.ratio(1, 2, level), Offset: c.ratio(0, 2, level), Rate: c.linear(level, 0, 0, 1),
		Laws:  compare(cells),
		Cells: len(s.cells), Replicated: s.replicated(change, toLine()...), Channels: s.channel, Missing: s.missing,
		samples: s, level: level, se: math.Sqrt(c.v[8]),
	}
	r.Slope.P, r.Rate.P, r.Offset.P = score(m, 1), score(m, 2), math.NaN()
	r.P = math.Max(r.Slope.P, r.Rate.P)
	r.Naive, r.Artefact = r.Ordinary(r.Slope.Value, r.Offset.Value)
	return r, nil
}

// Ordinary returns the slope of the ordinary regression of the change of inhibition
// on its distance from a given line, with interval and P as if channels were
// independent and nothing had errors, and the slope that errors of measurement
// alone give it in the mean without any plasticity,
//
//	σ_I²/var d,
//
// with σ_I² the mean variance of the error of baseline inhibition, and var d
// that of the measured distances. It is what not to do.
func (r Restoration) Ordinary(slope, offset float64) (naive Estimate, artefact float64) {
	d, y := r.Points(slope, offset)
	for _, c := range r.samples.cells {
		for k := range c.channels {
			p := &c.channels[k].products
			artefact += (p[0][1+i0]*p[0][1+i0] - p[1+i0][1+i0]) / float64(len(d))
		}
	}
	n := float64(len(d))
	alpha, beta := stat.LinearRegression(d, y, nil, false)
	spread, residual := stat.Variance(d, nil)*(n-1), 0.0
	for k := range d {
		e := y[k] - alpha - beta*d[k]
		residual += e * e
	}
	naive = student(beta, math.Sqrt(residual/(n-2)/spread), len(d)-1, r.level)
	return naive, artefact / (spread / (n - 1))
}

// Points returns the distance of each channel from a given line and the change of
// its inhibition, as measured.
func (r Restoration) Points(slope, offset float64) (distances, changes []float64) {
	for _, c := range r.samples.cells {
		for k := range c.channels {
			distances = append(distances, distance(slope, offset).at(&c.channels[k]))
			changes = append(changes, change.at(&c.channels[k]))
		}
	}
	return distances, changes
}

// power is the share of experiments in which a rate is to be found.
const power = 0.8

// Smallest returns the smallest rate r that eight of ten experiments like this one
// would find, in the sense of Rate.P < 1 − level,
//
//	r = (t_level + t_0.8) s,
//
// one-sided quantiles of Student's t with G − 1 degrees of freedom and s the
// jackknife's standard error of r. It supposes that s does not depend on r, and that
// excitation says as much of the line as inhibition does.
func (r Restoration) Smallest() float64 { return r.needs(r.Rate.N) }

func (r Restoration) needs(animals int) float64 {
	t := distuv.StudentsT{Sigma: 1, Nu: float64(animals - 1)}
	return (t.Quantile(r.level) + t.Quantile(power)) * r.se * math.Sqrt(float64(r.Rate.N)/float64(animals))
}

// Animals returns how many animals would find a rate in eight of ten experiments,
// as Smallest does, with as many cells each as here; at least three, and 0 if not
// even a thousand are enough.
func (r Restoration) Animals(rate float64) int {
	for n := 3; n <= 1000; n++ {
		if r.needs(n) <= rate {
			return n
		}
	}
	return 0
}
