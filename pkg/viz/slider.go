package viz

import (
	"fmt"
	"slices"
)

// slider has a name, values to choose from, and the place among them of the value at which it opens.
type slider struct {
	label  string
	values []float64
	opens  int
}

// sliders returns those with these labels and values that open at opens, or all at their first value if nothing is said.
func sliders(labels []string, values [][]float64, opens []float64) (all []slider) {
	if len(opens) != 0 && len(opens) != len(labels) {
		panic(fmt.Sprintf("viz: %d values at which %d sliders open: %v", len(opens), len(labels), opens))
	}
	for i, label := range labels {
		s := newSlider(label, values[i])
		if len(opens) > 0 {
			s = s.openingAt(opens[i])
		}
		all = append(all, s)
	}
	return all
}

func newSlider(label string, values []float64) slider {
	if len(values) == 0 || infinite(values...) {
		panic(fmt.Sprintf("viz: slider %q has no value, or one that is not finite: %v", label, values))
	}
	return slider{label: plain(label), values: values}
}

// openingAt returns the slider that opens at v, which takes its place in the order of the values, rising or falling, if it is none of them.
func (s slider) openingAt(v float64) slider {
	if infinite(v) {
		panic(fmt.Sprintf("viz: slider %q opens at %v, which must be finite", s.label, v))
	}
	if s.opens = slices.Index(s.values, v); s.opens < 0 {
		falls := s.values[0] > s.values[len(s.values)-1]
		s.opens = slices.IndexFunc(s.values, func(u float64) bool { return u > v != falls })
		if s.opens < 0 {
			s.opens = len(s.values)
		}
		s.values = slices.Insert(slices.Clone(s.values), s.opens, v)
	}
	return s
}
