package rules

import (
	"math"

	"credo/pkg/model"
)

// Term is one named summand of an edge of the window.
type Term struct {
	Name    string  // what it comes from
	Formula string  // in the symbols of the circuit
	Value   float64 // in units of the currents
}

// Edge is an edge of the window of b + θ in which a circuit learns.
type Edge struct {
	Value     float64 // the sum of the terms; NaN without Balance
	Potential float64 // V where it is decided; 0 is threshold
	Terms     []Term
}

// edge returns the value of b + θ at which the force on a pattern of the
// target vanishes at potential v, everything else being given, with its terms:
//
//	(b + θ)* = S_E(Y, V)/(a_I g) − V,  g = 1 or, if gated, ȳ(Y, V).
//
// S_E includes whatever the further rules of the circuit do. The pulls are
// forces of other patterns, added to it.
func (f force) edge(target bool, v float64, pulls ...Term) Edge {
	c := f.circuit
	gate, divisor := 1., "/a_I"
	if c.Balance.WhenFiring && v <= 0 {
		gate, divisor = f.learner.Firing(target, v), "/(a_I ȳ)"
	}
	unit := c.Balance.Rate * gate
	e := Edge{Potential: v}
	add := func(name, formula string, value float64) {
		if value != 0 {
			e.Terms = append(e.Terms, Term{name, formula, value})
			e.Value += value
		}
	}
	rhoA, rhoN, mean := "ε", "ρ_N0", func(of, event string) string { return of }
	if target {
		rhoA, rhoN = "ρ_A", "ρ_N"
	}
	ybar := "1"
	if v <= 0 {
		ybar = "ȳ(V)"
		mean = func(of, event string) string { return "P(y=1|" + event + ")" }
	}
	rest := f.of(target, v) + unit*(v+c.Balance.Offset+c.Threshold)
	for _, rule := range [...]struct {
		name, formula string
		rate          float64
		rule          model.Rule
	}{
		{"acetylcholine", rhoA + " a_A (" + mean("1", "ACh") + " − y_A)" + divisor, c.Acetylcholine.Rate, c.Acetylcholine},
		{"noradrenaline", rhoN + " a_N (" + mean("1", "NE") + " − y_N)" + divisor, c.Noradrenaline.Rate, c.Noradrenaline},
		{"Hebbian", "a_H (" + ybar + " − ȳ)" + divisor, c.Hebbian.Rate, c.Hebbian},
	} {
		if rule.rate == 0 {
			continue
		}
		s := f.alone(rule.rule, target, v)
		rest -= s
		add(rule.name, rule.formula, s/unit)
	}
	if math.Abs(rest) > 1e-12*(math.Abs(unit)+math.Abs(f.of(target, v))) {
		add("further rules", "⟨Δw_E − Δw_I⟩"+divisor, rest/unit)
	}
	for _, p := range pulls {
		add(p.Name, p.Formula+divisor, p.Value/unit)
	}
	if v < 0 {
		add("inhibition still to be restored", "−V", -v)
	}
	return e
}

// alone is the mean of one excitatory rule at potential v.
func (f force) alone(r model.Rule, target bool, v float64) float64 {
	l := *f.learner
	l.Excitatory, l.Inhibitory = []model.Rule{r}, nil
	return force{circuit: f.circuit, learner: &l}.of(target, v)
}

// push is the mean force by which the depression of silent synapses, in the
// presentations of the Y = 1 patterns, lowers all patterns,
//
//	κ (f_Y/f) A_1,  κ = β f/(1−f),  A_1 = ρ_A a_A (1 − y_A) for V_1 > 0,
//
// and for any rules f_Y times minus their change of silent synapses, over f.
func (f force) push() float64 {
	return 0 - f.silent(true, f.above())*f.circuit.TargetCoding/f.circuit.Coding
}

// losses are the forces that, gated, the other patterns add on average to that
// on a Y = 1 pattern: the depression of silent synapses in all Y = 1 patterns,
// whose A is taken at potential v, and the drag of Y = 0 patterns, whose force
// where they rest or sink is rest,
//
//	−β A + (1−f_Y)/f_Y F(0, V_0).
//
// They follow from Σ_ν G_μν F_ν = κ s_μ Σ_ν A_ν for the stationary Y = 1
// patterns μ, with s_μ the activity per channel, where many patterns are
// active: there Σ_ν over all patterns must vanish. Derived here.
func (f force) losses(v, rest float64) []Term {
	coding, targets := f.circuit.Coding, f.circuit.TargetCoding
	return []Term{
		{"heterosynaptic depression", "−β A_1", f.silent(true, v) * (1 - coding) / coding},
		{"drag of the Y = 0 patterns", "(1−f_Y)/f_Y F(0, V_0)", (1 - targets) / targets * rest},
	}
}
