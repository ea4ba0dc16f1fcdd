package rules

import (
	"fmt"
	"strings"

	"credo/internal/domain"
)

// parameter is one number of a circuit: how it is called, where it may lie and
// where its reported value comes from.
type parameter struct {
	symbol, name string
	value        float64
	domain       domain.Interval
	provenance   string // of the value in Reported
}

// Where the values come from. What the reports do not mention and a circuit does
// without at 0, imperfection and memory, String leaves out there.
const (
	published    = "published"
	inferred     = "published, inferred to be Table 2"
	unreported   = "chosen (not reported)"
	imperfection = "chosen (published: none)"
	memory       = "chosen, in trials (not reported)"
)

// parameters lists the numbers of the circuit, always in the same order.
func (c Circuit) parameters() []parameter {
	return []parameter{
		{"f", "Coding", c.Coding, domain.Fraction, published},
		{"f_Y", "TargetCoding", c.TargetCoding, domain.Fraction, published},
		{"θ", "Threshold", c.Threshold, domain.Finite, unreported},
		{"a_H", "Hebbian.Rate", c.Hebbian.Rate, domain.Finite, published},
		{"ȳ", "Hebbian.MeanOutput", c.Hebbian.MeanOutput, domain.Probability, "published, one of two forms"},
		{"a_A", "Acetylcholine.Rate", c.Acetylcholine.Rate, domain.Finite, published},
		{"β", "Acetylcholine.Depression", c.Acetylcholine.Depression, domain.NonNegative, published},
		{"y_A", "Acetylcholine.Reference", c.Acetylcholine.Reference, domain.Probability, published},
		{"f_A", "Acetylcholine.Coding", c.Acetylcholine.Coding, domain.Below1, published},
		{"ρ_A", "ACh.Probability", c.ACh.Probability, domain.Probability, inferred},
		{"ε", "ACh.Error", c.ACh.Error, domain.Probability, "published: released only if Y = 1"},
		{"A_A", "ACh.Disinhibition", c.ACh.Disinhibition, domain.NonNegative, published},
		{"a_N", "Noradrenaline.Rate", c.Noradrenaline.Rate, domain.Finite, published},
		{"y_N", "Noradrenaline.Reference", c.Noradrenaline.Reference, domain.Probability, published},
		{"ρ_N", "NE.Probability", c.NE.Probability, domain.Probability, published},
		{"ρ_N0", "NE.Error", c.NE.Error, domain.Probability, "published: released whatever Y"},
		{"A_N", "NE.Disinhibition", c.NE.Disinhibition, domain.NonNegative, inferred},
		{"a_I", "Balance.Rate", c.Balance.Rate, domain.Finite, published},
		{"a", "Balance.Slope", c.Balance.Slope, domain.Finite, "published, also as below 1"},
		{"b", "Balance.Offset", c.Balance.Offset, domain.Finite, published},
		{"q_A", "ACh.Late", c.ACh.Late, domain.Probability, imperfection},
		{"k_A", "ACh.Delay", float64(c.ACh.Delay), domain.NonNegative, imperfection},
		{"κ_A", "ACh.Coupling", c.ACh.Coupling, domain.Signed, imperfection},
		{"σ_A", "ACh.Variation", c.ACh.Variation, domain.Probability, imperfection},
		{"q_N", "NE.Late", c.NE.Late, domain.Probability, imperfection},
		{"k_N", "NE.Delay", float64(c.NE.Delay), domain.NonNegative, imperfection},
		{"κ_N", "NE.Coupling", c.NE.Coupling, domain.Signed, imperfection},
		{"τ", "Memory", c.Memory, domain.NonNegative, memory},
		{"σ_N", "NE.Variation", c.NE.Variation, domain.Probability, imperfection},
	}
}

// String lists the circuit's parameters with their provenance, a line each. A
// value that differs from the reported one is labelled chosen.
func (c Circuit) String() string {
	reported := Reported().parameters()
	var out strings.Builder
	for k, p := range c.parameters() {
		label := p.provenance
		if p.value == 0 && (label == imperfection || label == memory) {
			continue
		}
		if p.value != reported[k].value && strings.HasPrefix(label, published) {
			label = fmt.Sprintf("chosen (reported: %v)", reported[k].value)
		}
		fmt.Fprintf(&out, "%-5s %-25s %-6v %s\n", p.symbol, p.name, p.value, label)
	}
	gate := "plastic on every trial"
	if c.Balance.WhenFiring {
		gate = "plastic only when firing"
	}
	fmt.Fprintf(&out, "inhibition is %s (unknown: the reports show no gate)\n", gate)
	if c.Hebbian.Running {
		out.WriteString("ȳ of the Hebbian rule follows the mean output (published, the other of two forms)\n")
	}
	if len(c.Excitatory) > 0 {
		fmt.Fprintf(&out, "further excitatory rules: %s (chosen)\n", names(c.Excitatory))
	}
	if len(c.Inhibitory) > 0 {
		fmt.Fprintf(&out, "further inhibitory rules: %s (chosen)\n", names(c.Inhibitory))
	}
	out.WriteString("published: as reported by DynaLearn's authors\n")
	return out.String()
}
