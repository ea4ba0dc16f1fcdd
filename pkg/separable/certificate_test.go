package separable

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"credo/pkg/model"
	"credo/pkg/separable/internal/written"
)

func integersOf(values ...int64) []*big.Int {
	lambda := make([]*big.Int, len(values))
	for i, v := range values {
		lambda[i] = big.NewInt(v)
	}
	return lambda
}

// Verify accepts exactly what proves something. Four channels make √N = 2, so
// that V = (Σ w_E x_E − Σ w_I x_I)/2 − θ is exact at and around equality.
func TestVerifyWeights(t *testing.T) {
	a := written.Patterns(t, 4, "1100 0000 1", "1000 0001 0")
	neuron := func(threshold float64, w ...float64) *model.Neuron {
		return &model.Neuron{Excitatory: w[:4], Inhibitory: w[4:], Threshold: threshold}
	}
	next := math.Nextafter(1, 2)
	for _, test := range []struct {
		n    *model.Neuron
		c    Constraints
		want string // "" accepted
	}{
		{neuron(1, 2, 1, 0, 0, 0, 0, 0, 0), Constraints{Threshold: 1}, ""},
		{neuron(1, 2, 1, 0, 0, 0, 0, 0, 0), Constraints{}, "threshold 1"},
		{neuron(1, 2, 1, 0, 0, 0, 0, 0, 0), Constraints{FreeThreshold: true}, ""},
		{neuron(math.Inf(1), 2, 1, 0, 0, 0, 0, 0, 0), Constraints{FreeThreshold: true}, "Threshold = +Inf outside (−∞, ∞)"},
		{neuron(1, 1, 1, 0, 0, 0, 0, 0, 0), Constraints{Threshold: 1}, "pattern 0"}, // V = 0, target 1
		{neuron(1, 2, 1, 0, 0, 0, 0, 0, 1), Constraints{Threshold: 1, Margin: 0.5}, ""},
		{neuron(1, 2, 1, 0, 0, 0, 0, 0, 1), Constraints{Threshold: 1, Margin: math.Nextafter(0.5, 1)}, "pattern"},
		{neuron(1, 2, 1, 0, 0, 0, 0, 0, 1), Constraints{Threshold: 1, MaxWeight: 2}, ""},
		{neuron(1, 2, 1, 0, 0, 0, 0, 0, 1), Constraints{Threshold: 1, MaxWeight: 1.9}, "excitatory weight 0 = 2 outside"},
		{neuron(1, 2, 1, -1, 0, 0, 0, 0, 0), Constraints{Threshold: 1}, "excitatory weight 2 = -1"},
		{neuron(1, 2, 1, 0, 0, 0, 0, math.NaN(), 0), Constraints{Threshold: 1}, "inhibitory weight 2 = NaN"},
		{neuron(1, 2, 1, 0, 0, math.Inf(1), 0, 0, 0), Constraints{Threshold: 1}, "inhibitory weight 0 = +Inf"},
		{neuron(0, 1, 0, 0, 0, 0, 0, 0, 1), Constraints{}, ""},              // V = 0, target 0
		{neuron(0, next, 0, 0, 0, 0, 0, 0, 1), Constraints{}, "pattern 1"},  // V = 2⁻⁵³
		{neuron(0, 1e-300, 0, 0, 0, 0, 0, 0, 1e300), Constraints{}, ""},     // far apart
		{neuron(0, 1e300, 1e-300, 0, 0, 0, 0, 0, 1e300), Constraints{}, ""}, // only exact sums see 1e-300
		{neuron(-5e299, 0, 1e-300, 0, 0, 0, 0, 0, 1e300), Constraints{FreeThreshold: true}, ""},
		{model.NewNeuron(3, 1), Constraints{}, "neuron with 3"},
		{nil, Constraints{}, "without a neuron"},
	} {
		expect(t, Certificate{Answer: Feasible, Neuron: test.n}.Verify(a, test.c), test.want, test.n, test.c)
	}
	// Exact arithmetic accepts (1 + 2⁻⁵²) − 1 > 0 at N = 1, floating point too;
	// but w/√3 > θ may hold exactly and fail after rounding.
	b := written.Patterns(t, 3, "100 000 1")
	for range 60 {
		theta := 1 / math.Sqrt(3)
		n := &model.Neuron{Excitatory: []float64{next, 0, 0}, Inhibitory: make([]float64, 3), Threshold: theta}
		exactly := compareRoot(rational(next), 3, rational(theta)) > 0
		floating := n.Recall(b).Error == 0
		if err := (Certificate{Answer: Feasible, Neuron: n}).Verify(b, Constraints{Threshold: theta}); (err == nil) != (exactly && floating) {
			t.Errorf("%v %v: %v", exactly, floating, err)
		}
		next = math.Nextafter(next, 0)
	}
}

func expect(t *testing.T, err error, want string, about ...any) {
	t.Helper()
	if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
		t.Errorf("%+v: %v, want %q", about, err, want)
	}
}

func TestVerifyMultipliers(t *testing.T) {
	// Channel 0 alone is active in both; the second has twice the target's say.
	a := written.Patterns(t, 4, "1000 0000 1", "1000 0001 0", "1001 0100 0")
	for _, test := range []struct {
		lambda []*big.Int
		c      Constraints
		want   string
	}{
		{integersOf(1, 0, 0), Constraints{Threshold: 1}, "leave a channel"},
		{integersOf(0, 0, 0), Constraints{Threshold: 1}, "do not contradict"},
		{integersOf(1, 1), Constraints{Threshold: 1}, "2 multipliers for 3"},
		{integersOf(1, -1, 0), Constraints{Threshold: 1}, "multiplier 1 = -1"},
		{[]*big.Int{nil, nil, nil}, Constraints{Threshold: 1}, "multiplier 0 = <nil>"},
		{integersOf(1, 1, 0), Constraints{Threshold: 1}, "leave a channel"}, // inhibition 3 can do it
		// V = w/2 − 1 > 0 needs w > 2.
		{integersOf(1, 0, 0), Constraints{Threshold: 1, MaxWeight: 2}, ""},
		{integersOf(1, 0, 0), Constraints{Threshold: 1, MaxWeight: math.Nextafter(2, 3)}, "do not contradict"},
		{integersOf(1, 0, 0), Constraints{Threshold: 1, Margin: 0.5, MaxWeight: 2.9}, ""},
		{integersOf(1, 0, 0), Constraints{Threshold: 1, Margin: 0.5, MaxWeight: 3}, "do not contradict"}, // V = κ will do
	} {
		expect(t, Certificate{Answer: Infeasible, Multipliers: test.lambda}.Verify(a, test.c), test.want, test.lambda, test.c)
	}
	// Here the sum of the first two patterns is the third, with less inhibition.
	b := written.Patterns(t, 2, "10 10 1", "01 01 1", "11 10 0")
	for _, test := range []struct {
		lambda []*big.Int
		c      Constraints
		want   string
	}{
		{integersOf(1, 1, 1), Constraints{}, ""},
		{integersOf(1, 1, 1), Constraints{Threshold: 1}, ""},
		{integersOf(1, 1, 1), Constraints{Threshold: -1}, "do not contradict"},
		{integersOf(1, 1, 1), Constraints{FreeThreshold: true}, "leave a threshold"},
		{integersOf(1, 1, 1), Constraints{Threshold: -1, Margin: 0.3}, "do not contradict"},
		{integersOf(1, 1, 1), Constraints{Threshold: -1, Margin: 0.4}, ""}, // 3κ > 1
		{integersOf(2, 2, 1), Constraints{Threshold: 1}, "leave a channel"},
	} {
		expect(t, Certificate{Answer: Infeasible, Multipliers: test.lambda}.Verify(b, test.c), test.want, test.lambda, test.c)
	}
	// All weights 0 answer a pattern of target 0 at threshold 0, so no
	// multipliers without one of target 1 may pass.
	silent := written.Patterns(t, 1, "1 0 0")
	expect(t, Certificate{Answer: Infeasible, Multipliers: integersOf(1)}.Verify(silent, Constraints{}), "do not contradict")
}

func TestVerifyUndecided(t *testing.T) {
	a := written.Patterns(t, 1, "1 0 1")
	expect(t, Certificate{}.Verify(a, Constraints{}), "undecided")
	expect(t, Certificate{Answer: Feasible}.Verify(a, Constraints{}), "without a neuron")
	expect(t, Certificate{Answer: Infeasible}.Verify(a, Constraints{}), "0 multipliers")
	if got := fmt.Sprint(Undecided, Feasible, Infeasible); got != "undecided feasible infeasible" {
		t.Error(got)
	}
}

// Gap is what its comment says: with the inputs' changes at their worst, all
// of size Gap, the proof comes to equality.
func TestGap(t *testing.T) {
	for k, c := range []Constraints{{Threshold: 1}, {Threshold: 1, Margin: 0.01}, {Margin: 0.05, MaxWeight: 4}} {
		var seen [3]int
		for patterns := 30; patterns <= 150; patterns += 20 {
			task := model.Task{Channels: 49, InhibitoryChannels: 20, Patterns: patterns, Coding: 0.3, TargetCoding: 0.5}
			a, err := task.Draw(model.Stream(uint64(patterns), uint64(k)))
			if err != nil {
				t.Fatal(err)
			}
			got := stored(t, a, c)
			seen[got.Answer]++
			switch got.Answer {
			case Feasible:
				least, total := math.Inf(1), 0.0
				for mu, v := range got.Neuron.Potentials(a) {
					least = math.Min(least, sign(a.Target(mu))*v)
				}
				for i := range 49 {
					total += got.Neuron.Excitatory[i]
				}
				for i := range 20 {
					total += got.Neuron.Inhibitory[i]
				}
				if rest := least - got.Gap*total/7 - c.Margin; math.Abs(rest) > 1e-10*(1+least) {
					t.Errorf("%+v, P = %d: margin %v left of %v", c, patterns, rest, least)
				}
			case Infeasible:
				gains, least, total := make([]float64, 69), 0.0, 0.0
				for mu, l := range got.Multipliers {
					x, _ := new(big.Float).SetInt(l).Float64()
					y := sign(a.Target(mu))
					total += x
					least += x * (c.Margin + y*c.Threshold) * 7
					for _, i := range a.Excitatory(mu) {
						gains[i] += x * y
					}
					for _, i := range a.Inhibitory(mu) {
						gains[49+i] -= x * y
					}
				}
				most := math.Inf(-1)
				sum := 0.0
				for _, g := range gains {
					most = math.Max(most, g+got.Gap*total)
					sum += math.Max(0, g+got.Gap*total)
				}
				if c.MaxWeight == 0 && math.Abs(most) > 1e-9*total {
					t.Errorf("%+v, P = %d: the largest gain is %v of %v", c, patterns, most, total)
				}
				if c.MaxWeight > 0 && sum*c.MaxWeight > least*(1+1e-9) {
					t.Errorf("%+v, P = %d: gains %v, required %v", c, patterns, sum*c.MaxWeight, least)
				}
			}
		}
		if seen[Feasible] == 0 || seen[Infeasible] == 0 {
			t.Errorf("%+v: the test has only %v", c, seen)
		}
	}
}

// The margin is the largest floating-point number, or the one below it, that the
// least y V = y(Σ w x/√3 − θ) reaches without rounding.
func TestMarginIsRoundedDown(t *testing.T) {
	a, rng := written.Patterns(t, 3, "110 001 1", "011 100 0"), model.Stream(6, 0)
	for range 50 {
		n := model.NewNeuron(3, 0)
		for i := range 3 {
			n.Excitatory[i], n.Inhibitory[i] = 1+rng.Float64(), rng.Float64()
		}
		n.Threshold = rng.Float64()
		worst := worstPatterns(n, a)
		m := margin(n, worst)
		reached := func(margin float64) bool {
			all := true
			for _, w := range worst {
				sum, _ := w.sum.Rat(nil)
				required := new(big.Rat).Add(rational(margin), rational(sign(w.target)*n.Threshold))
				all = all && compareRoot(sum, 3, required) >= 0
			}
			return all
		}
		if above := math.Nextafter(math.Nextafter(m, 9), 9); !reached(m) || reached(above) {
			t.Errorf("%+v: margin %v reached %v, the second above it %v", n, m, reached(m), reached(above))
		}
	}
}

// √2 lies between successive convergents of its continued fraction.
func TestCompareRoot(t *testing.T) {
	for _, test := range []struct {
		p, q int64
		want int
	}{{3, 2, 1}, {7, 5, -1}, {17, 12, 1}, {41, 29, -1}, {1855077841, 1311738121, -1}, {-3, 2, -1}, {0, 1, -1}} {
		if got := compareRoot(big.NewRat(test.p, test.q), 2, big.NewRat(1, 1)); got != test.want {
			t.Errorf("%d/%d against √2: %d, want %d", test.p, test.q, got, test.want)
		}
		if got := compareRoot(big.NewRat(-test.p, test.q), 2, big.NewRat(-1, 1)); got != -test.want {
			t.Errorf("−%d/%d against −√2: %d, want %d", test.p, test.q, got, -test.want)
		}
	}
	if compareRoot(big.NewRat(6, 1), 4, big.NewRat(3, 1)) != 0 || compareRoot(new(big.Rat), 2, new(big.Rat)) != 0 {
		t.Error("equality not seen")
	}
}
