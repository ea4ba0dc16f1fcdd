package rules_test

import (
	"strings"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/rules"
)

// The values are those of DynaLearn's script, in the order of its table.
func TestReportedValues(t *testing.T) {
	c := rules.Reported()
	for _, v := range []struct {
		symbol    string
		got, want float64
	}{
		{"f", c.Coding, 0.2}, {"a_H", c.Hebbian.Rate, 0.016}, {"a_A", c.Acetylcholine.Rate, 0.575},
		{"β", c.Acetylcholine.Depression, 0.331}, {"ρ_A", c.ACh.Probability, 0.825}, {"A_A", c.ACh.Disinhibition, 0.227},
		{"a_N", c.Noradrenaline.Rate, 0.772}, {"ρ_N", c.NE.Probability, 0.012}, {"A_N", c.NE.Disinhibition, 1.605},
		{"a_I", c.Balance.Rate, 0.638}, {"a", c.Balance.Slope, 1}, {"b", c.Balance.Offset, 0.05},
		{"y_ref of ACh", c.Acetylcholine.Reference, 0.01}, {"y_ref of NE", c.Noradrenaline.Reference, 0.01},
		// As the rules are reported: the targets' coding is the inputs', f
		// stands for the mean output, ACh comes only if Y = 1 and NE whatever Y.
		{"f_Y", c.TargetCoding, 0.2}, {"ȳ", c.Hebbian.MeanOutput, 0.2}, {"f of the ACh rule", c.Acetylcholine.Coding, 0.2},
		{"ε", c.ACh.Error, 0}, {"ρ_N at Y = 0", c.NE.Error, 0.012},
	} {
		lesson.Near(t, v.symbol, v.got, v.want, 0)
	}
	if c.Balance.WhenFiring {
		t.Error("the reports show no gate of inhibition")
	}
	if err := c.Check(); err != nil {
		t.Error(err)
	}
}

func TestReportedSatisfiesTheReportedConstraints(t *testing.T) {
	c := rules.Reported()
	for constraint, holds := range map[string]bool{
		"ρ_N < ρ_A":   c.NE.Probability < c.ACh.Probability,
		"5 A_A < A_N": 5*c.ACh.Disinhibition < c.NE.Disinhibition,
		"a_N > a_A":   c.Noradrenaline.Rate > c.Acetylcholine.Rate,
		"a_A > a_H":   c.Acetylcholine.Rate > c.Hebbian.Rate,
	} {
		if !holds {
			t.Errorf("%s does not hold", constraint)
		}
	}
}

func TestStringLabelsWhatIsChosen(t *testing.T) {
	line := func(c rules.Circuit, name string) string {
		for l := range strings.Lines(c.String()) {
			if strings.Contains(l, " "+name+" ") {
				return strings.TrimSpace(l)
			}
		}
		t.Fatalf("no line of %s in\n%s", name, c)
		return ""
	}
	reported, changed := rules.Reported(), rules.Reported()
	changed.Acetylcholine.Depression = 0
	changed.ACh.Probability = 0.5
	changed.Threshold = 0.7
	changed.Balance.WhenFiring = true
	changed.Excitatory = append(changed.Excitatory, rules.Named("Oja", oja(1)), bcm(1, 0.2))
	for _, c := range []struct{ name, before, after string }{
		{"Acetylcholine.Depression", "published", "chosen (reported: 0.331)"},
		{"ACh.Probability", "inferred", "chosen (reported: 0.825)"},
		{"Acetylcholine.Rate", "published", "published"},
		// A threshold was never reported, so none may be said to be.
		{"Threshold", "chosen (not reported)", "chosen (not reported)"},
	} {
		if l := line(reported, c.name); !strings.Contains(l, c.before) {
			t.Errorf("%q does not say %q", l, c.before)
		}
		if l := line(changed, c.name); !strings.Contains(l, c.after) || c.before != c.after && strings.Contains(l, "published") {
			t.Errorf("%q does not say %q", l, c.after)
		}
	}
	if s := reported.String(); !strings.Contains(s, "every trial") || strings.Contains(s, "further") {
		t.Errorf("the reported circuit:\n%s", s)
	}
	if s := changed.String(); !strings.Contains(s, "only when firing") || !strings.Contains(s, "further excitatory rules: Oja, function (chosen)") {
		t.Errorf("a changed circuit:\n%s", s)
	}
}
