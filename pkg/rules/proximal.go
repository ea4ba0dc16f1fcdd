package rules

import (
	"fmt"
	"math"
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
func (c Circuit) Overload(load, decay float64) (Overload, error) {
	prox := func(f force) (func(chi float64) [2][]piece, error) {
		tables, err := f.tables()
		return func(chi float64) [2][]piece {
			return [2][]piece{tables[0].pieces(chi), tables[1].pieces(chi)}
		}, err
	}
	return c.overload(load, decay, prox)
}

// overload solves the equations for a map from ω to V.
func (c Circuit) overload(load, decay float64, build func(force) (func(chi float64) [2][]piece, error)) (Overload, error) {
	if err := c.forceError(); err != nil {
		return Overload{}, err
	}
	if !(load > 0 && load <= math.MaxFloat64) {
		return Overload{}, fmt.Errorf("rules: load P/N = %v outside (0, ∞)", load)
	}
	if !(decay >= 0 && decay <= math.MaxFloat64) {
		return Overload{}, fmt.Errorf("rules: decay ℓ = %v outside [0, ∞)", decay)
	}
	if c.force().silent(true, c.force().above()) != 0 {
		return Overload{}, fmt.Errorf("rules: Acetylcholine.Depression = %v: coupled patterns with change of silent synapses are not derived", c.Acetylcholine.Depression)
	}
	prox, err := build(c.force())
	if err != nil {
		return Overload{}, err
	}
	s, err := solveSaddle(load, c.TargetCoding, decay*c.Balance.Rate, prox)
	if err != nil {
		return Overload{}, fmt.Errorf("rules: load P/N = %v: %w", load, err)
	}
	pieces := prox(s.susceptibility)
	y0, y1 := mean(pieces[0], s.bias, s.sd), mean(pieces[1], s.bias, s.sd)
	f := c.TargetCoding
	return Overload{
		Load: load, V1: s.bias + y1.shift, V0: s.bias + y0.shift,
		Miss: 1 - y1.fires, FalseAlarm: y0.fires, Error: f*(1-y1.fires) + (1-f)*y0.fires,
		Bias: s.bias, SD: s.sd, Susceptibility: s.susceptibility,
	}, nil
}

// table is a force that does not rise, at increasing potentials. It is linear
// between them, so that only its bends are kept.
type table []sample

// tables tabulates the force of both classes, or returns an error that says
// where it rises.
func (f force) tables() ([2]table, error) {
	var tables [2]table
	near := f.reach()
	for y, target := range [2]bool{false, true} {
		var t table
		for _, v := range f.grid() {
			if math.Abs(v) > near {
				continue
			}
			s := sample{v, f.of(target, v)}
			if n := len(t); n > 0 && s.f > t[n-1].f+1e-9*(math.Abs(s.f)+math.Abs(t[n-1].f)) {
				if t[n-1].v == 0 {
					return tables, fmt.Errorf("rules: the loss is not convex: F(%d, V) jumps up at V = 0, from %.4g to %.4g; learning then has many end states", y, t[n-1].f, s.f)
				}
				return tables, fmt.Errorf("rules: the loss is not convex: F(%d, V) rises from %.4g to %.4g near V = %.3g; learning then has many end states", y, t[n-1].f, s.f, v)
			}
			if n := len(t); n > 1 && t[n-1].v != 0 && t[n-2].v != 0 && straight(t[n-2], t[n-1], s) {
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
func straight(a, b, c sample) bool {
	line := a.f + (c.f-a.f)*(b.v-a.v)/(c.v-a.v)
	return math.Abs(line-b.f) <= 1e-9*(math.Abs(a.f)+math.Abs(c.f))
}

// pieces returns V as a function of ω = V − χ F.
func (t table) pieces(chi float64) []piece {
	pieces := make([]piece, 0, len(t))
	last := len(t) - 2
	for k := range last + 1 {
		a, b := t[k], t[k+1]
		lo, hi := a.v-chi*a.f, b.v-chi*b.f
		p := piece{lo: lo, hi: hi}
		switch {
		case a.v == 0 && a.f-b.f <= 1e-9*(math.Abs(a.f)+math.Abs(b.f)):
			continue // no jump: the next piece begins here
		case a.v == 0: // held at threshold
			p.fires, p.firesSlope = a.f/(a.f-b.f), 1/(chi*(a.f-b.f))
		default:
			p.slope = (b.v - a.v) / (hi - lo)
			p.at = a.v - p.slope*lo
			if a.v > 0 {
				p.fires = 1
			}
		}
		if k == 0 {
			p.lo = math.Inf(-1)
		}
		if k == last {
			p.hi = math.Inf(1)
		}
		if p.hi > p.lo {
			pieces = append(pieces, p)
		}
	}
	return pieces
}
