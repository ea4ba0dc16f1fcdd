package theory_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/model"
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// published is the reported circuit with the depression β = 0.33 rounded as in
// the numbers of an independent program that these tests compare with.
func published() rules.Circuit {
	c := rules.Reported()
	c.Acetylcholine.Depression = 0.33
	return c
}

func gated(c rules.Circuit) rules.Circuit {
	c.Balance.WhenFiring = true
	return c
}

// The force of the reported circuit, computed in Python from Φ and the
// bivariate normal distribution, with the trial-by-trial formula of the rules.
func TestForceOfTheReportedCircuit(t *testing.T) {
	for _, test := range []struct{ v, f1, f0 float64 }{
		{-3, 1.8776020037828274, 1.8806265063953735},
		{-1, 0.6087474942300289, 0.608924385114626},
		{-0.5, 0.346489347463211, 0.2909411808629773},
		{-0.1, 0.3810875991578934, 0.036416118529556625},
		{-0.05, 0.3831688367778315, 0.004590726225016944},
		{0.05, 0.4278026099999999, -0.04182864000000001},
	} {
		c := published()
		if f1, f0 := of(c).Force(true, test.v), of(c).Force(false, test.v); math.Abs(f1-test.f1) > 1e-12 || math.Abs(f0-test.f0) > 1e-12 {
			t.Errorf("V = %v: F = %v, %v; want %v, %v", test.v, f1, f0, test.f1, test.f0)
		}
	}
	// The same with inhibition plastic only when firing.
	for _, test := range []struct {
		target bool
		v, f   float64
	}{
		{false, 0.3, -0.20132864}, {false, 0, 0.004341049150034177}, {false, -0.5, 0.006440317880440224}, {false, -3, 0.002871449835388735},
		{true, 0.3, 0.26830260999999994}, {true, 0, 0.38956534379932006}, {true, -0.5, 0.08896773678172146}, {true, -3, 0.000708768912916046},
	} {
		if f := of(gated(published())).Force(test.target, test.v); math.Abs(f-test.f) > 1e-11 {
			t.Errorf("gated, Y = %v, V = %v: F = %v, want %v", test.target, test.v, f, test.f)
		}
	}
}

// A simulation of single trials: the mean potential change of the pattern
// presented, over many trials from the same weights.
func TestForceIsTheMeanOfSimulatedTrials(t *testing.T) {
	lesson.Long(t)
	const n, trials = 25, 40000
	active := []int32{0, 5, 10, 15, 20} // f = 0.2 exactly: G = 5/25
	for _, c := range []rules.Circuit{published(), gated(published())} {
		for _, v := range []float64{-0.3, 0.2} {
			a, err := model.NewAssociations(n, [][]int32{active}, nil, []bool{true})
			if err != nil {
				t.Fatal(err)
			}
			rng, sum, square := model.Stream(7, 0), 0., 0.
			for range trials {
				neuron := model.NewNeuron(n, 20)
				for _, i := range active {
					neuron.Inhibitory[i] -= v // 5 v/√25
				}
				if _, err := c.Learner(neuron, 1e-3).Train(t.Context(), a, 1, rng); err != nil {
					t.Fatal(err)
				}
				d := (neuron.Potentials(a)[0] - v) / 1e-3 / 0.2
				sum, square = sum+d, square+d*d
			}
			mean := sum / trials
			se := math.Sqrt((square/trials - mean*mean) / trials)
			if f := of(c).Force(true, v); math.Abs(mean-f) > 3.5*se {
				t.Errorf("V = %v: simulated force %.4f ± %.4f, want %.4f", v, mean, se, f)
			}
		}
	}
}

func TestForceIsUndefined(t *testing.T) {
	leaky := published()
	leaky.Excitatory = []model.Rule{rules.Func(func(*model.Signals) model.Change { return model.Change{Active: 0.1, ActiveLoss: 0.01} })}
	flat, own, broken := published(), published(), published()
	flat.Balance.Slope = 0.9
	own.Excitatory = []model.Rule{rules.Func(func(s *model.Signals) model.Change { return model.Change{Active: 0.1 * s.Excitation} })}
	broken.Excitatory = []model.Rule{rules.Func(func(s *model.Signals) model.Change { return model.Change{Silent: math.NaN()} })}
	for _, test := range []struct {
		c    rules.Circuit
		want string
	}{
		{leaky, "depends on the weight"}, {flat, "Balance.Slope = 0.9 is not 1"},
		{own, "a rule reads the currents"}, {broken, "a rule's change is not finite"},
	} {
		_, err := of(test.c).Condition()
		refusal.Mentions(t, err, test.want)
		refusal.Mentions(t, of(test.c).Autonomous(), test.want)
		if f := of(test.c).Force(true, -0.2); !math.IsNaN(f) {
			t.Errorf("%s: F = %v, want NaN", test.want, f)
		}
		if _, err := of(test.c).Roots(true); err == nil {
			t.Errorf("%s: roots without an error", test.want)
		}
	}
	if f := of(published()).Force(true, math.Inf(1)); !math.IsNaN(f) {
		t.Errorf("F(1, ∞) = %v, want NaN", f)
	}
}

// A circuit is checked whole: its numbers, and further rules' own checks.
func TestOfRefuses(t *testing.T) {
	count := 0.
	for want, spoil := range map[string]func(c *rules.Circuit){
		"ACh.Probability = 1.2 outside [0, 1]": func(c *rules.Circuit) { c.ACh.Probability = 1.2 },
		"Acetylcholine.Rate = NaN outside":     func(c *rules.Circuit) { c.Acetylcholine.Rate = math.NaN() },
		"Excitatory[0] is nil":                 func(c *rules.Circuit) { c.Excitatory = []model.Rule{nil} },
		"Inhibitory[1] is nil":                 func(c *rules.Circuit) { c.Inhibitory = []model.Rule{rules.Delta{Rate: -1}, nil} },
		"Burst.Baseline = 7 outside [0, 1]":    func(c *rules.Circuit) { c.Excitatory = []model.Rule{rules.Burst{Baseline: 7}} },
		"Memory = 0.5 trials":                  func(c *rules.Circuit) { c.Memory = 0.5 },
		"not a pure function": func(c *rules.Circuit) {
			c.Excitatory = []model.Rule{rules.Func(func(*model.Signals) model.Change { count++; return model.Change{Active: count} })}
		},
	} {
		c := published()
		spoil(&c)
		_, err := theory.Of(c)
		refusal.Mentions(t, err, want, "rules: ")
	}
}

// Rounding of the currents must not carry a pattern across the threshold.
func TestForceAtThreshold(t *testing.T) {
	for _, theta := range []float64{0, 0.3, -0.7, 123.456} {
		c := published()
		c.Threshold, c.Balance.Offset = theta, c.Balance.Offset-theta
		if f := of(c).Force(false, 0); math.Abs(f-of(published()).Force(false, 0)) > 1e-9 {
			t.Errorf("θ = %v: F(0, 0) = %v, want %v", theta, f, of(published()).Force(false, 0))
		}
		d := condition(c)
		if math.Abs(d.Above[0]+0.0099286400) > 1e-8 || math.Abs(d.V1-0.7205370063) > 1e-8 {
			t.Errorf("θ = %v: F(0, 0⁺) = %v, V_1 = %v", theta, d.Above[0], d.V1)
		}
	}
}
