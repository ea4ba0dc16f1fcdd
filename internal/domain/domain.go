// Package domain says in which interval a number may lie, and names the first
// that does not.
package domain

import (
	"fmt"
	"math"
)

// Interval is a set of admissible values.
type Interval struct {
	Low, High         float64
	OpenLow, OpenHigh bool // the end itself is not admissible
}

var (
	Finite      = Interval{math.Inf(-1), math.Inf(1), true, true}
	NonNegative = Interval{0, math.Inf(1), false, true}
	Positive    = Interval{0, math.Inf(1), true, true}
	Probability = Interval{0, 1, false, false}
	Fraction    = Interval{0, 1, true, true}
	Below1      = Interval{0, 1, false, true}
	Signed      = Interval{-1, 1, false, false}
)

// AtLeast is the finite numbers from low.
func AtLeast(low float64) Interval { return Interval{low, math.Inf(1), false, true} }

// Between is the numbers between the two, ends excluded.
func Between(low, high float64) Interval { return Interval{low, high, true, true} }

// Has reports whether x is in the interval; NaN is in none.
func (d Interval) Has(x float64) bool {
	return (x > d.Low || x == d.Low && !d.OpenLow) && (x < d.High || x == d.High && !d.OpenHigh)
}

// String writes the interval as "[0, ∞)".
func (d Interval) String() string {
	left, right := "[", "]"
	if d.OpenLow {
		left = "("
	}
	if d.OpenHigh {
		right = ")"
	}
	return left + end(d.Low) + ", " + end(d.High) + right
}

func end(x float64) string {
	switch {
	case math.IsInf(x, 1):
		return "∞"
	case math.IsInf(x, -1):
		return "−∞"
	}
	return fmt.Sprint(x)
}

// Check returns an error that names the number, with its value and the
// interval, if it is outside.
func (d Interval) Check(name string, x float64) error {
	if d.Has(x) {
		return nil
	}
	return fmt.Errorf("%s = %v outside %v", name, x, d)
}

// Field is a number with its name and where it may lie.
type Field struct {
	Name  string
	Value float64
	In    Interval
}

// Check returns an error that names the first field outside its interval, with
// its value and the interval; prefix is the package and the owner, such as
// "rules: Hebbian.".
func Check(prefix string, fields ...Field) error {
	for _, f := range fields {
		if err := f.In.Check(prefix+f.Name, f.Value); err != nil {
			return err
		}
	}
	return nil
}
