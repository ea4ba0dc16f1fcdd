// Package cavity solves for the state of many coupled patterns, each of which
// moves by a force of its own in the Gaussian field that the others leave to it.
// The map from field to potential is kept piecewise linear, so that all
// averages are exact.
package cavity

import (
	"math"

	"credo/internal/gauss"
)

// Piece is a part of a piecewise linear map from the field ω that the other
// patterns leave to a pattern, to its potential, V = At + Slope·ω for ω in
// [Lo, Hi], with the probability that it fires at presentation,
// Fires + FiresSlope·ω.
type Piece struct {
	Lo, Hi            float64
	At, Slope         float64
	Fires, FiresSlope float64
}

// Averages are means over z ~ N(0, 1) of one class, ω = bias + sd·z.
type Averages struct {
	Shift, Square, Along float64 // of V − ω, its square, and z(V − ω)
	Fires                float64
}

// moments returns the means of 1, z and z² over z ~ N(0, 1) where
// bias + sd·z is in [lo, hi].
func moments(lo, hi, bias, sd float64) (i0, i1, i2 float64) {
	end := func(omega float64) (cdf, pdf, zpdf float64) {
		z := (omega - bias) / sd
		if math.IsInf(z, 0) {
			return max(0, math.Copysign(1, z)), 0, 0
		}
		pdf = gauss.PDF(z)
		return math.Erfc(-z/math.Sqrt2) / 2, pdf, z * pdf
	}
	c0, d0, e0 := end(lo)
	c1, d1, e1 := end(hi)
	return c1 - c0, d0 - d1, c1 - c0 + e0 - e1
}

// Mean averages over the pieces, with ω = bias + sd·z.
func Mean(pieces []Piece, bias, sd float64) Averages {
	var a Averages
	for _, p := range pieces {
		i0, i1, i2 := moments(p.Lo, p.Hi, bias, sd)
		q, r := p.At+(p.Slope-1)*bias, (p.Slope-1)*sd
		a.Shift += q*i0 + r*i1
		a.Square += q*q*i0 + 2*q*r*i1 + r*r*i2
		a.Along += q*i1 + r*i2
		a.Fires += (p.Fires+p.FiresSlope*bias)*i0 + p.FiresSlope*sd*i1
	}
	return a
}

// Work returns the mean of ω V(ω) over the pieces, with ω = b + z.
func Work(pieces []Piece, b float64) float64 {
	sum := 0.
	for _, p := range pieces {
		i0, i1, i2 := moments(p.Lo, p.Hi, b, 1)
		at := p.At + p.Slope*b
		sum += b*at*i0 + (at+b*p.Slope)*i1 + p.Slope*i2
	}
	return sum
}
