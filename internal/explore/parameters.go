// Package explore shows what a circuit of the four rules can learn, and a neuron that
// learns it, while somebody moves the parameters: a [Dialogue] is asked with their
// values and answers in short steps, with figures and sentences. Whoever asks anew does
// not wait for what was asked before.
//
// Nothing is derived here: conditions, forces and errors are those of pkg/theory and
// pkg/capacity, the neuron that of pkg/experiment, and the figures those of pkg/viz.
package explore

import (
	"fmt"
	"math"

	"credo/pkg/experiment"
	"credo/pkg/rules"
)

// A Parameter is one that a reader moves, over a range from Low to High, in equal
// ratios if Ratio; without a range it is typed. Beyond the range values are allowed
// as far as the circuit allows them.
type Parameter struct {
	Name, Symbol, Usage string
	Default, Low, High  float64
	Ratio, Whole        bool
}

// Parameters are all of them; their defaults are those reported, and of the
// experiment those of the notebooks.
func Parameters() []Parameter {
	c := rules.Reported()
	return []Parameter{
		{Name: "offset", Symbol: "b", Usage: "offset of the E/I line", Default: c.Balance.Offset, Low: -0.2, High: 0.8},
		{Name: "reliability", Symbol: "ρ_A", Usage: "reliability of acetylcholine", Default: c.ACh.Probability, High: 1},
		{Name: "hebbian", Symbol: "a_H", Usage: "rate of the Hebbian rule", Default: c.Hebbian.Rate, High: 0.3},
		{Name: "reach", Symbol: "A_A", Usage: "disinhibition by acetylcholine", Default: c.ACh.Disinhibition, Low: 0.02, High: 2, Ratio: true},
		{Name: "beta", Symbol: "β", Usage: "depression of silent synapses", Default: c.Acetylcholine.Depression, High: 1},
		{Name: "load", Symbol: "P/N", Usage: "associations a channel", Default: 0.5, Low: 0.1, High: mostLoad},
		{Name: "rate", Symbol: "λ", Usage: "multiplies every change of a weight", Default: 0.05, Low: 0.01, High: 1, Ratio: true},
		{Name: "seed", Usage: "of every random stream", Default: 1, Whole: true},
	}
}

// The experiment, where no parameter says otherwise: N, T = λ × epochs, and the weights
// at the start.
const (
	Channels = 200
	Duration = 400
	weight   = 100
)

// mostLoad is beyond what any weights store at f_Y = 0.2.
const mostLoad = 3.2

// designed returns the experiment at the given values, by the names of the parameters;
// those that are not given have their defaults.
func designed(values map[string]float64) (d experiment.Design, err error) {
	v, known := map[string]float64{}, map[string]bool{}
	for _, p := range Parameters() {
		known[p.Name], v[p.Name] = true, p.Default
	}
	for name, x := range values {
		if !known[name] {
			return d, fmt.Errorf("there is no parameter %s", name)
		}
		v[name] = x
	}
	if seed := v["seed"]; seed != math.Trunc(seed) || seed < 0 || seed > 1<<53 {
		return d, fmt.Errorf("seed = %v must be a whole number that is not negative", seed)
	}
	if load := v["load"]; !(load >= 0.05 && load <= 10) { // with fewer patterns a class may be empty
		return d, fmt.Errorf("load P/N = %v outside [0.05, 10]", load)
	}
	if rate := v["rate"]; !(rate >= 1e-3 && rate <= 10) {
		return d, fmt.Errorf("rate λ = %v outside [0.001, 10]", rate)
	}
	c := rules.Reported()
	c.Balance.Offset, c.ACh.Probability, c.ACh.Disinhibition = v["offset"], v["reliability"], v["reach"]
	c.Hebbian.Rate, c.Acetylcholine.Depression = v["hebbian"], v["beta"]
	return experiment.Design{
		Circuit: c, Task: experiment.Task(c, Channels, v["load"]), Weight: weight,
		Rate: v["rate"], Duration: Duration, Seed: uint64(v["seed"]),
	}, c.Check()
}
