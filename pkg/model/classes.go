package model

import "fmt"

// ByTarget parts one value a pattern, such as the potentials, into those of
// the patterns whose target is 1 and those whose target is 0, in order. It
// panics if there are not as many values as patterns.
func (a *Associations) ByTarget(values []float64) (one, zero []float64) {
	if len(values) != a.Len() {
		panic(fmt.Sprintf("model: %d values for %d patterns", len(values), a.Len()))
	}
	for mu, x := range values {
		if a.targets[mu] {
			one = append(one, x)
		} else {
			zero = append(zero, x)
		}
	}
	return one, zero
}
