package rules

import (
	"fmt"
	"math"

	"credo/internal/root"
)

// Jump returns the state of a gated circuit just above its capacity. There the
// spread of the field and χ diverge together, χ = κ√q, so that a pattern's
// force is −ω/χ = −(z + B)/κ and its potential V(F) finite:
//
//	f_Y E[(z+B) V_1] + (1−f_Y) E_{z>−B}[(z+B) V_0] = 0  for κ,
//
// with the B of [Gated.Threshold] at separation 0. The error jumps from 0 to
// the finite value returned, which [Circuit.Overload] approaches as the square
// root of the distance in load. SD and Susceptibility are +Inf, Bias and V0
// −Inf or +Inf with the sign of B.
//
// It returns an error where Overload refuses, and for circuits in which a
// force acts on silent Y = 0 patterns. Derived here.
func (c Circuit) Jump() (Overload, error) {
	if err := c.forceError(); err != nil {
		return Overload{}, err
	}
	if !c.Balance.WhenFiring || c.Force(false, 0) != 0 || c.Force(false, -1) != 0 {
		return Overload{}, fmt.Errorf("rules: a force acts on silent Y = 0 patterns: F(0, 0⁻) = %.4g", c.Force(false, 0))
	}
	tables, err := c.force().tables()
	if err != nil {
		return Overload{}, err
	}
	capacity, err := Gated{c.TargetCoding}.Capacity()
	if err != nil {
		return Overload{}, err
	}
	b, err := Gated{c.TargetCoding}.Threshold(0)
	if err != nil {
		return Overload{}, err
	}
	f := c.TargetCoding
	balance := func(log float64) float64 {
		kappa := math.Exp(log)
		return (1-f)*work(tables[0].inverse(kappa), b) + f*work(tables[1].inverse(kappa), b)
	}
	low, high := 0., 1.
	for balance(low)*balance(high) > 0 {
		if low, high = low-1, high+1; high > 25 {
			return Overload{}, fmt.Errorf("rules: no finite jump at capacity")
		}
	}
	log, err := root.Find(balance, low, high)
	if err != nil {
		return Overload{}, fmt.Errorf("rules: jump at capacity: %w", err)
	}
	kappa := math.Exp(log)
	up, down := mean(tables[1].inverse(kappa), b, 1), mean(tables[0].inverse(kappa), b, 1)
	infinite := math.Copysign(math.Inf(1), b)
	return Overload{
		Load: capacity, V1: up.shift + b, V0: infinite,
		Miss: 1 - up.fires, FalseAlarm: down.fires, Error: f*(1-up.fires) + (1-f)*down.fires,
		Bias: infinite, SD: math.Inf(1), Susceptibility: math.Inf(1),
	}, nil
}

// inverse returns V as a function of y = −κF, where F is not 0 on a stretch.
func (t table) inverse(kappa float64) []piece {
	var pieces []piece
	for k := range len(t) - 1 {
		a, b := t[k], t[k+1]
		p := piece{lo: -kappa * a.f, hi: -kappa * b.f}
		if !(p.hi > p.lo) {
			continue
		}
		switch {
		case a.v == 0:
			p.fires, p.firesSlope = a.f/(a.f-b.f), 1/(kappa*(a.f-b.f))
		default:
			p.slope = (b.v - a.v) / (p.hi - p.lo)
			p.at = a.v - p.slope*p.lo
			if a.v > 0 {
				p.fires = 1
			}
		}
		if k == 0 {
			p.lo = math.Inf(-1)
		}
		if k == len(t)-2 {
			p.hi = math.Inf(1)
		}
		pieces = append(pieces, p)
	}
	return pieces
}

// work is E[(z+b) V(z+b)] over the pieces.
func work(pieces []piece, b float64) float64 {
	sum := 0.
	for _, p := range pieces {
		i0, i1, i2 := moments(p.lo, p.hi, b, 1)
		at := p.at + p.slope*b
		sum += b*at*i0 + (at+b*p.slope)*i1 + p.slope*i2
	}
	return sum
}
