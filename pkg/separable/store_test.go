package separable

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"credo/pkg/model"
	"credo/pkg/separable/internal/written"
)

// stored runs Store and checks whatever certificate it returns.
func stored(t *testing.T, a *model.Associations, c Constraints) Certificate {
	t.Helper()
	certificate, err := Store(a, c)
	if err != nil {
		t.Fatal(err)
	}
	check(t, certificate, a, c)
	return certificate
}

// check verifies a certificate by Verify and in floating point.
func check(t *testing.T, certificate Certificate, a *model.Associations, c Constraints) {
	t.Helper()
	if certificate.Answer == Undecided {
		if certificate.Neuron != nil || certificate.Multipliers != nil || certificate.Reason == "" {
			t.Errorf("%+v: undecided with a proof, or for no reason", c)
		}
		return
	}
	if err := certificate.Verify(a, c); err != nil {
		t.Errorf("%+v: %v: %v", c, certificate.Answer, err)
	}
	if certificate.Gap < 0 || math.IsNaN(certificate.Gap) {
		t.Errorf("%+v: Gap = %v", c, certificate.Gap)
	}
	if certificate.Answer == Feasible {
		n := certificate.Neuron
		least := math.Inf(1)
		for mu, v := range n.Potentials(a) {
			if v > 0 != a.Target(mu) {
				t.Errorf("%+v: pattern %d of target %v has V = %v", c, mu, a.Target(mu), v)
			}
			least = math.Min(least, sign(a.Target(mu))*v)
		}
		// The bound is rounded down; Potentials has errors of a few units in the
		// last place of the currents.
		if certificate.Margin > least+1e-12*(1+math.Abs(n.Threshold)+math.Abs(least)) || certificate.Margin < c.Margin {
			t.Errorf("%+v: Margin = %v, potentials say %v", c, certificate.Margin, least)
		}
	}
}

// every is one of each kind of constraints. The last five have a scale of
// their own, so that margin and bound matter.
var every = []Constraints{
	{}, {Threshold: 1}, {Threshold: -1}, {FreeThreshold: true}, {Margin: 0.5}, {FreeThreshold: true, Margin: 3},
	{MaxWeight: 0.5}, {FreeThreshold: true, MaxWeight: 0.5},
	{Threshold: 1, Margin: 0.25}, {Threshold: 1, MaxWeight: 2.5}, {Threshold: -2, Margin: 0.5, MaxWeight: 3},
	{Margin: 0.5, MaxWeight: 1.5}, {FreeThreshold: true, Margin: 0.5, MaxWeight: 1.25},
}

// Small random associations are full of degenerate cases: equal patterns and
// channels, silent ones, and certificates that need equalities.
func TestStoreAgreesWithExactSimplex(t *testing.T) {
	t.Parallel()
	tasks, least := uint64(120), 10
	if testing.Short() {
		tasks, least = 48, 2
	}
	for _, c := range every {
		var count [3]int
		for k := range tasks {
			rng := model.Stream(4, k)
			task := model.Task{
				Channels: []int{1, 4}[rng.IntN(2)], Patterns: 1 + rng.IntN(10),
				Coding: 0.2 + 0.5*rng.Float64(), TargetCoding: 0.2 + 0.6*rng.Float64(),
			}
			switch rng.IntN(3) {
			case 0:
				task.InhibitoryChannels = 1 + rng.IntN(4)
			case 1:
				task.CoTuning = 1
			default:
				task.CoTuning, task.ByChannel = rng.Float64(), true
			}
			a, err := task.Draw(rng)
			if err != nil {
				t.Fatal(err)
			}
			certificate := stored(t, a, c)
			want := Infeasible
			if storable(t, a, c) {
				want = Feasible
			}
			count[certificate.Answer]++
			if certificate.Answer != want && certificate.Answer != Undecided {
				t.Errorf("%+v, task %d: %v, exact simplex says %v", c, k, certificate.Answer, want)
			}
		}
		if count[Undecided] > 3 {
			t.Errorf("%+v: %d of %d undecided", c, count[Undecided], tasks)
		}
		if count[Feasible] < least || count[Infeasible] < least {
			t.Errorf("%+v: the test has only %d feasible and %d infeasible tasks", c, count[Feasible], count[Infeasible])
		}
	}
}

// Of the Boolean functions of n variables 4, 14 and 104 are linearly separable
// for n = 1, 2, 3 (OEIS A000609). Of those of 3 variables the monotone ones,
// 20 by Dedekind's number, are what non-negative weights can do, as all of
// them are separable; at a threshold above 0 "always" is lost.
func TestStoreCountsDichotomies(t *testing.T) {
	for _, test := range []struct {
		n       int
		coTuned bool
		c       Constraints
		want    int
	}{
		{1, true, Constraints{FreeThreshold: true}, 4},
		{2, true, Constraints{FreeThreshold: true}, 14},
		{3, true, Constraints{FreeThreshold: true}, 104},
		{3, false, Constraints{FreeThreshold: true}, 20},
		{3, false, Constraints{Threshold: 1}, 19},
	} {
		patterns := make([][]int32, 1<<test.n)
		for mu := range patterns {
			for i := range test.n {
				if mu>>i&1 == 1 {
					patterns[mu] = append(patterns[mu], int32(i))
				}
			}
		}
		inhibitory := make([][]int32, len(patterns)) // none
		if test.coTuned {
			inhibitory = nil
		}
		got := 0
		for function := range 1 << len(patterns) {
			targets := make([]bool, len(patterns))
			for mu := range targets {
				targets[mu] = function>>mu&1 == 1
			}
			a, err := model.NewAssociations(test.n, patterns, inhibitory, targets)
			if err != nil {
				t.Fatal(err)
			}
			switch stored(t, a, test.c).Answer {
			case Feasible:
				got++
			case Undecided:
				t.Errorf("n = %d, %+v: function %b undecided", test.n, test.c, function)
			}
		}
		if got != test.want {
			t.Errorf("n = %d, %+v: %d functions, want %d", test.n, test.c, got, test.want)
		}
	}
}

// Cover: 5 points of the cube of which no 4 lie in a plane have
// 2(1 + 4 + 6 + 4) = 30 separable dichotomies.
func TestStoreCountsCover(t *testing.T) {
	got := 0
	for dichotomy := range 32 {
		var patterns []string
		for mu, x := range []string{"000", "100", "010", "001", "111"} {
			patterns = append(patterns, fmt.Sprintf("%s %s %d", x, x, dichotomy>>mu&1))
		}
		if stored(t, written.Patterns(t, 3, patterns...), Constraints{FreeThreshold: true}).Answer == Feasible {
			got++
		}
	}
	if got != 30 {
		t.Errorf("%d dichotomies, want 30", got)
	}
}

// Larger random tasks on both sides of the critical load, P = N for signed
// weights and 2N for free ones, are all decided.
func TestStoreDecidesLargerTasks(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		task     model.Task
		patterns [3]int
	}{
		{model.Task{Channels: 80, InhibitoryChannels: 20}, [3]int{80, 100, 140}},
		{model.Task{Channels: 60, CoTuning: 1}, [3]int{100, 120, 150}},
		{model.Task{Channels: 60, CoTuning: 0.5, ByChannel: true}, [3]int{80, 120, 200}},
	} {
		for i, patterns := range test.patterns {
			for k, c := range every {
				test.task.Patterns, test.task.Coding, test.task.TargetCoding = patterns, 0.3, 0.5
				a, err := test.task.Draw(model.Stream(uint64(i), uint64(k)))
				if err != nil {
					t.Fatal(err)
				}
				if c := stored(t, a, c); c.Answer == Undecided {
					t.Errorf("%+v: undecided after %d steps", test.task, c.Iterations)
				}
			}
		}
	}
}

// One channel: V = w − θ for the pattern where it is active.
func TestStoreMarginAndBound(t *testing.T) {
	a := written.Patterns(t, 1, "1 0 1")
	for _, test := range []struct {
		c    Constraints
		want Answer
	}{
		{Constraints{Threshold: 1, MaxWeight: 1.01}, Feasible},
		{Constraints{Threshold: 1, MaxWeight: 1}, Infeasible}, // V > 0, not ≥
		{Constraints{Threshold: 1, MaxWeight: 0.99}, Infeasible},
		{Constraints{Threshold: 1, Margin: 0.5, MaxWeight: 1.51}, Feasible},
		{Constraints{Threshold: 1, Margin: 0.5, MaxWeight: 1.49}, Infeasible},
		{Constraints{Threshold: 1, Margin: 0.5}, Feasible},
		{Constraints{Margin: 0.5, MaxWeight: 0.49}, Infeasible},
		{Constraints{FreeThreshold: true, Margin: 0.5, MaxWeight: 0.49}, Feasible}, // θ = −1
		{Constraints{Threshold: 1e-100, Margin: 1e-101, MaxWeight: 1.2e-100}, Feasible},
		{Constraints{Threshold: 1e100, Margin: 1e99, MaxWeight: 1.05e100}, Infeasible},
		{Constraints{MaxWeight: 1e-3}, Feasible},
		{Constraints{Margin: 1.5}, Feasible}, // between half of it and all that a weight of 1 has
		{Constraints{Margin: 0.75}, Feasible},
	} {
		if got := stored(t, a, test.c).Answer; got != test.want {
			t.Errorf("%+v: %v, want %v", test.c, got, test.want)
		}
	}
}

// Bad input has a right answer, and its proof has as few patterns as it can.
func TestStoreBadInput(t *testing.T) {
	for _, test := range []struct {
		name     string
		channels int
		patterns []string
		c        Constraints
		want     Answer
		proof    string // of multipliers
	}{
		{"equal patterns, opposite targets", 3, []string{"110 010 1", "011 100 0", "110 010 0"}, Constraints{Threshold: 1}, Infeasible, "[1 0 1]"},
		{"the same, free threshold", 3, []string{"110 010 1", "011 100 0", "110 010 0"}, Constraints{FreeThreshold: true}, Infeasible, "[1 0 1]"},
		{"the same, threshold 0", 3, []string{"110 010 1", "011 100 0", "110 010 0"}, Constraints{}, Infeasible, "[1 0 1]"},
		{"no excitatory input, target 1", 3, []string{"011 100 0", "000 010 1"}, Constraints{Threshold: 1}, Infeasible, "[0 1]"},
		{"the same, threshold 0", 3, []string{"011 100 0", "000 010 1"}, Constraints{}, Infeasible, "[0 1]"},
		{"the same, threshold below 0", 3, []string{"011 100 0", "000 010 1"}, Constraints{Threshold: -1}, Feasible, ""},
		{"the same, free threshold", 3, []string{"011 100 0", "000 010 1"}, Constraints{FreeThreshold: true}, Feasible, ""},
		{"no inhibitory input, target 0, threshold 0", 3, []string{"011 000 0", "110 000 1"}, Constraints{}, Feasible, ""},
		{"its weights must be 0", 3, []string{"011 000 0", "010 000 1"}, Constraints{}, Infeasible, "[1 1]"},
		{"no inhibitory input, target 0, margin", 3, []string{"011 000 0", "110 000 1"}, Constraints{Margin: 0.1}, Infeasible, "[1 0]"},
		{"no input at all, target 0", 2, []string{"00 00 0"}, Constraints{}, Feasible, ""},
		{"no input at all, target 1", 2, []string{"00 00 1"}, Constraints{}, Infeasible, "[1]"},
		{"all targets 1", 2, []string{"10 01 1", "01 11 1"}, Constraints{Threshold: 1}, Feasible, ""},
		{"all targets 0", 2, []string{"10 01 0", "01 11 0"}, Constraints{Threshold: 1}, Feasible, ""},
		{"all targets 0, threshold 0", 2, []string{"10 01 0", "01 11 0"}, Constraints{}, Feasible, ""},
		{"all targets 1, free threshold", 2, []string{"00 01 1", "01 11 1"}, Constraints{FreeThreshold: true, Margin: 2}, Feasible, ""},
		{"all targets 0, free threshold", 2, []string{"10 00 0", "01 11 0"}, Constraints{FreeThreshold: true, Margin: 2}, Feasible, ""},
		{"all targets 1, free threshold, margin", 2, []string{"00 01 1", "01 11 1"}, Constraints{FreeThreshold: true, Margin: 5, MaxWeight: 1}, Feasible, ""},
		{"all targets 0, free threshold, margin", 2, []string{"10 00 0", "01 11 0"}, Constraints{FreeThreshold: true, Margin: 5, MaxWeight: 1}, Feasible, ""},
		{"twice the same pattern", 2, []string{"10 01 1", "10 01 1"}, Constraints{Threshold: 1}, Feasible, ""},
		// Exclusive or: the sum of the patterns of target 1 is that of target 0.
		{"exclusive or", 2, []string{"00 00 0", "10 10 1", "01 01 1", "11 11 0"}, Constraints{FreeThreshold: true}, Infeasible, "[1 1 1 1]"},
	} {
		got := stored(t, written.Patterns(t, test.channels, test.patterns...), test.c)
		if got.Answer != test.want || test.proof != "" && fmt.Sprint(got.Multipliers) != test.proof {
			t.Errorf("%s: %v %v, want %v %s", test.name, got.Answer, got.Multipliers, test.want, test.proof)
		}
	}
}

// What can be read off the patterns takes no step: a pattern without the input
// that could bring it over or under the threshold, also where V = 0 would do for
// the other target, and two equal patterns of different targets.
func TestStoreReadsOffThePatterns(t *testing.T) {
	for _, test := range []struct {
		patterns []string
		c        Constraints
		proof    string
	}{
		{[]string{"10 10 0", "00 01 1"}, Constraints{}, "[0 1]"},
		{[]string{"10 10 0", "00 01 1"}, Constraints{Threshold: 1}, "[0 1]"},
		{[]string{"10 00 0", "01 01 1"}, Constraints{Threshold: -1}, "[1 0]"},
		{[]string{"10 00 0", "01 01 1"}, Constraints{Margin: 0.1}, "[1 0]"},
		{[]string{"01 11 1", "10 10 0", "01 11 0"}, Constraints{FreeThreshold: true, Margin: 0.1}, "[1 0 1]"},
	} {
		got := stored(t, written.Patterns(t, 2, test.patterns...), test.c)
		if fmt.Sprint(got.Multipliers) != test.proof || got.Iterations != 0 {
			t.Errorf("%v, %+v: %v after %d steps, want %s", test.patterns, test.c, got.Multipliers, got.Iterations, test.proof)
		}
	}
}

// Channels with the same inputs share the weight of their column, as equally as
// whole units of 2⁻⁴⁰ can be.
func TestChannelsShareAWeight(t *testing.T) {
	a := written.Patterns(t, 4, "1110 0000 1", "0001 0001 0")
	p := newProgram(a, Constraints{})
	n := p.neuron([]float64{3, -1.5}, 40, a, Constraints{})
	if sum := n.Excitatory[0] + n.Excitatory[1] + n.Excitatory[2]; sum != 1 || slices.Max(n.Excitatory[:3])-slices.Min(n.Excitatory[:3]) > 0x1p-39 {
		t.Errorf("%v, want thirds of 1", n.Excitatory)
	}
	if n.Excitatory[3] != 0 || n.Inhibitory[3] != 0.5 {
		t.Errorf("w_E = %v and w_I = %v of the last channel, want 0 and 0.5", n.Excitatory[3], n.Inhibitory[3])
	}
}

// Multipliers are rounded to 2⁻⁴⁰ of the largest, and at a free threshold those
// of the two targets have one sum.
func TestRounded(t *testing.T) {
	p := &program{}
	p.Signs = []float64{1, -1, 1}
	if got := fmt.Sprint(p.rounded([]float64{1, 1e-6, 0.25})); got != "[1099511627776 1099512 274877906944]" {
		t.Error(got)
	}
	p.Balance = true
	l := p.rounded([]float64{1, 0.5, 0.25})
	if sum := new(big.Int).Add(l[0], l[2]); sum.Cmp(l[1]) != 0 || l[2].Sign() <= 0 || new(big.Int).Lsh(l[2], 2).Cmp(l[0]) != 0 {
		t.Errorf("%v do not balance", l)
	}
}

func TestStoreRejectsConstraints(t *testing.T) {
	a := written.Patterns(t, 1, "1 0 1")
	for _, test := range []struct {
		c    Constraints
		want string
	}{
		{Constraints{Threshold: math.NaN()}, "Threshold = NaN"},
		{Constraints{Threshold: math.Inf(-1)}, "Threshold = -Inf"},
		{Constraints{Threshold: 1, FreeThreshold: true}, "Threshold = 1 with FreeThreshold"},
		{Constraints{Margin: -0.1}, "Margin = -0.1 outside"},
		{Constraints{Margin: math.NaN()}, "Margin = NaN outside"},
		{Constraints{Margin: math.Inf(1)}, "Margin = +Inf outside"},
		{Constraints{MaxWeight: -1}, "MaxWeight = -1 outside"},
		{Constraints{MaxWeight: math.NaN()}, "MaxWeight = NaN outside"},
		{Constraints{MaxWeight: math.Inf(1)}, "MaxWeight = +Inf outside"},
	} {
		certificate, err := Store(a, test.c)
		if err == nil || !strings.Contains(err.Error(), test.want) || certificate.Answer != Undecided {
			t.Errorf("%+v: %v, want %q", test.c, err, test.want)
		}
		if err := (Certificate{Answer: Feasible, Neuron: model.NewNeuron(1, 1)}).Verify(a, test.c); err == nil {
			t.Errorf("%+v: Verify accepts it", test.c)
		}
	}
}

// Constraints at the ends of the range of floating-point numbers have right
// answers where they are decided, and never a panic.
func TestStoreExtremes(t *testing.T) {
	task := model.Task{Channels: 4, Patterns: 5, Coding: 0.4, TargetCoding: 0.5}
	values := []float64{0, 5e-324, 1e-300, 1, 1e300, math.MaxFloat64}
	t.Parallel()
	tasks := uint64(10)
	if testing.Short() {
		tasks = 3
	}
	for k := range tasks {
		a, err := task.Draw(model.Stream(9, k))
		if err != nil {
			t.Fatal(err)
		}
		for _, threshold := range values {
			for _, margin := range values {
				for _, most := range values {
					stored(t, a, Constraints{Threshold: -threshold, Margin: margin, MaxWeight: most})
					c := Constraints{Threshold: threshold, Margin: margin, MaxWeight: most}
					answer := stored(t, a, c).Answer
					if margin == 0 && most == 0 && answer != Undecided && answer != stored(t, a, Constraints{Threshold: min(1, threshold)}).Answer {
						t.Errorf("%+v, task %d: %v, but not so at threshold 1 or 0", c, k, answer)
					}
				}
				stored(t, a, Constraints{FreeThreshold: true, Margin: margin, MaxWeight: threshold})
			}
		}
	}
}

func TestStoreIsDeterministic(t *testing.T) {
	a, err := model.Task{Channels: 80, InhibitoryChannels: 20, Patterns: 90, Coding: 0.2, TargetCoding: 0.5}.Draw(model.Stream(1, 1))
	if err != nil {
		t.Fatal(err)
	}
	first, second := stored(t, a, Constraints{Threshold: 1}), stored(t, a, Constraints{Threshold: 1})
	if fmt.Sprint(first.Margin, first.Gap, first.Iterations, first.Multipliers) != fmt.Sprint(second.Margin, second.Gap, second.Iterations, second.Multipliers) {
		t.Error("two runs differ")
	}
	if first.Neuron != nil && !slices.Equal(first.Neuron.Excitatory, second.Neuron.Excitatory) {
		t.Error("two runs have different weights")
	}
}

// An infeasible free problem needs multipliers that cancel exactly, which
// takes integers of far more than 53 bits.
func TestStoreRepairsExactly(t *testing.T) {
	a, err := model.Task{Channels: 40, CoTuning: 1, Patterns: 100, Coding: 0.3, TargetCoding: 0.5}.Draw(model.Stream(7, 0))
	if err != nil {
		t.Fatal(err)
	}
	got := stored(t, a, Constraints{Threshold: 1})
	if got.Answer != Infeasible || got.Gap != 0 {
		t.Fatalf("%v with Gap %v", got.Answer, got.Gap)
	}
	if largest := slices.MaxFunc(got.Multipliers, (*big.Int).Cmp); largest.BitLen() <= 53 {
		t.Errorf("the largest multiplier is %v", largest)
	}
}

func ExampleStore() {
	// Two inputs, and the target is 1 if exactly one of them is active. No
	// weights can do this, of whatever signs, and the proof is that the two
	// patterns of target 1 have together the same inputs as the two others.
	inputs := [][]int32{{}, {0}, {1}, {0, 1}}
	exclusiveOr, _ := model.NewAssociations(2, inputs, nil, []bool{false, true, true, false})
	c, _ := Store(exclusiveOr, Constraints{FreeThreshold: true})
	fmt.Println(c.Answer, c.Multipliers)

	// The inhibitory channel can tell the last pattern.
	excitatory, inhibitory := inputs, [][]int32{{}, {}, {}, {0}}
	inhibited, _ := model.NewAssociations(2, excitatory, inhibitory, []bool{false, true, true, false})
	c, _ = Store(inhibited, Constraints{Threshold: 1})
	fmt.Println(c.Answer, c.Neuron.Recall(inhibited).Error, c.Verify(inhibited, Constraints{Threshold: 1}))

	// Output:
	// infeasible [1 1 1 1]
	// feasible 0 <nil>
}
