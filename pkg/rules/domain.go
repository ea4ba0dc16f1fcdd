package rules

import (
	"fmt"
	"math"
)

// domain is an interval of admissible values.
type domain struct {
	low, high         float64
	openLow, openHigh bool
}

var (
	finite      = domain{math.Inf(-1), math.Inf(1), true, true}
	nonNegative = domain{0, math.Inf(1), false, true}
	probability = domain{0, 1, false, false}
	fraction    = domain{0, 1, true, true}
	below1      = domain{0, 1, false, true}
	signed      = domain{-1, 1, false, false}
)

func (d domain) has(x float64) bool {
	return (x > d.low || x == d.low && !d.openLow) && (x < d.high || x == d.high && !d.openHigh)
}

func (d domain) String() string {
	left, right := "[", "]"
	if d.openLow {
		left = "("
	}
	if d.openHigh {
		right = ")"
	}
	return left + bound(d.low) + ", " + bound(d.high) + right
}

// bound prints one end of an interval.
func bound(x float64) string {
	switch {
	case math.IsInf(x, 1):
		return "∞"
	case math.IsInf(x, -1):
		return "−∞"
	}
	return fmt.Sprint(x)
}
