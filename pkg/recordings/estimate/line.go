package estimate

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// change is that of inhibition, ΔI.
var change = own(i1, 1).plus(own(i0, -1))

// toLine are the regressors of which ΔI = r (a E + b − I) is a sum: 1, E, −I.
func toLine() []form { return []form{one, own(e1, 1), own(i0, -1)} }

// distance is d = a E + b − I.
func distance(slope, offset float64) form {
	return form{constant: offset}.plus(own(e1, slope)).plus(own(i0, -1))
}

// Restoration is the change of inhibition by its distance from a line,
//
//	ΔI = r (a E + b − I) = θ_0 + θ_1 E − θ_2 I,  a = θ_1/θ_2,  b = θ_0/θ_2,  r = θ_2,
//
// with E the excitation after pairing (or before, by [Reference]), I the inhibition
// before, and ΔI its change until late. Baseline inhibition stands on both
// sides, so its error must not be taken for a distance: the sums of the
// regression are rid of it (errors in variables, method of moments; Fuller
// 1987), which is what splitting the sweeps in all possible pairs comes to.
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
	// Naive is the slope of the ordinary regression of ΔI on the distance, at
	// Slope and Offset, with P and interval as if channels were independent and
	// nothing had errors. Without any plasticity it is Artefact in the mean.
	Naive    Estimate
	Artefact float64
	Channels int // used
	Missing  int // channels that lack a measurement it needs
}

// Restore estimates the restoration of the E/I line. It returns an error if
// fewer than two animals (cells, where no animal is named) can be used, or if a
// standard error is unknown. Level is that of the intervals, in (0, 1).
func Restore(cells []Cell, from Reference, level float64) (Restoration, error) {
	s, err := gather(cells, from, e0, e0, i0, e1, i1)
	if err != nil {
		return Restoration{}, err
	}
	m := s.moments(change, toLine()...)
	c := estimate(m)
	r := Restoration{
		Slope: c.ratio(1, 2, level), Offset: c.ratio(0, 2, level), Rate: c.linear(level, 0, 0, 1),
		Channels: s.channel, Missing: s.missing,
	}
	r.Slope.P, r.Rate.P, r.Offset.P = score(m, 1), score(m, 2), math.NaN()
	r.P = math.Max(r.Slope.P, r.Rate.P)
	r.Naive, r.Artefact, err = Naive(cells, from, r.Slope.Value, r.Offset.Value, level)
	return r, err
}

// Naive returns the slope of the ordinary regression of the change of inhibition
// on its distance from a given line, and the slope that errors of measurement
// alone give it in the mean without any plasticity,
//
//	σ_I²/var d,
//
// with σ_I² the mean variance of the error of baseline inhibition, and var d
// that of the measured distances. It is what not to do.
func Naive(cells []Cell, from Reference, slope, offset, level float64) (naive Estimate, artefact float64, err error) {
	s, err := gather(cells, from, e0, e0, i0, e1, i1)
	if err != nil {
		return Estimate{}, 0, err
	}
	var d, y []float64
	for _, list := range s.cells {
		for _, c := range list {
			d = append(d, slope*c.value[e1]+offset-c.value[i0])
			y = append(y, c.value[i1]-c.value[i0])
			artefact += c.variance[i0] / float64(s.channel)
		}
	}
	n := float64(len(d))
	alpha, beta := stat.LinearRegression(d, y, nil, false)
	spread, residual := stat.Variance(d, nil)*(n-1), 0.0
	for k := range d {
		e := y[k] - alpha - beta*d[k]
		residual += e * e
	}
	naive = student(beta, math.Sqrt(residual/(n-2)/spread), len(d)-1, level)
	return naive, artefact / (spread / (n - 1)), nil
}
