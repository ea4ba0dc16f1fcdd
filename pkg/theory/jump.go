package theory

import (
	"fmt"
	"math"

	"credo/internal/cavity"
	"credo/internal/domain"
	"credo/internal/root"
)

// Jump returns the state of a gated circuit just above its capacity. There the
// spread of the field and χ diverge together, χ = κ√q, so that a pattern's
// force is −ω/χ = −(z + B)/κ and its potential V(F) finite:
//
//	f_Y E[(z+B) V_1] + (1−f_Y) E_{z>−B}[(z+B) V_0] = 0  for κ,
//
// with the B of [Gated.Threshold] at separation 0. The error jumps from 0 to
// the finite value returned, which [Theory.Overload] approaches as the square
// root of the distance in load. SD and Susceptibility are +Inf, Bias and V0
// −Inf or +Inf with the sign of B.
//
// It returns an error where Overload refuses, and for circuits in which a
// force acts on silent Y = 0 patterns. Derived here.
func (t *Theory) Jump() (Overload, error) {
	if err := t.why(); err != nil {
		return Overload{}, err
	}
	c := t.circuit
	if !c.Balance.WhenFiring || t.Force(false, 0) != 0 || t.Force(false, -1) != 0 {
		return Overload{}, fmt.Errorf("theory: a force acts on silent Y = 0 patterns: F(0, 0⁻) = %.4g", t.Force(false, 0))
	}
	tables, err := t.force().tables()
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
		return (1-f)*cavity.Work(tables[0].Inverse(kappa), b) + f*cavity.Work(tables[1].Inverse(kappa), b)
	}
	low, high := 0., 1.
	for balance(low)*balance(high) > 0 {
		if low, high = low-1, high+1; high > 25 {
			return Overload{}, fmt.Errorf("theory: no finite jump at capacity")
		}
	}
	log, err := root.Find(balance, low, high)
	if err != nil {
		return Overload{}, fmt.Errorf("theory: jump at capacity: %w", err)
	}
	kappa := math.Exp(log)
	up, down := cavity.Mean(tables[1].Inverse(kappa), b, 1), cavity.Mean(tables[0].Inverse(kappa), b, 1)
	infinite := math.Copysign(math.Inf(1), b)
	return Overload{
		Load: capacity, V1: up.Shift + b, V0: infinite,
		Miss: 1 - up.Fires, FalseAlarm: down.Fires, Error: f*(1-up.Fires) + (1-f)*down.Fires,
		Bias: infinite, SD: math.Inf(1), Susceptibility: math.Inf(1),
	}, nil
}

// TolerantCapacity returns the largest load at which the error at presentation
// of [Theory.Overload] is at most eps. It is the capacity of [Gated] if the
// error jumps by more than eps there. It returns an error where Overload
// refuses, or if eps is outside (0, min(f_Y, 1−f_Y)). Derived here.
func (t *Theory) TolerantCapacity(eps float64) (float64, error) {
	c := t.circuit
	if err := domain.Between(0, min(c.TargetCoding, 1-c.TargetCoding)).Check("theory: eps", eps); err != nil {
		return 0, err
	}
	jump, err := t.Jump()
	if err != nil {
		return 0, err
	}
	if jump.Error >= eps {
		return jump.Load, nil
	}
	var failure error
	excess := func(load float64) float64 {
		o, err := t.Overload(load, 0)
		if err != nil {
			failure = err
			return math.NaN()
		}
		return o.Error - eps
	}
	// The equations are stiff at capacity itself.
	low := jump.Load * 1.0005
	if excess(low) > 0 {
		return jump.Load, nil
	}
	high := low * 1.05
	for excess(high) < 0 {
		low, high = high, high*1.05
	}
	load, err := root.Find(excess, low, high)
	if failure != nil {
		return 0, failure
	}
	return load, err
}
