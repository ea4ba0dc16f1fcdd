package rules

import (
	"fmt"
	"strings"
)

// parameter is one number of a circuit: how it is called, where it may lie and
// where its reported value comes from.
type parameter struct {
	symbol, name string
	value        float64
	domain       domain
	provenance   string // of the value in Reported
}

// unreported is the provenance of a number of which the reports say nothing.
const unreported = "chosen (not reported)"

// imperfection is the provenance of what the reports do not mention and a
// circuit does without at 0; String leaves it out there.
const imperfection = "chosen (published: none)"

// parameters lists the numbers of the circuit, always in the same order.
func (c Circuit) parameters() []parameter {
	const (
		published = "published"
		inferred  = "published, inferred to be Table 2"
	)
	return []parameter{
		{"f", "Coding", c.Coding, fraction, published},
		{"f_Y", "TargetCoding", c.TargetCoding, fraction, published},
		{"θ", "Threshold", c.Threshold, finite, unreported},
		{"a_H", "Hebbian.Rate", c.Hebbian.Rate, finite, published},
		{"ȳ", "Hebbian.MeanOutput", c.Hebbian.MeanOutput, probability, "published, one of two forms"},
		{"a_A", "Acetylcholine.Rate", c.Acetylcholine.Rate, finite, published},
		{"β", "Acetylcholine.Depression", c.Acetylcholine.Depression, nonNegative, published},
		{"y_A", "Acetylcholine.Reference", c.Acetylcholine.Reference, probability, published},
		{"f_A", "Acetylcholine.Coding", c.Acetylcholine.Coding, below1, published},
		{"ρ_A", "ACh.Probability", c.ACh.Probability, probability, inferred},
		{"ε", "ACh.Error", c.ACh.Error, probability, "published: released only if Y = 1"},
		{"A_A", "ACh.Disinhibition", c.ACh.Disinhibition, nonNegative, published},
		{"a_N", "Noradrenaline.Rate", c.Noradrenaline.Rate, finite, published},
		{"y_N", "Noradrenaline.Reference", c.Noradrenaline.Reference, probability, published},
		{"ρ_N", "NE.Probability", c.NE.Probability, probability, published},
		{"ρ_N0", "NE.Error", c.NE.Error, probability, "published: released whatever Y"},
		{"A_N", "NE.Disinhibition", c.NE.Disinhibition, nonNegative, inferred},
		{"a_I", "Balance.Rate", c.Balance.Rate, finite, published},
		{"a", "Balance.Slope", c.Balance.Slope, finite, "published, also as below 1"},
		{"b", "Balance.Offset", c.Balance.Offset, finite, published},
		{"q_A", "ACh.Late", c.ACh.Late, probability, imperfection},
		{"k_A", "ACh.Delay", float64(c.ACh.Delay), nonNegative, imperfection},
		{"κ_A", "ACh.Coupling", c.ACh.Coupling, signed, imperfection},
		{"σ_A", "ACh.Variation", c.ACh.Variation, probability, imperfection},
		{"q_N", "NE.Late", c.NE.Late, probability, imperfection},
		{"k_N", "NE.Delay", float64(c.NE.Delay), nonNegative, imperfection},
		{"κ_N", "NE.Coupling", c.NE.Coupling, signed, imperfection},
		{"σ_N", "NE.Variation", c.NE.Variation, probability, imperfection},
	}
}

// String lists the circuit's parameters with their provenance, a line each. A
// value that differs from the reported one is labelled chosen.
func (c Circuit) String() string {
	reported := Reported().parameters()
	var out strings.Builder
	for k, p := range c.parameters() {
		label := p.provenance
		if label == imperfection && p.value == 0 {
			continue
		}
		if p.value != reported[k].value && label != unreported && label != imperfection {
			label = fmt.Sprintf("chosen (reported: %v)", reported[k].value)
		}
		fmt.Fprintf(&out, "%-5s %-25s %-6v %s\n", p.symbol, p.name, p.value, label)
	}
	gate := "plastic on every trial"
	if c.Balance.WhenFiring {
		gate = "plastic only when firing"
	}
	fmt.Fprintf(&out, "inhibition is %s (unknown: the reports show no gate)\n", gate)
	if n, m := len(c.Excitatory), len(c.Inhibitory); n+m > 0 {
		fmt.Fprintf(&out, "further rules: %d excitatory, %d inhibitory (chosen)\n", n, m)
	}
	out.WriteString("published: as reported by DynaLearn's authors\n")
	return out.String()
}
