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
	Coding       float64 // f of the inputs, in (0, 1); see [Circuit.With]
	TargetCoding float64 // f_Y, in (0, 1)
	Threshold    float64 // θ, in units of the currents; default 0
	// Memory is the time constant of the running mean of y, in trials, for rules
	// that read it, at least 1; 0 means 1000 if Hebbian.Running, and else none.
	Memory float64
}

// With returns the circuit for inputs of coding f, targets of coding f_Y and
// threshold θ, moved in every place that depends on them: the circuit's own
// fields, the f of the acetylcholine rule, the Hebbian reference ȳ = f_Y, and
// those further rules that have a method With(f, fY float64) model.Rule. The
// domains are those of Check.
func (c Circuit) With(f, fY, theta float64) Circuit {
	c.Coding, c.TargetCoding, c.Threshold = f, fY, theta
	c.Acetylcholine.Coding, c.Hebbian.MeanOutput = f, fY
	c.Excitatory, c.Inhibitory = allWith(c.Excitatory, f, fY), allWith(c.Inhibitory, f, fY)
	return c
}

func allWith(rules []model.Rule, f, fY float64) []model.Rule {
	var moved []model.Rule
	for _, r := range rules {
		moved = append(moved, with(r, f, fY))
	}
	return moved
}

// with is the rule for other codings, or the same if it does not say how.
func with(r model.Rule, f, fY float64) model.Rule {
	if m, ok := r.(interface {
		With(f, fY float64) model.Rule
	}); ok {
		return m.With(f, fY)
	}
	return r
}

// Learner returns a learner whose neuron n, not a copy, takes the circuit's
// threshold and learns by its rules at the overall rate λ. It panics if n has
// a threshold of its own, not 0, that is another.
func (c Circuit) Learner(n *model.Neuron, rate float64) *model.Learner {
	if n.Threshold != 0 && n.Threshold != c.Threshold {
		panic(fmt.Sprintf("rules: neuron of threshold %v in a circuit of threshold %v", n.Threshold, c.Threshold))
	}
	n.Threshold = c.Threshold
	l := &model.Learner{Neuron: n, ACh: c.ACh, NE: c.NE, Rate: rate, Memory: c.Memory}
	if c.Hebbian.Running && c.Hebbian.Rate != 0 {
		l.MeanOutput = c.Hebbian.MeanOutput
		if l.Memory == 0 {
			l.Memory = 1000
		}
	}
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
