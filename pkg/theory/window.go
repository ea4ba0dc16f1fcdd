package theory

import (
	"math"
	"slices"
	"strings"

	"credo/pkg/model"
	"credo/pkg/rules"
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
		add(f.further(), "⟨Δw_E − Δw_I⟩"+divisor, rest/unit)
	}
	for _, p := range pulls {
		add(p.Name, p.Formula+divisor, p.Value/unit)
	}
	if v < 0 {
		add("inhibition still to be restored", "−V", -v)
	}
	return e
}

// further names the rules beside the standard ones.
func (f force) further() string {
	var names []string
	for _, r := range slices.Concat(f.circuit.Excitatory, f.circuit.Inhibitory) {
		names = append(names, rules.Name(r))
	}
	return strings.Join(names, ", ")
}

// alone is the mean of one excitatory rule at potential v.
func (f force) alone(r model.Rule, target bool, v float64) float64 {
	l := *f.learner
	l.Excitatory, l.Inhibitory = []model.Rule{r}, nil
	return force{circuit: f.circuit, learner: &l}.of(target, v)
}

// window finds the edges of the window of b + θ.
func (d *Condition) window(f force) {
	none := Edge{Value: math.NaN(), Potential: math.NaN()}
	d.Lower, d.Upper = none, none
	if !(d.circuit.Balance.Rate > 0) {
		return
	}
	d.Lower = f.edge(false, f.above())
	if !d.Gated {
		d.Upper = f.edge(true, d.Deepest)
		return
	}
	if f.learner.Firing(false, 0) > 0 {
		if e := f.edge(false, 0, Term{"heterosynaptic depression", "−κ (f_Y/f) A_1", -d.Push}); e.Value > d.Lower.Value {
			d.Lower = e
		}
	}
	d.Upper = f.edge(true, f.above(), f.losses(f.above(), d.rest)...)
	if f.learner.Firing(true, 0) > 0 {
		if e := f.edge(true, 0, f.losses(0, d.rest)...); e.Value < d.Upper.Value {
			d.Upper = e
		}
	}
}
