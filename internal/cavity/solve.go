package cavity

import (
	"errors"
	"math"

	"credo/internal/root"
)

// State is the self-consistent state of many coupled patterns of two classes,
// ω = bias + sd·z and V = prox(ω; χ):
//
//	E[V − ω] = 0,  sd² = α E[(V − ω)²],  α(1 − E[zV]/sd) = 1 − ℓχ.
type State struct {
	Bias, SD, Susceptibility float64 // Susceptibility is χ
}

var (
	ErrBelowCapacity = errors.New("no self-consistent state at this load: below capacity the patterns can all be stored")
	ErrCollapsed     = errors.New("no spread at this load: so many patterns hold each other at threshold, V = 0")
)

// Solve finds the state at load α, with weights of the classes and the
// decay ℓ, for a convex loss. With κ = χ/sd fixed it is the minimum over bias
// and sd of a convex function, which the outer equation makes a maximum over
// 1/κ, so three nested searches each of one sign change find it.
func Solve(load, targets, decay float64, prox func(chi float64) [2][]Piece) (State, error) {
	both := func(pieces [2][]Piece, bias, sd float64) Averages {
		x, y := Mean(pieces[0], bias, sd), Mean(pieces[1], bias, sd)
		f := targets
		return Averages{
			Shift: (1-f)*x.Shift + f*y.Shift, Square: (1-f)*x.Square + f*y.Square, Along: (1-f)*x.Along + f*y.Along,
		}
	}
	atSD := func(kappa, sd float64) (Averages, float64, error) {
		pieces := prox(kappa * sd)
		shift := func(bias float64) float64 { return both(pieces, bias, sd).Shift }
		width := 1 + sd
		for shift(-width) < 0 || shift(width) > 0 {
			if width *= 4; width > 1e12 {
				return Averages{}, 0, ErrBelowCapacity
			}
		}
		bias, err := root.Find(shift, -width, width)
		return both(pieces, bias, sd), bias, err
	}
	var failure error
	atKappa := func(kappa float64) (sd float64, a Averages, bias float64, err error) {
		residual := func(log float64) float64 {
			sd := math.Exp(log)
			a, _, err := atSD(kappa, sd)
			if err != nil {
				failure = err
				return math.NaN()
			}
			return -load*a.Along/sd - load*a.Square/(2*sd*sd) - 0.5 + decay*kappa*sd
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
			return math.Inf(1), Averages{}, 0, nil
		}
		log, err := root.Find(residual, low, high)
		if err != nil {
			return 0, Averages{}, 0, errors.Join(err, failure)
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
		return load*a.Square/(sd*sd) - 1
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
		return State{}, ErrBelowCapacity
	}
	kappa := math.Exp(log)
	sd, a, bias, err := atKappa(kappa)
	if err == nil && sd < 1e-11 {
		return State{}, ErrCollapsed
	}
	if err != nil || math.IsInf(sd, 1) || math.Abs(load*a.Square/(sd*sd)-1) > 1e-6 {
		return State{}, ErrBelowCapacity
	}
	return State{bias, sd, kappa * sd}, nil
}
