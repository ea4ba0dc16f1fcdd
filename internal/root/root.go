// Package root finds the zero of a function of one variable.
package root

import (
	"fmt"
	"math"
)

// Find returns a zero of f between lo and hi, where f must have opposite signs (or be zero). The answer is one of two
// neighbouring arguments between which the sign changes, to two units in the last place. It interpolates
// inverse-quadratically where that is safe and bisects where it is not; an infinite value of f counts by its sign alone.
// It fails if there is no change of sign, if a bound is not finite, or if f is NaN anywhere on the way.
//
// Source: T. R. Chandrupatla, Advances in Engineering Software 28 (1997) 145-149.
func Find(f func(float64) float64, lo, hi float64) (float64, error) {
	if math.IsNaN(lo-lo) || math.IsNaN(hi-hi) {
		return 0, fmt.Errorf("root: bracket [%v, %v] of a root is not finite", lo, hi)
	}
	a, b := hi, lo // a is the newest point; the root lies between a and b
	fa, fb := f(a), f(b)
	switch {
	case math.IsNaN(fa) || math.IsNaN(fb):
		return 0, fmt.Errorf("root: NaN at an end of the bracket [%v, %v] of a root", lo, hi)
	case fb == 0:
		return b, nil
	case fa == 0:
		return a, nil
	case math.Signbit(fa) == math.Signbit(fb):
		return 0, fmt.Errorf("root: no change of sign on [%v, %v]: values %v and %v", lo, hi, fb, fa)
	}
	c, fc := a, fa
	t := 0.5
	for range 5000 {
		x := a + t*(b-a)
		fx := f(x)
		if math.IsNaN(fx) {
			return 0, fmt.Errorf("root: NaN at %v while finding a root on [%v, %v]", x, lo, hi)
		}
		if math.Signbit(fx) == math.Signbit(fa) {
			c, fc = a, fa
		} else {
			c, fc, b, fb = b, fb, a, fa
		}
		a, fa = x, fx
		best := a
		if math.Abs(fb) < math.Abs(fa) {
			best = b
		}
		small := (0x1p-52*math.Abs(best) + math.SmallestNonzeroFloat64) / math.Abs(b-a)
		if fa == 0 || small > 0.5 {
			return best, nil
		}
		t = 0.5
		xi, phi := (a-b)/(c-b), (fa-fb)/(fc-fb)
		if phi*phi < xi && (1-phi)*(1-phi) < 1-xi {
			t = fa/(fb-fa)*fc/(fb-fc) + (c-a)/(b-a)*fa/(fc-fa)*fb/(fc-fb)
		}
		t = min(max(t, small), 1-small)
	}
	return 0, fmt.Errorf("root: no root found on [%v, %v] in 5000 steps", lo, hi)
}
