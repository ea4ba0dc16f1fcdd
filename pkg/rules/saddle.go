package rules

import (
	"errors"
	"math"

	"credo/internal/gauss"
	"credo/internal/root"
)

// piece is a part of a piecewise linear map from the field ω that the other
// patterns leave to a pattern, to its potential, V = at + slope·ω for ω in
// [lo, hi], with the probability that it fires at presentation,
// fires + firesSlope·ω.
type piece struct {
	lo, hi            float64
	at, slope         float64
	fires, firesSlope float64
}

// averages are means over z ~ N(0, 1) of one class, ω = bias + sd·z.
type averages struct {
	shift, square, along float64 // of V − ω, its square, and z(V − ω)
	fires                float64
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

// mean averages over the pieces.
func mean(pieces []piece, bias, sd float64) averages {
	var a averages
	for _, p := range pieces {
		i0, i1, i2 := moments(p.lo, p.hi, bias, sd)
		q, r := p.at+(p.slope-1)*bias, (p.slope-1)*sd
		a.shift += q*i0 + r*i1
		a.square += q*q*i0 + 2*q*r*i1 + r*r*i2
		a.along += q*i1 + r*i2
		a.fires += (p.fires+p.firesSlope*bias)*i0 + p.firesSlope*sd*i1
	}
	return a
}

// saddle is the self-consistent state of many coupled patterns of two classes,
// ω = bias + sd·z and V = prox(ω; χ):
//
//	E[V − ω] = 0,  sd² = α E[(V − ω)²],  α(1 − E[zV]/sd) = 1 − ℓχ.
type saddle struct {
	bias, sd, susceptibility float64 // susceptibility is χ
}

var (
	errNoSaddle  = errors.New("no self-consistent state at this load: below capacity the patterns can all be stored")
	errCollapsed = errors.New("no spread at this load: so many patterns hold each other at threshold, V = 0")
)

// solveSaddle finds the state at load α, with weights of the classes and the
// decay ℓ, for a convex loss. With κ = χ/sd fixed it is the minimum over bias
// and sd of a convex function, which the outer equation makes a maximum over
// 1/κ, so three nested searches each of one sign change find it.
func solveSaddle(load, targets, decay float64, prox func(chi float64) [2][]piece) (saddle, error) {
	both := func(pieces [2][]piece, bias, sd float64) averages {
		x, y := mean(pieces[0], bias, sd), mean(pieces[1], bias, sd)
		f := targets
		return averages{
			shift: (1-f)*x.shift + f*y.shift, square: (1-f)*x.square + f*y.square, along: (1-f)*x.along + f*y.along,
		}
	}
	atSD := func(kappa, sd float64) (averages, float64, error) {
		pieces := prox(kappa * sd)
		shift := func(bias float64) float64 { return both(pieces, bias, sd).shift }
		width := 1 + sd
		for shift(-width) < 0 || shift(width) > 0 {
			if width *= 4; width > 1e12 {
				return averages{}, 0, errNoSaddle
			}
		}
		bias, err := root.Find(shift, -width, width)
		return both(pieces, bias, sd), bias, err
	}
	var failure error
	atKappa := func(kappa float64) (sd float64, a averages, bias float64, err error) {
		residual := func(log float64) float64 {
			sd := math.Exp(log)
			a, _, err := atSD(kappa, sd)
			if err != nil {
				failure = err
				return math.NaN()
			}
			return -load*a.along/sd - load*a.square/(2*sd*sd) - 0.5 + decay*kappa*sd
		}
		low, high := -1., 1.
		for residual(low) > 0 && low > -30 {
			low -= 2
		}
		for residual(high) < 0 && high < 20 {
			high += 2
		}
		if residual(low) > 0 { // the least is at sd = 0
			a, bias, err = atSD(kappa, math.Exp(low))
			return math.Exp(low), a, bias, err
		}
		if residual(high) < 0 {
			return math.Inf(1), averages{}, 0, nil
		}
		log, err := root.Find(residual, low, high)
		if err != nil {
			return 0, averages{}, 0, errors.Join(err, failure)
		}
		a, bias, err = atSD(kappa, math.Exp(log))
		return math.Exp(log), a, bias, err
	}
	outer := func(log float64) float64 {
		sd, a, _, err := atKappa(math.Exp(log))
		switch {
		case err != nil:
			failure = err
			return math.NaN()
		case math.IsInf(sd, 1):
			return 1
		}
		return load*a.square/(sd*sd) - 1
	}
	low, high := -1., 1.
	for outer(low) > 0 && low > -20 {
		low -= 2
	}
	for outer(high) < 0 && high < 20 {
		high += 2
	}
	log, err := root.Find(outer, low, high)
	if err != nil {
		return saddle{}, errNoSaddle
	}
	kappa := math.Exp(log)
	sd, a, bias, err := atKappa(kappa)
	if err == nil && sd < 1e-11 {
		return saddle{}, errCollapsed
	}
	if err != nil || math.IsInf(sd, 1) || math.Abs(load*a.square/(sd*sd)-1) > 1e-6 {
		return saddle{}, errNoSaddle
	}
	return saddle{bias, sd, kappa * sd}, nil
}
