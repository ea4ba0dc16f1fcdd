package theory

import (
	"fmt"
	"math"

	"credo/internal/cavity"
	"credo/internal/domain"
)

// Overload is the state that small-rate learning reaches when patterns are
// coupled, with more of them than can be stored or with decaying weights, in
// the limit of many channels.
type Overload struct {
	Load float64 // α = P/N

	V1, V0           float64 // mean potential of each class
	Miss, FalseAlarm float64 // probability of a wrong answer at presentation
	Error            float64 // P(y ≠ Y) at presentation

	Bias, SD       float64 // of the field ω that other patterns leave to a pattern
	Susceptibility float64 // χ: V = ω + χ F(Y, V)
}

// Overload returns that state at load α = P/N. The field ω = B + √q z that the
// other patterns leave to a pattern is Gaussian, and its own force moves it to
// V = ω + χ F(Y, V), or to V = 0 where F jumps down through the value needed:
//
//	E[F(Y, V)] = 0,  q = α E[(V − ω)²],  α (1 − E[zV]/√q) = 1 − ℓ a_I χ.
//
// A pattern held at V = 0 chatters and fires with the probability that makes
// its mean force −ω/χ. decay is ℓ = P d/(λ a_I g), with d the loss of all
// weights per trial, and 0 for none; with it there is a state at every load.
//
// The equations hold if the loss −∫F dV is convex, that is if F(Y, V) does not
// rise with V; else learning has many end states, and Overload refuses and says
// where F rises. So it does for the reported rules, whose disinhibition and
// Hebbian rule make F jump up at threshold; gated, with large disinhibition and
// b large enough, the loss is convex. F is tabulated for |V| of at least 10,
// and continued linearly beyond. It returns an error below capacity, where
// nothing determines the spread, at loads so large that patterns hold each
// other at V = 0, and for arguments outside their domains.
// Derived here, by the cavity method.
func (t *Theory) Overload(load, decay float64) (Overload, error) {
	prox := func(f force) (func(chi float64) [2][]cavity.Piece, error) {
		tables, err := f.tables()
		return func(chi float64) [2][]cavity.Piece {
			return [2][]cavity.Piece{tables[0].Pieces(chi), tables[1].Pieces(chi)}
		}, err
	}
	return t.overload(load, decay, prox)
}

// overload solves the equations for a map from ω to V.
func (t *Theory) overload(load, decay float64, build func(force) (func(chi float64) [2][]cavity.Piece, error)) (Overload, error) {
	if err := t.why(); err != nil {
		return Overload{}, err
	}
	c := t.circuit
	if err := domain.Check("theory: ",
		domain.Field{Name: "load P/N", Value: load, In: domain.Positive},
		domain.Field{Name: "decay ℓ", Value: decay, In: domain.NonNegative}); err != nil {
		return Overload{}, err
	}
	if t.force().silent(true, t.force().above()) != 0 {
		return Overload{}, fmt.Errorf("theory: Acetylcholine.Depression = %v: coupled patterns with change of silent synapses are not derived", c.Acetylcholine.Depression)
	}
	prox, err := build(t.force())
	if err != nil {
		return Overload{}, err
	}
	s, err := cavity.Solve(load, c.TargetCoding, decay*c.Balance.Rate, prox)
	if err != nil {
		return Overload{}, fmt.Errorf("theory: load P/N = %v: %w", load, err)
	}
	pieces := prox(s.Susceptibility)
	y0, y1 := cavity.Mean(pieces[0], s.Bias, s.SD), cavity.Mean(pieces[1], s.Bias, s.SD)
	f := c.TargetCoding
	return Overload{
		Load: load, V1: s.Bias + y1.Shift, V0: s.Bias + y0.Shift,
		Miss: 1 - y1.Fires, FalseAlarm: y0.Fires, Error: f*(1-y1.Fires) + (1-f)*y0.Fires,
		Bias: s.Bias, SD: s.SD, Susceptibility: s.Susceptibility,
	}, nil
}

// tables tabulates the force of both classes, or returns an error that says
// where it rises.
func (f force) tables() ([2]cavity.Table, error) {
	var tables [2]cavity.Table
	near := f.reach()
	for y, target := range [2]bool{false, true} {
		var t cavity.Table
		for _, v := range f.grid() {
			if math.Abs(v) > near {
				continue
			}
			s := cavity.Point{V: v, F: f.of(target, v)}
			if n := len(t); n > 0 && s.F > t[n-1].F+1e-9*(math.Abs(s.F)+math.Abs(t[n-1].F)) {
				if t[n-1].V == 0 {
					return tables, fmt.Errorf("theory: the loss is not convex: F(%d, V) jumps up at V = 0, from %.4g to %.4g; learning then has many end states", y, t[n-1].F, s.F)
				}
				return tables, fmt.Errorf("theory: the loss is not convex: F(%d, V) rises from %.4g to %.4g near V = %.3g; learning then has many end states", y, t[n-1].F, s.F, v)
			}
			if n := len(t); n > 1 && t[n-1].V != 0 && t[n-2].V != 0 && straight(t[n-2], t[n-1], s) {
				t[n-1] = s
				continue
			}
			t = append(t, s)
		}
		tables[y] = t
	}
	return tables, nil
}

// straight tells whether the middle of three samples lies on a line between
// the others.
func straight(a, b, c cavity.Point) bool {
	line := a.F + (c.F-a.F)*(b.V-a.V)/(c.V-a.V)
	return math.Abs(line-b.F) <= 1e-9*(math.Abs(a.F)+math.Abs(c.F))
}

// OverloadGlobal is Overload for a loss that need not be convex: V is taken as
// the global minimum over V of (V − ω)²/2χ − ∫F dV, which jumps where two
// minima are equally deep (Maxwell's rule).
//
// An approximation: patterns do not cross the barrier between minima unless
// noise carries them, so small-rate learning ends in local minima. Against the
// drift of N = 300 neurons class means were right to 0.05 to 0.08 and errors to
// 0.09 for steps of F up to half of its range, and to 0.02 for the reported
// circuit with β = 0. Where the loss is convex it agrees with Overload.
// Derived here.
func (t *Theory) OverloadGlobal(load, decay float64) (Overload, error) {
	return t.overload(load, decay, func(f force) (func(chi float64) [2][]cavity.Piece, error) {
		dense := [2]cavity.Table{f.dense(false), f.dense(true)}
		return func(chi float64) [2][]cavity.Piece {
			return [2][]cavity.Piece{dense[0].Global(chi), dense[1].Global(chi)}
		}, nil
	})
}

// dense tabulates the force closely.
func (f force) dense(target bool) cavity.Table {
	const parts = 3
	near := f.reach()
	var t cavity.Table
	grid := f.grid()
	for i, v := range grid {
		if math.Abs(v) > near {
			continue
		}
		t = append(t, cavity.Point{V: v, F: f.of(target, v)})
		if i+1 == len(grid) || v == 0 || math.Abs(grid[i+1]) > near {
			continue
		}
		for k := 1; k < parts; k++ {
			u := v + (grid[i+1]-v)*float64(k)/parts
			t = append(t, cavity.Point{V: u, F: f.of(target, u)})
		}
	}
	return t
}
