package model

import (
	"math"
	"strings"
	"testing"
)

func TestRoot(t *testing.T) {
	for _, c := range []struct {
		name   string
		f      func(float64) float64
		lo, hi float64
		want   float64
	}{
		{"square root of 2", func(x float64) float64 { return x*x - 2 }, 0, 2, math.Sqrt2},
		{"decreasing", func(x float64) float64 { return 2 - x*x }, 0, 2, math.Sqrt2},
		{"fixed point of cos", func(x float64) float64 { return math.Cos(x) - x }, 0, 1, 0.73908513321516064166}, // Dottie number
		{"at the lower end", func(x float64) float64 { return x }, 0, 1, 0},
		{"at the upper end", func(x float64) float64 { return x - 1 }, 0, 1, 1},
		{"zero inside", func(x float64) float64 { return x * x * x }, -1, 2, 0},
		{"flat root", func(x float64) float64 { return math.Pow(x-0.3, 9) }, 0, 1, 0.3},
		{"tiny", func(x float64) float64 { return x - 1e-90 }, 0, 1, 1e-90},
		{"infinite at both ends", func(x float64) float64 { return math.Log(x / (3 - x)) }, 0, 3, 1.5},
		{"step", func(x float64) float64 { return math.Copysign(1, x-math.Pi) }, 0, 10, math.Pi},
		{"reversed bracket", func(x float64) float64 { return x*x - 2 }, 2, 0, math.Sqrt2},
	} {
		calls := 0
		got, err := root(func(x float64) float64 { calls++; return c.f(x) }, c.lo, c.hi)
		if err != nil || math.Abs(got-c.want) > 0x1p-50*math.Abs(c.want)+1e-100 { // x³ underflows below 1e-108
			t.Errorf("%s: root = %v, %v; want %v", c.name, got, err, c.want)
		}
		if calls > 1500 {
			t.Errorf("%s: %d evaluations", c.name, calls)
		}
	}
}

func TestRootIsFastOnSmoothFunctions(t *testing.T) {
	calls := 0
	f := func(x float64) float64 { calls++; return math.Exp(x) - 5 }
	if _, err := root(f, 0, 10); err != nil || calls > 16 { // bisection takes 55
		t.Errorf("exp(x) = 5 took %d evaluations, err %v", calls, err)
	}
}

func TestRootFails(t *testing.T) {
	line := func(x float64) float64 { return x }
	for _, c := range []struct {
		f      func(float64) float64
		lo, hi float64
		want   string
	}{
		{line, 1, 2, "no change of sign on [1, 2]"},
		{line, math.NaN(), 1, "not finite"},
		{line, -1, math.Inf(1), "not finite"},
		{math.Sqrt, -1, 1, "NaN at an end"},
		{func(x float64) float64 {
			if x > 0.2 && x < 0.8 {
				return math.NaN()
			}
			return x - 0.5
		}, 0, 1, "NaN at 0.5"},
	} {
		if x, err := root(c.f, c.lo, c.hi); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("root on [%v, %v] = %v, error %v; want one saying %q", c.lo, c.hi, x, err, c.want)
		}
	}
}
