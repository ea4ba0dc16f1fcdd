package recordings

import (
	"fmt"
	"math"
)

// domain is an interval of admissible values, in words.
type domain struct {
	low, high float64 // both admissible
	words     string
}

var (
	finite      = domain{-math.MaxFloat64, math.MaxFloat64, "a finite number"}
	nonNegative = domain{0, math.MaxFloat64, "a finite number, at least 0"}
	positive    = domain{math.SmallestNonzeroFloat64, math.MaxFloat64, "a finite number above 0"}
	probability = domain{0, 1, "in [0, 1]"}
	count       = domain{0, 1 << 53, "a whole number, at least 0"}
	atLeast1    = domain{1, 1 << 53, "a whole number, at least 1"}
	potential   = domain{-200, 200, "in [−200, 200] mV"}
)

// has is false for NaN.
func (d domain) has(x float64) bool { return x >= d.low && x <= d.high }

// check returns an error if x is outside the domain.
func (d domain) check(name string, x float64) error {
	if d.has(x) {
		return nil
	}
	return fmt.Errorf("recordings: %s = %v, must be %s", name, x, d.words)
}
