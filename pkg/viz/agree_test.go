package viz

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

// sure is an estimate of no use: it is as sure at every level.
type sure struct{ mean, half float64 }

func (s sure) At(float64) (mean, half float64) { return s.mean, s.half }

func TestAgrees(t *testing.T) {
	for _, c := range []struct {
		mean, half, want, precision float64
		holds                       bool
		numbers                     string
	}{
		{0.72, 0.01, 0.725, 0.02, true, "got 0.72 ± 0.01, want 0.725, notices 2.1 %"},
		{0.72, 0.01, 0.735, 0.02, false, "got 0.72 ± 0.01, want 0.735"},                            // outside
		{29, 69, 0.72, 0.02, false, "got 29 ± 69, want 0.72, and ± at most 0.02"},                  // scatter does not make it true
		{29, 69, 0.72, inf, false, "got 29 ± 69, want 0.72"},                                       // nor does asking nothing
		{0, 0, 2e-40, 0.1, false, "got 0 ± 0, want 2e−40"},                                         // no scatter is no agreement
		{0.01, 0.02, 0, 0.05, true, "got 0.01 ± 0.02, want 0"},                                     // nothing has no relative error
		{1, nan, 1, 1, false, "got 1 ± NaN, want 1, and ± at most 1"},                              // one run
		{nan, 1, 1, 1, false, "got NaN ± 1, want 1"}, {1, 1, nan, 1, false, "got 1 ± 1, want NaN"}, // undefined
	} {
		if v := agrees("x", c.mean, c.half, c.want, c.precision); v.Holds != c.holds || v.numbers != c.numbers {
			t.Errorf("%v ± %v for %v within %v: holds is %v, %q", c.mean, c.half, c.want, c.precision, v.Holds, v.numbers)
		}
	}
}

// What a claim says that it notices, of either sign, it notices; a little less, of the worse sign, it does not.
func TestPower(t *testing.T) {
	v := agrees("x", 0.7, 0.05, 0.72, 0.1)
	const power = (0.05 + 0.02) / 0.72
	if got, err := strconv.ParseFloat(v.Power, 64); err != nil || math.Abs(got-power) > 1e-12 {
		t.Fatalf("power %s, want %v", v.Power, power)
	}
	for error, noticed := range map[float64]bool{1.001 * power: true, 0.999 * power: false} {
		if got := !agrees("x", 0.7, 0.05, 0.72*(1-error), 0.1).Holds; got != noticed {
			t.Errorf("error %v: noticed is %v", error, got)
		}
	}
}

func TestOff(t *testing.T) {
	for want, said := range map[string]struct{ mean, half, want float64 }{
		"17 % low":       {0.148, 0.007, 0.1235},
		"not resolved":   {0.148, 0.03, 0.1235},
		"1.2e+02 % high": {1, 0.1, 12.0 / 5.45},
		"off by 0.3":     {0, 0.1, 0.3},
		"not comparable": {0.1, nan, 0.3},
	} {
		if got := off(said.mean, said.half, said.want); got != strings.Replace(want, "1.2e+02", "120", 1) {
			t.Errorf("%v: %q, want %q", said, got, want)
		}
	}
}

func ExampleAgree() {
	Agree("potential of the patterns to be fired at", sure{0.7203, 0.0021}, 0.720537, 0.005)
	Identity("the same by the closed form", 0.720537, 0.720537, 1e-9)
	Off(Discrepancy{"misses from shot noise", sure{0.148, 0.007}, 0.1235})
	// Output:
	// ✓ potential of the patterns to be fired at: got 0.7203 ± 0.0021, want 0.720537, notices 0.32 %
	// ≡ the same by the closed form: got 0.720537, want 0.720537 ± 1e−09
	// where theory is off     measured       theory  theory is
	// --------------------------------------------------------
	// misses from shot noise  0.148 ± 0.007  0.1235  17 % low
}
