package domain_test

import (
	"math"
	"testing"

	"credo/internal/domain"
	"credo/internal/refusal"
)

func TestHas(t *testing.T) {
	for _, x := range []struct {
		in      domain.Interval
		value   float64
		has     bool
		printed string
	}{
		{domain.Finite, math.MaxFloat64, true, "(−∞, ∞)"},
		{domain.Finite, math.Inf(-1), false, "(−∞, ∞)"},
		{domain.NonNegative, 0, true, "[0, ∞)"},
		{domain.NonNegative, -1e-300, false, "[0, ∞)"},
		{domain.Positive, 0, false, "(0, ∞)"},
		{domain.Probability, 1, true, "[0, 1]"},
		{domain.Fraction, 1, false, "(0, 1)"},
		{domain.Below1, 1, false, "[0, 1)"},
		{domain.Signed, -1, true, "[-1, 1]"},
		{domain.AtLeast(1), 1, true, "[1, ∞)"},
		{domain.Between(0, 0.5), 0.5, false, "(0, 0.5)"},
		{domain.Finite, math.NaN(), false, "(−∞, ∞)"},
	} {
		if x.in.Has(x.value) != x.has || x.in.String() != x.printed {
			t.Errorf("%v has %v: %v, want %s: %v", x.in, x.value, !x.has, x.printed, x.has)
		}
	}
}

// The first field outside its interval is named, with its value and the interval.
func TestCheck(t *testing.T) {
	err := domain.Check("rules: Hebbian.",
		domain.Field{Name: "Rate", Value: 1, In: domain.Finite},
		domain.Field{Name: "MeanOutput", Value: 2, In: domain.Probability},
		domain.Field{Name: "Other", Value: math.NaN(), In: domain.Finite})
	refusal.Mentions(t, err, "rules: Hebbian.MeanOutput = 2 outside [0, 1]")
	if err := domain.Check("x: "); err != nil {
		t.Error(err)
	}
}
