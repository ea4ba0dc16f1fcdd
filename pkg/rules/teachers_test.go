package rules_test

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// The laws that hold for every rule (purity, locality, bounds, Mean against
// trials) are run over these, too, in package rules' tests. Here is what each
// is known for.

// scenes are trials at random, some near threshold.
func scenes(n int) []model.Signals {
	rng := model.Stream(71, 1)
	list := make([]model.Signals, n)
	for k := range list {
		s := model.Signals{
			Output: float64(rng.IntN(2)), MeanOutput: rng.Float64(), Target: rng.IntN(2) == 0,
			Excitation: rng.Float64(), Inhibition: rng.Float64(), ACh: rng.IntN(2) == 0,
		}
		s.Reward = (s.Output == 1) == s.Target
		list[k] = s
	}
	return list
}

// At the end of their ranges two rungs are the delta rule: a reward that is
// fully expected, and bursts of a neuron whose events do not depend on y.
func TestRungsThatReduceToTheDeltaRule(t *testing.T) {
	for _, s := range scenes(200) {
		delta := rules.Delta{Rate: 0.5}.Change(&s)
		for _, r := range []model.Rule{
			rules.Reward{Rate: 1, Baseline: 1, MeanOutput: 0.5},
			rules.Burst{Rate: 1, Baseline: 0.5, Gain: 0.5, Silent: 1},
			rules.Burst{Rate: 1, Baseline: 0.5, Gain: 3, Silent: 1}, // p at its bounds
		} {
			if got := r.Change(&s); got != delta {
				t.Errorf("%+v on %+v: %+v, delta rule %+v", r, s, got, delta)
			}
		}
	}
}

// Bursts cannot be fewer than none, and a silent neuron without events learns
// nothing.
func TestBurstSaturates(t *testing.T) {
	alarm, miss := model.Signals{Output: 1}, model.Signals{Target: true}
	r := rules.Burst{Rate: 1, Baseline: 0.2, Gain: 0.7}
	if got := r.Change(&alarm).Active; math.Abs(got+0.2) > 1e-15 {
		t.Errorf("false alarm: %v, want −P̄", got)
	}
	if got := r.Change(&miss); got != (model.Change{}) {
		t.Errorf("miss without events: %+v", got)
	}
	r.Silent = 0.5
	if got := r.Change(&miss).Active; math.Abs(got-0.35) > 1e-15 {
		t.Errorf("miss: %v, want e₀ γ", got)
	}
}

// The control is there where the perceptron with the same margin learns, has
// its sign, and is what would bring the potential to the margin.
func TestDisinhibitoryControl(t *testing.T) {
	const margin = 0.1
	for _, s := range scenes(500) {
		c := rules.Disinhibitory{Rate: 1, Margin: margin}.Change(&s).Active
		p := rules.Perceptron{Rate: 1, Margin: margin}.Change(&s).Active
		if p*c < 0 || (p == 0) != (c == 0) {
			t.Errorf("%+v: control %v, perceptron %v", s, c, p)
		}
		v, sign := s.Excitation-s.Inhibition, -1.
		if s.Target {
			sign = 1
		}
		if c != 0 && math.Abs(sign*(v+c)-margin) > 1e-15 {
			t.Errorf("%+v: controlled potential %v", s, v+c)
		}
	}
}

func TestTeachersCheck(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		rule interface{ Check() error }
		want []string
	}{
		{rules.Homeostatic{Rate: nan}, []string{"Homeostatic.Rate = NaN"}},
		{rules.Told{Rate: nan}, []string{"Told.Rate = NaN"}},
		{rules.Relaxation{Rate: -1}, []string{"Relaxation.Rate = -1", "[0, ∞)"}},
		{rules.Relaxation{Weight: nan}, []string{"Relaxation.Weight = NaN"}},
		{rules.Homeostatic{Scaling: -1}, []string{"Homeostatic.Scaling = -1", "[0, ∞)"}},
		{rules.Homeostatic{Goal: 2}, []string{"Homeostatic.Goal = 2", "[0, 1]"}},
		{rules.Reward{Rate: math.Inf(1)}, []string{"Reward.Rate = +Inf"}},
		{rules.Reward{Baseline: -1}, []string{"Reward.Baseline = -1"}},
		{rules.Reward{MeanOutput: nan}, []string{"Reward.MeanOutput = NaN"}},
		{rules.Burst{Rate: nan}, []string{"Burst.Rate"}},
		{rules.Burst{Baseline: 1.5}, []string{"Burst.Baseline = 1.5"}},
		{rules.Burst{Gain: nan}, []string{"Burst.Gain"}},
		{rules.Burst{Silent: -0.1}, []string{"Burst.Silent = -0.1"}},
		{rules.Disinhibitory{Rate: nan}, []string{"Disinhibitory.Rate"}},
		{rules.Disinhibitory{Margin: -1}, []string{"Disinhibitory.Margin = -1"}},
	} {
		refusal.Mentions(t, c.rule.Check(), append(c.want, "rules: ")...)
	}
}

// Soft and Gate by hand.
func TestWrappersByHand(t *testing.T) {
	soft := rules.Soft{Rule: rules.Hebbian{Rate: 0.5, MeanOutput: 0.2}, Max: 4}
	if got := soft.Change(&model.Signals{Output: 1}); got != (model.Change{Active: 0.4, ActiveLoss: 0.1}) {
		t.Errorf("potentiation %+v", got)
	}
	if got := soft.Change(&model.Signals{}); got != (model.Change{Active: -0.1}) {
		t.Errorf("depression %+v", got)
	}
	gate := rules.Gate{Rule: rules.Balance{Rate: 0.5, Slope: 1}, Open: func(s *model.Signals) bool { return s.NE }}
	if got := gate.Change(&model.Signals{Excitation: 2, NE: true}); got != (model.Change{Active: 1}) {
		t.Errorf("open %+v", got)
	}
	if got := gate.Change(&model.Signals{Excitation: 2, ACh: true}); got != (model.Change{}) {
		t.Errorf("shut %+v", got)
	}
	refusal.Mentions(t, rules.Soft{Rule: soft.Rule}.Check(), "Soft.Max = 0")
	refusal.Mentions(t, rules.Soft{Max: 1}.Check(), "Soft.Rule is nil")
	refusal.Mentions(t, rules.Soft{Max: 1, Rule: rules.Hebbian{MeanOutput: 2}}.Check(), "MeanOutput = 2")
	refusal.Mentions(t, rules.Gate{Rule: gate.Rule}.Check(), "Gate.Open is nil")
	refusal.Mentions(t, rules.Gate{Open: gate.Open}.Check(), "Gate.Rule is nil")
}

// What the reports do not mention is listed where it is.
func TestImperfectionIsListedWhereItIs(t *testing.T) {
	c := rules.Reported()
	if s := c.String(); strings.Contains(s, "Late") || strings.Contains(s, "Variation") || strings.Contains(s, "Memory") {
		t.Errorf("absent imperfections are listed:\n%s", s)
	}
	c.ACh.Late, c.NE.Coupling, c.Memory, c.Hebbian.Running = 0.25, -0.5, 300, true
	for _, want := range []string{"ACh.Late", "0.25", "NE.Coupling", "-0.5", "chosen", "Memory", "300", "follows the mean output"} {
		if !strings.Contains(c.String(), want) {
			t.Errorf("no %q in\n%s", want, c)
		}
	}
	c.ACh.Late = 2
	refusal.Mentions(t, c.Check(), "rules: ACh.Late = 2", "[0, 1]")
}

// What the sign of a loss does, by hand; and a memory must last a trial.
func TestLossesByHand(t *testing.T) {
	silent := rules.Func(func(*model.Signals) model.Change { return model.Change{Active: -0.2, Silent: 0.4} })
	if got := (rules.Soft{Rule: silent, Max: 4}).Change(&model.Signals{}); got != (model.Change{Active: -0.2, Silent: 0.4, SilentLoss: 0.1}) {
		t.Errorf("soft bound of silent synapses: %+v", got)
	}
	// Above its goal a neuron loses weight.
	scaling := rules.Homeostatic{Rate: 1, Scaling: 0.5, Goal: 0.1}
	if got := scaling.Change(&model.Signals{Output: 1, MeanOutput: 0.6}); got != (model.Change{Active: 0.4, ActiveLoss: 0.25, SilentLoss: 0.25}) {
		t.Errorf("homeostasis: %+v", got)
	}
	c := rules.Reported()
	c.Memory = 0.5
	refusal.Mentions(t, c.Check(), "Memory = 0.5 trials", "[1, ∞)")
}

// With moves the coding, the target coding and the threshold in every place
// that depends on them, and only there.
func TestWith(t *testing.T) {
	c := rules.Reported()
	c.Excitatory = []model.Rule{
		rules.Competitive{Rate: 1, Coding: 0.2}, rules.Delta{Rate: 1},
		rules.Soft{Rule: rules.Reward{Rate: 1, MeanOutput: 0.2}, Max: 3},
		rules.Gate{Rule: rules.Homeostatic{Rate: 1, Goal: 0.2}, Open: func(*model.Signals) bool { return true }},
	}
	moved := c.With(0.1, 0.5, 0.3)
	want := rules.Reported()
	want.Coding, want.TargetCoding, want.Threshold = 0.1, 0.5, 0.3
	want.Acetylcholine.Coding, want.Hebbian.MeanOutput = 0.1, 0.5
	further := moved.Excitatory
	moved.Excitatory = nil
	if !reflect.DeepEqual(moved, want) {
		t.Errorf("got\n%vwant\n%v", moved, want)
	}
	if r := further[0].(rules.Competitive); r.Coding != 0.1 || r.Rate != 1 {
		t.Errorf("%+v", r)
	}
	if r := further[2].(rules.Soft).Rule.(rules.Reward); r.MeanOutput != 0.5 {
		t.Errorf("%+v", r)
	}
	if r := further[3].(rules.Gate).Rule.(rules.Homeostatic); r.Goal != 0.5 {
		t.Errorf("%+v", r)
	}
	if c.Excitatory[0].(rules.Competitive).Coding != 0.2 {
		t.Error("With changed the circuit itself")
	}
	if got := c.With(0.2, 0.2, 0); !reflect.DeepEqual(got.Without("NE"), c.Without("NE")) && len(got.Excitatory) != 4 {
		t.Error("With to where it was is another circuit")
	}
	for _, label := range []string{"f     Coding", "f_Y   TargetCoding", "ȳ     Hebbian.MeanOutput", "f_A   Acetylcholine.Coding"} {
		found := false
		for line := range strings.Lines(moved.String()) {
			found = found || strings.HasPrefix(line, label) && strings.Contains(line, "chosen (reported: 0.2)")
		}
		if !found {
			t.Errorf("%s is not said to be chosen in\n%s", label, moved)
		}
	}
}

// A running reference reads the learner's mean, which the circuit sets up.
func TestRunningHebbian(t *testing.T) {
	r := rules.Hebbian{Rate: 0.5, MeanOutput: 0.9, Running: true}
	if got := r.Change(&model.Signals{Output: 1, MeanOutput: 0.3}).Active; got != 0.35 {
		t.Errorf("Δ = %v", got)
	}
	c := rules.Circuit{Hebbian: r, Coding: 0.2, TargetCoding: 0.2}
	if l := c.Learner(model.NewNeuron(1, 1), 1); l.Memory != 1000 || l.MeanOutput != 0.9 {
		t.Errorf("memory %v, mean %v", l.Memory, l.MeanOutput)
	}
	c.Memory = 50
	if l := c.Learner(model.NewNeuron(1, 1), 1); l.Memory != 50 {
		t.Errorf("memory %v", l.Memory)
	}
	c.Hebbian.Running, c.Memory = false, 0
	if l := c.Learner(model.NewNeuron(1, 1), 1); l.Memory != 0 || l.MeanOutput != 0 {
		t.Errorf("memory %v, mean %v", l.Memory, l.MeanOutput)
	}
}

// Rules name themselves.
func TestNames(t *testing.T) {
	for want, r := range map[string]model.Rule{
		"Delta": rules.Delta{}, "function": oja(1), "mine": rules.Named("mine", oja(1)),
		"soft Hebbian": rules.Soft{Rule: rules.Hebbian{}}, "gated mine": rules.Gate{Rule: rules.Named("mine", oja(1))},
		"Observer": model.Observer(func(*model.Signals) {}),
	} {
		if got := rules.Name(r); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
