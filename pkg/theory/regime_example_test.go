package theory_test

import (
	"fmt"

	"credo/pkg/experiment"
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// The reported values at half a pattern a channel: depression of silent synapses
// spreads the potentials by more than a third of their distance to threshold.
func ExampleTheory_Regime() {
	c := rules.Reported()
	t, err := theory.Of(c)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(t.Regime(theory.Setting{Task: experiment.Task(c, 200, 0.5), Rate: 0.1, Duration: 600, Weight: 20}))
	// Output:
	// co-tuning r                                  1        = 1      holds
	// slope a of the E/I line                      1        = 1      holds
	// load P/N                                     0.5      < 1      holds
	// margin above b_min                           0.0156   ≥ 0      holds
	// margin below b_max                           0.526    ≥ 0      holds
	// depth from which targets rise                ∞                 holds
	// rate λ, half of it over the largest stable   0.00912  < 1      holds
	// active inputs of a pattern, N f              40       ≥ 10     holds
	// patterns that share a channel, P f           20       ≥ 10     holds
	// spread by β, distances to threshold          0.588    < 1/3    BROKEN
	//      heterosynaptic depression carries patterns across threshold at any rate
	// noise at the rate λ, distances to threshold  0.114    < 1/3    holds
	// time, over that of the slowest mode          5.25     ≥ 3      holds
	// share of weights that meet 0, estimated      0.0115   < 0.01   BROKEN
	//      weights at their bound take part in no balance: start from larger ones
	// The theory applies but for 2 of these.
}
