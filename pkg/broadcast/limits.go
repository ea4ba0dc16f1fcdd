package broadcast

import (
	"cmp"
	"fmt"
	"math"

	"credo/internal/root"
	"credo/pkg/rules"
)

// Requests is the number of foreign requests a trial that a neuron stands at the best
// offset, x = (M−1)|ln(1−f)| < −ln Φ(−1), whatever reliability and coding: silence of
// the others must be likelier than disinhibition that fails. For acetylcholine alone,
// y_ref = 0, large disinhibition and one common release; Limits has it for any circuit.
const Requests = 1.8410216450092634

// Limits is how many neurons may share a release, as real numbers: so many and no more.
type Limits struct {
	Onset float64 // M_1: beyond, a wrong state exists, and some patterns go there
	Loss  float64 // M_2: beyond, the right state is lost
	Wall  float64 // M_max: beyond, no offset has a window; the two above are at the circuit's own
}

// Limit returns the limits of a circuit under a scheme, whose own number of neurons
// does not matter. Onset and Loss are where P(ACh | Y = 0) exceeds the [Tolerance],
// Wall where the edges of the [Window] meet. For one common release if any neuron asks
//
//	M_{1,2} = 1 + ln(1 − ε_{1,2}/ρ)/ln(1−f).
//
// For [Graded] ε is the mean amplitude, and Loss is for acetylcholine alone. A limit is
// NaN if one neuron alone is beyond it, and +Inf if there is none below 1e9. It returns
// the errors of [Tolerate] and of [Seen].
func Limit(c rules.Circuit, s Scheme) (Limits, error) {
	t, err := Tolerate(c)
	if err != nil {
		return Limits{}, err
	}
	fewest := 1.
	if common, ok := s.(Common); ok {
		fewest = max(1, float64(common.Needed))
	}
	if err := s.Among(fewest).Check(); err != nil {
		return Limits{}, err
	}
	var failure error
	exceeds := func(eps float64) func(neurons float64) float64 {
		return func(neurons float64) float64 {
			amount, err := foreign(s.Among(neurons), c)
			if err != nil {
				failure = err
			}
			return amount - eps
		}
	}
	closed := func(neurons float64) float64 {
		low, high, err := Window(c, s.Among(neurons))
		if err != nil {
			failure = err
		}
		return low - high
	}
	var l Limits
	for _, limit := range [...]struct {
		at   *float64
		over func(float64) float64
	}{{&l.Onset, exceeds(t.Onset)}, {&l.Loss, exceeds(t.Loss)}, {&l.Wall, closed}} {
		*limit.at, err = first(limit.over, fewest)
		if failure != nil || err != nil {
			return Limits{}, fmt.Errorf("broadcast: number of neurons: %w", cmp.Or(failure, err))
		}
	}
	return l, nil
}

// foreign is the mean amplitude of acetylcholine on a Y = 0 pattern.
func foreign(s Scheme, c rules.Circuit) (float64, error) {
	m, err := heard(s, c.ACh, c.TargetCoding)
	if g, ok := s.(Graded); ok && err == nil {
		mean, _ := g.amplitude(c.ACh, c.TargetCoding, false)
		return m.Error * mean, nil
	}
	return m.Error, err
}

// first is where a function of the number of neurons becomes positive.
func first(over func(float64) float64, fewest float64) (float64, error) {
	if over(fewest) > 0 {
		return math.NaN(), nil
	}
	low, high := fewest, fewest+1
	for !(over(high) > 0) {
		if low, high = high, 2*high; high > 1e9 {
			return math.Inf(1), nil
		}
	}
	return root.Find(over, low, high)
}
