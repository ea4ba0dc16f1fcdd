package scaling

import (
	"fmt"
	"math"
	"slices"
)

// Transition is the fall of the share of neurons that learn with load, at one size and one time:
//
//	P(learned) = Φ((Middle − α)/Width).
type Transition struct {
	Middle, Width float64
	Deviance      float64 // from the shares observed; χ² of Degrees if the form is right
	Degrees       int
}

// Fit returns the transition that makes the outcomes most likely. It returns an error if they tell no width.
func Fit(all []Outcome) (Transition, error) {
	beta, deviance, err := probit(all, func(o Outcome) []float64 { return []float64{1, -o.Load} })
	if err != nil {
		return Transition{}, err
	}
	if !(beta[1] > 0) {
		return Transition{}, fmt.Errorf("scaling: neurons do not learn less often at a higher load, which is no transition")
	}
	return Transition{Middle: beta[0] / beta[1], Width: 1 / beta[1], Deviance: deviance, Degrees: len(all) - 2}, nil
}

// Collapse is the law of finite size for neurons of many sizes N at one ratio of time and size: the transition narrows
// and moves to the capacity of many channels as N^−x,
//
//	P(learned) = Φ((Capacity − α) N^x/Scale − Lag),
//
// so that all sizes fall on one curve against (Capacity − α) N^x. For tasks that differ by chance alone x = 1/2.
type Collapse struct {
	Capacity, Exponent, Scale, Lag float64
	Deviance                       float64 // as of a Transition
	Degrees                        int
}

// FitCollapse returns the collapse that makes the outcomes most likely, with the capacity as it is known or, if that is 0, fitted too. It
// returns an error if they are of one size, or tell no width or no exponent in (0.05, 1.5).
func FitCollapse(all []Outcome, capacity float64) (Collapse, error) {
	if sizes := slices.CompactFunc(slices.Clone(all), func(a, b Outcome) bool { return a.Channels == b.Channels }); len(sizes) < 2 {
		return Collapse{}, fmt.Errorf("scaling: %d sizes, must be at least 2 to tell an exponent", len(sizes))
	}
	known := capacity != 0
	var failed error
	at := func(x float64) (c Collapse) {
		beta, deviance, err := probit(all, func(o Outcome) []float64 {
			grown := math.Pow(o.Channels, x)
			if known {
				return []float64{-1, grown * (capacity - o.Load)}
			}
			return []float64{-1, -grown * o.Load, grown}
		})
		if err != nil {
			failed = err
			return Collapse{Deviance: math.Inf(1)}
		}
		c = Collapse{Capacity: capacity, Exponent: x, Scale: 1 / beta[1], Lag: beta[0], Deviance: deviance, Degrees: len(all) - len(beta) - 1}
		if !known {
			c.Capacity = beta[2] / beta[1]
		}
		return c
	}
	// The deviance has one minimum in x where the sizes differ enough: golden section.
	const section, least, most = 0.6180339887498949, 0.05, 1.5
	low, high := least, most
	left, right := at(high-section*(high-low)), at(low+section*(high-low))
	for high-low > 1e-5 && failed == nil {
		if left.Deviance < right.Deviance {
			high, right = right.Exponent, left
			left = at(high - section*(high-low))
		} else {
			low, left = left.Exponent, right
			right = at(low + section*(high-low))
		}
	}
	switch {
	case failed != nil:
		return Collapse{}, failed
	case low == least || high == most:
		return Collapse{}, fmt.Errorf("scaling: the sizes tell no exponent in (%v, %v)", least, most)
	}
	return left, nil
}
