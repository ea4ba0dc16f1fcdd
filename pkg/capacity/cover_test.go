package capacity

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

// counted returns C(p, n)/2^p in exact integer arithmetic.
func counted(p, n int) float64 {
	sum, term := new(big.Int), big.NewInt(1)
	for k := range min(n, p) {
		sum.Add(sum, term)
		term.Mul(term, big.NewInt(int64(p-1-k)))
		term.Div(term, big.NewInt(int64(k+1)))
	}
	x := new(big.Float).SetPrec(100).SetInt(sum)
	x.SetMantExp(x, 1-p)
	got, _ := x.Float64()
	return got
}

func TestSeparableProbabilityAgainstIntegers(t *testing.T) {
	for p := 1; p < 80; p++ {
		for n := range 90 {
			if got, want := SeparableProbability(n, p), counted(p, n); relative(got, want) > 1e-14 {
				t.Errorf("SeparableProbability(%d, %d) = %v, want %v", n, p, got, want)
			}
		}
	}
	for _, c := range [][2]int{{100, 260}, {1000, 1900}, {1000, 2600}, {1000, 3900}, {2000, 4100}, {50, 5000}, {2400, 5000}, {4000, 7000}} {
		if got, want := SeparableProbability(c[0], c[1]), counted(c[1], c[0]); relative(got, want) > 1e-13 {
			t.Errorf("SeparableProbability(%d, %d) = %v, want %v: relative error %.1e", c[0], c[1], got, want, relative(got, want))
		}
	}
}

func TestSeparableProbabilityKnown(t *testing.T) {
	for _, n := range []int{1, 2, 7, 100, 3000, 1e6} {
		if got := SeparableProbability(n, n); got != 1 {
			t.Errorf("n patterns of n = %d: %v, want 1", n, got)
		}
		if got := SeparableProbability(n, 2*n); relative(got, 0.5) > 1e-13 { // Cover (1965): exactly 1/2
			t.Errorf("2n patterns of n = %d: %v, want 1/2", n, got)
		}
	}
	if SeparableProbability(0, 0) != 1 || SeparableProbability(0, 1) != 0 || SeparableProbability(1, 2) != 0.5 {
		t.Error("wrong at n = 0 or 1")
	}
	if !math.IsNaN(SeparableProbability(-1, 3)) || !math.IsNaN(SeparableProbability(3, -1)) {
		t.Error("a negative number of inputs or patterns is not NaN")
	}
}

// N = 1000: exact rational arithmetic.
func TestCountingKnown(t *testing.T) {
	for _, c := range []struct {
		Counting
		want float64
	}{
		{Counting{1000, 2600, NoThreshold, false}, 1.4996128143483718e-32},
		{Counting{1000, 2600, FreeThreshold, false}, 2.4057881474220918e-32},
		{Counting{1000, 2600, PositiveThreshold, false}, 1.9527004808852317e-32},
		{Counting{1000, 1300, NoThreshold, true}, 1.8581793676679328e-10},
		{Counting{1000, 1300, FreeThreshold, true}, 2.4292296344473925e-10},
		{Counting{1000, 1300, PositiveThreshold, true}, 2.1437045010576628e-10},
	} {
		if got, err := c.Probability(); err != nil || relative(got, c.want) > 1e-13 {
			t.Errorf("%+v: %v, %v; want %v", c.Counting, got, err, c.want)
		}
	}
}

// A fixed positive threshold costs exactly one pattern, and a free one is one more weight.
func TestCountingThresholds(t *testing.T) {
	for n := range 12 {
		for p := range 40 {
			for _, signs := range []bool{false, true} {
				fixed, _ := Counting{n, p, PositiveThreshold, signs}.Probability()
				free, _ := Counting{n, p + 1, FreeThreshold, signs}.Probability()
				if fixed != free {
					t.Errorf("n = %d, p = %d: fixed threshold %v, free with one more pattern %v", n, p, fixed, free)
				}
			}
		}
	}
}

// The counting is checked by simulation in the plane: half-planes have a common interior point if and only if their
// normals, sorted by angle, leave a gap of more than π.
func TestCountingBySimulation(t *testing.T) {
	const trials = 20000
	rng := rand.New(rand.NewPCG(4, 1965))
	for _, c := range []Counting{
		{2, 4, NoThreshold, false}, {2, 3, NoThreshold, true},
		{1, 4, FreeThreshold, false}, {1, 3, FreeThreshold, true},
		{1, 4, PositiveThreshold, false}, {1, 3, PositiveThreshold, true},
	} {
		stored := 0
		for range trials {
			var angles []float64
			for range c.Patterns {
				second := rng.NormFloat64()
				if c.Channels == 1 {
					second = -1 // the weight of the threshold
				}
				y := float64(1 - 2*rng.IntN(2))
				angles = append(angles, math.Atan2(y*second, y*rng.NormFloat64()))
			}
			if c.Threshold == PositiveThreshold {
				angles = append(angles, math.Pi/2)
			}
			if c.SignConstrained {
				angles = append(angles, 0)
				if c.Channels == 2 {
					angles = append(angles, -math.Pi/2) // one weight excitatory, one inhibitory
				}
			}
			slices.Sort(angles)
			gap := angles[0] + 2*math.Pi - angles[len(angles)-1]
			for i := 1; i < len(angles); i++ {
				gap = max(gap, angles[i]-angles[i-1])
			}
			if gap > math.Pi {
				stored++
			}
		}
		want, err := c.Probability()
		if err != nil {
			t.Fatal(err)
		}
		got, se := float64(stored)/trials, math.Sqrt(want*(1-want)/trials)
		if math.Abs(got-want) > 4*se {
			t.Errorf("%+v: stored %v, want %v ± %.4f", c, got, want, se)
		}
	}
}

func TestCountingFails(t *testing.T) {
	for want, c := range map[string]Counting{
		"Channels = -1 outside [0, ∞)":   {Channels: -1},
		"Patterns = -7 outside [0, ∞)":   {Patterns: -7},
		"Threshold = 9 is none of":       {Threshold: 9},
		"Threshold = -1 is none of NoTh": {Threshold: -1},
	} {
		fails(t, want, func() error { _, err := c.Probability(); return err })
	}
}
