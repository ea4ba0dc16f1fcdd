package theory

import (
	"fmt"
	"math"

	"credo/internal/root"
)

// TolerantCapacity returns the largest load at which the error at presentation
// of [Theory.Overload] is at most eps. It is the capacity of [Gated] if the
// error jumps by more than eps there. It returns an error where Overload
// refuses, or if eps is outside (0, min(f_Y, 1−f_Y)). Derived here.
func (t *Theory) TolerantCapacity(eps float64) (float64, error) {
	c := t.circuit
	if most := min(c.TargetCoding, 1-c.TargetCoding); !(eps > 0 && eps < most) {
		return 0, fmt.Errorf("theory: eps = %v outside (0, %v)", eps, most)
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
