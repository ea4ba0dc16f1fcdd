package rules

import (
	"fmt"

	"credo/pkg/model"
)

// Circuit is a set of plasticity rules with the neuromodulators that gate
// them and the task they are meant for. A rule whose Rate is 0 is absent.
type Circuit struct {
	Hebbian       Hebbian
	Acetylcholine Acetylcholine
	Noradrenaline Noradrenaline
	Balance       Balance

	Excitatory, Inhibitory []model.Rule // further rules of one's own

	ACh, NE      model.Modulator
	Coding       float64 // f of the inputs, in (0, 1); a rule's own field governs that rule
	TargetCoding float64 // f_Y, in (0, 1)
	Threshold    float64 // θ, in units of the currents; default 0
}

// Learner returns a learner whose neuron n, not a copy, learns by the rules of
// the circuit at the overall rate λ. It panics if n has another threshold than
// the circuit.
func (c Circuit) Learner(n *model.Neuron, rate float64) *model.Learner {
	if n.Threshold != c.Threshold {
		panic(fmt.Sprintf("rules: neuron of threshold %v in a circuit of threshold %v", n.Threshold, c.Threshold))
	}
	l := &model.Learner{Neuron: n, ACh: c.ACh, NE: c.NE, Rate: rate}
	if c.Hebbian.Rate != 0 {
		l.Excitatory = append(l.Excitatory, c.Hebbian)
	}
	if c.Acetylcholine.Rate != 0 {
		l.Excitatory = append(l.Excitatory, c.Acetylcholine)
	}
	if c.Noradrenaline.Rate != 0 {
		l.Excitatory = append(l.Excitatory, c.Noradrenaline)
	}
	if c.Balance.Rate != 0 {
		l.Inhibitory = append(l.Inhibitory, c.Balance)
	}
	l.Excitatory = append(l.Excitatory, c.Excitatory...)
	l.Inhibitory = append(l.Inhibitory, c.Inhibitory...)
	return l
}

// Without returns the circuit with one part knocked out: "ACh" or "NE", which
// removes the rule and the release, "Hebbian" or "Balance". It panics on
// another name.
func (c Circuit) Without(name string) Circuit {
	switch name {
	case "ACh":
		c.Acetylcholine, c.ACh = Acetylcholine{}, model.Modulator{}
	case "NE":
		c.Noradrenaline, c.NE = Noradrenaline{}, model.Modulator{}
	case "Hebbian":
		c.Hebbian = Hebbian{}
	case "Balance":
		c.Balance = Balance{}
	default:
		panic(fmt.Sprintf("rules: Without(%q), must be one of ACh, NE, Hebbian, Balance", name))
	}
	return c
}

// Check returns an error that names the first parameter outside its domain.
func (c Circuit) Check() error {
	for _, p := range c.parameters() {
		if err := p.domain.check(p.name, p.value); err != nil {
			return err
		}
	}
	return nil
}
