package rules_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/model"
	"credo/pkg/rules"
)

func TestCircuitCheck(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		change func(*rules.Circuit)
		want   []string
	}{
		{func(c *rules.Circuit) { c.Coding = 0 }, []string{"Coding = 0", "(0, 1)"}},
		{func(c *rules.Circuit) { c.Coding = 1 }, []string{"Coding = 1", "(0, 1)"}},
		{func(c *rules.Circuit) { c.Coding = nan }, []string{"Coding = NaN", "(0, 1)"}},
		{func(c *rules.Circuit) { c.TargetCoding = 1.2 }, []string{"TargetCoding = 1.2", "(0, 1)"}},
		{func(c *rules.Circuit) { c.Threshold = inf }, []string{"Threshold = +Inf", "(−∞, ∞)"}},
		{func(c *rules.Circuit) { c.Threshold = nan }, []string{"Threshold = NaN", "(−∞, ∞)"}},
		{func(c *rules.Circuit) { c.Hebbian.Rate = nan }, []string{"Hebbian.Rate = NaN", "(−∞, ∞)"}},
		{func(c *rules.Circuit) { c.Hebbian.Rate = -inf }, []string{"Hebbian.Rate = -Inf", "(−∞, ∞)"}},
		{func(c *rules.Circuit) { c.Hebbian.MeanOutput = -0.1 }, []string{"Hebbian.MeanOutput = -0.1", "[0, 1]"}},
		{func(c *rules.Circuit) { c.Acetylcholine.Rate = inf }, []string{"Acetylcholine.Rate = +Inf", "(−∞, ∞)"}},
		{func(c *rules.Circuit) { c.Acetylcholine.Depression = -1 }, []string{"Acetylcholine.Depression = -1", "[0, ∞)"}},
		{func(c *rules.Circuit) { c.Acetylcholine.Depression = inf }, []string{"Acetylcholine.Depression = +Inf", "[0, ∞)"}},
		{func(c *rules.Circuit) { c.Acetylcholine.Reference = 2 }, []string{"Acetylcholine.Reference = 2", "[0, 1]"}},
		{func(c *rules.Circuit) { c.Acetylcholine.Coding = 1 }, []string{"Acetylcholine.Coding = 1", "[0, 1)"}},
		{func(c *rules.Circuit) { c.ACh.Probability = 1.1 }, []string{"ACh.Probability = 1.1", "[0, 1]"}},
		{func(c *rules.Circuit) { c.ACh.Error = -0.2 }, []string{"ACh.Error = -0.2", "[0, 1]"}},
		{func(c *rules.Circuit) { c.ACh.Disinhibition = -1 }, []string{"ACh.Disinhibition = -1", "[0, ∞)"}},
		{func(c *rules.Circuit) { c.Noradrenaline.Rate = nan }, []string{"Noradrenaline.Rate = NaN", "(−∞, ∞)"}},
		{func(c *rules.Circuit) { c.Noradrenaline.Reference = nan }, []string{"Noradrenaline.Reference = NaN", "[0, 1]"}},
		{func(c *rules.Circuit) { c.NE.Probability = nan }, []string{"NE.Probability = NaN", "[0, 1]"}},
		{func(c *rules.Circuit) { c.NE.Error = 3 }, []string{"NE.Error = 3", "[0, 1]"}},
		{func(c *rules.Circuit) { c.NE.Disinhibition = inf }, []string{"NE.Disinhibition = +Inf", "[0, ∞)"}},
		{func(c *rules.Circuit) { c.Balance.Rate = nan }, []string{"Balance.Rate = NaN", "(−∞, ∞)"}},
		{func(c *rules.Circuit) { c.Balance.Slope = inf }, []string{"Balance.Slope = +Inf", "(−∞, ∞)"}},
		{func(c *rules.Circuit) { c.Balance.Offset = nan }, []string{"Balance.Offset = NaN", "(−∞, ∞)"}},
	} {
		circuit := rules.Reported()
		c.change(&circuit)
		refusal.Mentions(t, circuit.Check(), append(c.want, "rules: ")...)
	}
	for _, name := range []string{"ACh", "NE", "Hebbian", "Balance"} {
		if err := rules.Reported().Without(name).Check(); err != nil {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

// Check must see every number of the circuit: each, made NaN, is an error that
// names it.
func TestCircuitCheckSeesEveryField(t *testing.T) {
	numbers := 0
	var walk func(path string, v func(*rules.Circuit) reflect.Value)
	walk = func(path string, at func(*rules.Circuit) reflect.Value) {
		var c rules.Circuit
		switch v := at(&c); v.Kind() {
		case reflect.Float64:
			numbers++
			c = rules.Reported()
			at(&c).SetFloat(math.NaN())
			refusal.Mentions(t, c.Check(), strings.TrimPrefix(path, ".")+" = NaN")
		case reflect.Struct:
			for i := range v.NumField() {
				walk(path+"."+v.Type().Field(i).Name, func(c *rules.Circuit) reflect.Value { return at(c).Field(i) })
			}
		}
	}
	walk("", func(c *rules.Circuit) reflect.Value { return reflect.ValueOf(c).Elem() })
	if numbers < 20 {
		t.Errorf("found %d numbers in a circuit", numbers)
	}
}

func TestWithout(t *testing.T) {
	full := rules.Reported()
	for _, c := range []struct {
		name                   string
		excitatory, inhibitory int // rules left
		released               string
	}{
		{"ACh", 2, 1, "NE"}, {"NE", 2, 1, "ACh"}, {"Hebbian", 2, 1, "ACh NE"}, {"Balance", 3, 0, "ACh NE"},
	} {
		l := full.Without(c.name).Learner(model.NewNeuron(3, 1), 0.1)
		var released []string
		if l.ACh != (model.Modulator{}) {
			released = append(released, "ACh")
		}
		if l.NE != (model.Modulator{}) {
			released = append(released, "NE")
		}
		if len(l.Excitatory) != c.excitatory || len(l.Inhibitory) != c.inhibitory || strings.Join(released, " ") != c.released {
			t.Errorf("without %s: %d and %d rules, release of %q", c.name, len(l.Excitatory), len(l.Inhibitory), released)
		}
	}
	if !reflect.DeepEqual(full, rules.Reported()) {
		t.Error("Without changed the circuit itself")
	}
	for _, name := range []string{"", "ach", "Acetylcholine", "hebbian", "Inhibition"} {
		refusal.Panics(t, func() { full.Without(name) }, fmt.Sprintf("%q", name), "ACh, NE, Hebbian, Balance")
	}
}

func TestCircuitLearner(t *testing.T) {
	circuit := rules.Reported()
	extra := oja(0.1)
	circuit.Excitatory = append(make([]model.Rule, 0, 10), extra)
	circuit.Inhibitory = []model.Rule{rules.Delta{Rate: -1}}
	circuit.Threshold = 0.3
	n := model.NewNeuron(3, 1)
	n.Threshold = 0.2
	refusal.Panics(t, func() { circuit.Learner(n, 0.1) }, "threshold 0.2 ", "threshold 0.3")
	n.Threshold = 0
	l := circuit.Learner(n, 0.1)
	if l.Neuron != n || n.Threshold != 0.3 {
		t.Error("the learner has another neuron, or one of another threshold")
	}
	want := []model.Rule{circuit.Hebbian, circuit.Acetylcholine, circuit.Noradrenaline}
	if !reflect.DeepEqual(l.Excitatory[:3], want) || len(l.Excitatory) != 4 {
		t.Errorf("excitatory rules %v", l.Excitatory)
	}
	if want := []model.Rule{circuit.Balance, rules.Delta{Rate: -1}}; !reflect.DeepEqual(l.Inhibitory, want) {
		t.Errorf("inhibitory rules %v", l.Inhibitory)
	}
	if l.Rate != 0.1 || l.ACh != circuit.ACh || l.NE != circuit.NE {
		t.Errorf("learner %+v", l)
	}
	if err := l.Check(); err != nil {
		t.Error(err)
	}
	// Two learners of one circuit share no slice that could be appended to.
	other := circuit.Learner(n.Clone(), 0.1)
	l.Excitatory[3] = rules.Hebbian{}
	if reflect.DeepEqual(other.Excitatory[3], l.Excitatory[3]) || reflect.DeepEqual(circuit.Excitatory[0], l.Excitatory[3]) {
		t.Error("two learners share their rules")
	}
	if l := (rules.Circuit{}).Learner(model.NewNeuron(3, 1), 0.1); len(l.Excitatory)+len(l.Inhibitory) > 0 {
		t.Error("rules of rate 0 are present")
	}
}
