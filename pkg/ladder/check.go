package ladder

import (
	"fmt"
	"math"
)

// field is a parameter of a rule and whether it lies in its domain.
type field struct {
	name, domain string
	value        float64
	ok           bool
}

func finite(name string, x float64) field {
	return field{name, "(−∞, ∞)", x, math.Abs(x) <= math.MaxFloat64}
}

func positive(name string, x float64) field {
	return field{name, "[0, ∞)", x, x >= 0 && x <= math.MaxFloat64}
}

func share(name string, x float64) field { return field{name, "[0, 1]", x, x >= 0 && x <= 1} }

// check returns an error that names the first parameter outside its domain.
func check(rule string, fields ...field) error {
	for _, f := range fields {
		if !f.ok {
			return fmt.Errorf("ladder: %s.%s = %v outside %s", rule, f.name, f.value, f.domain)
		}
	}
	return nil
}
