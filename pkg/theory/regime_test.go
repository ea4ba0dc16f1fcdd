package theory_test

import (
	"math"
	"strings"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// setting is that of notebook 01, from large weights.
func setting(c rules.Circuit) theory.Setting {
	return theory.Setting{Task: experiment.Task(c, 200, 0.5), Rate: 0.1, Duration: 600, Weight: 20}
}

// value is the number of the assumption whose name begins so.
func value(t *testing.T, r theory.Regime, name string) theory.Assumption {
	t.Helper()
	for _, a := range r.Assumptions {
		if strings.HasPrefix(a.Name, name) {
			return a
		}
	}
	t.Fatalf("no assumption %q in\n%s", name, r)
	return theory.Assumption{}
}

// The numbers of the card by hand: a_I = 0.638, g = 0.16.
func TestRegimeByHand(t *testing.T) {
	c := published()
	c.Acetylcholine.Depression = 0
	r := of(c).Regime(setting(c))
	if !r.Holds() || !strings.Contains(r.String(), "The theory applies.\n") {
		t.Errorf("the card of notebook 01:\n%s", r)
	}
	lesson.Near(t, "load", value(t, r, "load").Value, 0.5, 0)
	lesson.Near(t, "lower margin", value(t, r, "margin above").Value, 0.0155621, 1e-6)
	lesson.Near(t, "upper margin", value(t, r, "margin below").Value, 0.5256873, 1e-6)
	lesson.Near(t, "time", value(t, r, "time").Value, 600*0.638*0.16*math.Pow(1-math.Sqrt(0.5), 2), 1e-6)
	// 0.2 · 200 + √(0.32 · 200 · ln 100) = 57.2 inputs of the pattern of most.
	lesson.Near(t, "rate", value(t, r, "rate").Value, 0.1*0.638*57.168/200/2, 1e-5)
	lesson.Near(t, "P f", value(t, r, "patterns").Value, 20, 1e-12)
	lesson.Near(t, "spread", value(t, r, "spread").Value, 0, 0)

	beta := published()
	h, err := of(beta).Heterosynaptic(0.5)
	if err != nil {
		t.Fatal(err)
	}
	r = of(beta).Regime(setting(beta))
	lesson.Near(t, "spread by β", value(t, r, "spread").Value, h.Spread0/-h.V0, 1e-12)
	o, err := of(beta).Online(0.5, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "noise", value(t, r, "noise").Value, math.Sqrt(o.Var0)/-o.V0, 1e-12)
	if list := r.Broken(); r.Holds() || len(list) != 2 || !strings.Contains(list[0], "heterosynaptic") {
		t.Errorf("broken: %q", list)
	}
}

// Whatever is moved out of the regime is named, and it alone.
func TestRegimeNamesWhatIsBroken(t *testing.T) {
	for _, x := range []struct {
		name, says string
		move       func(c *rules.Circuit, s *theory.Setting)
	}{
		{"load", "more patterns", func(_ *rules.Circuit, s *theory.Setting) { s.Task.Patterns, s.Duration = 210, math.Inf(1) }},
		{"time", "slowest modes", func(_ *rules.Circuit, s *theory.Setting) { s.Duration = 100 }},
		{"noise", "lower the rate", func(_ *rules.Circuit, s *theory.Setting) { s.Rate = 0.3 }},
		{"rate", "overshoots", func(_ *rules.Circuit, s *theory.Setting) { s.Rate = 12 }},
		{"margin above", "Raise b by more than 0.01444", func(c *rules.Circuit, _ *theory.Setting) { c.Balance.Offset = 0.02 }},
		{"margin below", "Lower b by more than", func(c *rules.Circuit, _ *theory.Setting) { c.Balance.Offset = 0.65 }},
		{"slope", "Balance.Slope = 0.99 is not 1", func(c *rules.Circuit, _ *theory.Setting) { c.Balance.Slope = 0.99 }},
		{"share", "start from larger", func(_ *rules.Circuit, s *theory.Setting) { s.Weight = 0.1 }},
		{"active inputs", "not Gaussian", func(_ *rules.Circuit, s *theory.Setting) { s.Task.Channels, s.Task.Patterns = 40, 20 }},
		{"patterns that share", "1/(P", func(_ *rules.Circuit, s *theory.Setting) { s.Task.Patterns = 40 }},
		{"co-tuning", "no copies", func(_ *rules.Circuit, s *theory.Setting) { s.Task.CoTuning = 0.9 }},
		{"coding", "f = 0.1", func(_ *rules.Circuit, s *theory.Setting) { s.Task.Coding = 0.1 }},
		{"setting", "Rate = 0", func(_ *rules.Circuit, s *theory.Setting) { s.Rate = 0 }},
		{"setting", "Patterns = 0", func(_ *rules.Circuit, s *theory.Setting) { s.Task.Patterns = 0 }},
		{"setting", "Weight = NaN", func(_ *rules.Circuit, s *theory.Setting) { s.Weight = math.NaN() }},
	} {
		c := published()
		c.Acetylcholine.Depression = 0
		s := setting(c)
		x.move(&c, &s)
		if s.Duration > 1e9 { // finite, and enough at any load
			s.Duration = 1e9
		}
		r := of(c).Regime(s)
		if a := value(t, r, x.name); a.Broken == "" {
			t.Errorf("%s holds in\n%s", x.name, r)
		}
		found := false
		for _, b := range r.Broken() {
			found = found || strings.Contains(b, x.says) || strings.Contains(b, strings.TrimSuffix(x.says, "1/(P"))
		}
		if !found || r.Holds() || !strings.Contains(r.String(), "BROKEN") {
			t.Errorf("%s: %q is not said in\n%s", x.name, x.says, r)
		}
	}
}

// The share of weights that meet 0, estimated and counted.
func TestShareOfWeightsAtZero(t *testing.T) {
	lesson.Long(t)
	for _, x := range []struct{ beta, low, high float64 }{
		{0, 0, 0.005}, // the estimate has a Gaussian tail where there is no weight
		{0.331, 0.6, 3},
	} {
		c := published()
		c.Acetylcholine.Depression = x.beta
		s := setting(c)
		d := experiment.Design{Circuit: c, Task: s.Task, Weight: s.Weight, Rate: s.Rate, Duration: s.Duration, Seed: 5}
		v, err := d.Study().Measure(t.Context(), 6, func(t experiment.Trained) []float64 {
			zero := 0.
			for _, w := range [][]float64{t.Learner.Neuron.Excitatory, t.Learner.Neuron.Inhibitory} {
				for _, x := range w {
					if x == 0 {
						zero++
					}
				}
			}
			return []float64{zero / 400}
		})
		if err != nil {
			t.Fatal(err)
		}
		got := value(t, of(c).Regime(s), "share").Value
		t.Logf("β = %v: estimated %.4f, counted %v", x.beta, got, v[0])
		if x.beta == 0 && (got > x.high || v[0].Mean > x.high) || x.beta != 0 && !(got > x.low*v[0].Mean && got < x.high*v[0].Mean) {
			t.Errorf("β = %v: share estimated %v, counted %v", x.beta, got, v[0])
		}
	}
}

// Of gated inhibition the Y = 1 patterns alone are modes, and more can be stored.
func TestRegimeGated(t *testing.T) {
	c := published().Without("NE")
	c.Acetylcholine.Depression, c.ACh.Disinhibition, c.Balance.Offset, c.Balance.WhenFiring = 0, 1, 0.4, true
	s := setting(c)
	s.Task.Patterns = 360
	r := of(c).Regime(s)
	if a := value(t, r, "load"); a.Broken != "" || a.Limit != "< 2.44" {
		t.Errorf("load: %+v", a)
	}
	lesson.Near(t, "time", value(t, r, "time").Value, 600*0.638*0.16*math.Pow(1-math.Sqrt(0.2*1.8), 2), 1e-6)
	// A force that is not finite is no regime.
	c.Excitatory = []model.Rule{rules.Func(func(*model.Signals) model.Change { return model.Change{ActiveLoss: 1} })}
	refusal.Mentions(t, of(c).Autonomous(), "depends on the weight")
	if r := of(c).Regime(s); r.Holds() || !strings.Contains(r.String(), "depends on the weight") {
		t.Errorf("\n%s", r)
	}
}
