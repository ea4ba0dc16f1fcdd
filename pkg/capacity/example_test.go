package capacity_test

import (
	"fmt"

	"credo/pkg/capacity"
)

func ExampleCapacity() {
	c := capacity.Capacity{TargetCoding: 0.5}
	free, err := c.Unconstrained()
	fmt.Println(free, err)
	_, err = capacity.Capacity{TargetCoding: 1.2}.Unconstrained()
	fmt.Println(err)
	// Output:
	// 2 <nil>
	// capacity: TargetCoding = 1.2 outside (0, 1)
}

// A neuron with 80 percent excitatory synapses, at a load it can store only with a small margin or with balanced currents.
func ExampleComposition() {
	p := capacity.Composition{ExcitatoryFraction: 0.8, Coding: 0.2, Threshold: capacity.PositiveThreshold}
	for _, reliability := range []float64{0, 1, 2, 4} {
		s, _ := p.SolveAtThreshold(0.5, reliability)
		fmt.Printf("%v: load %.4f, silent %.1f%% of excitatory and %.1f%% of inhibitory synapses\n",
			reliability, s.Load, 100*s.Excitatory.CDF(0), 100*s.Inhibitory.CDF(0))
	}
	// Output:
	// 0: load 1.0000, silent 50.0% of excitatory and 50.0% of inhibitory synapses
	// 1: load 0.8158, silent 60.5% of excitatory and 39.5% of inhibitory synapses
	// 2: load 0.7521, silent 69.0% of excitatory and 31.0% of inhibitory synapses
	// 4: load 0.7497, silent 70.9% of excitatory and 29.1% of inhibitory synapses
}

func ExampleCapacity_MinimalError() {
	c := capacity.Capacity{TargetCoding: 0.2}
	for _, load := range []float64{2.5, 3.5, 5} {
		e, _ := c.MinimalError(load)
		fmt.Printf("%v patterns per synapse: at least %.4f errors\n", load, e.Error)
	}
	// Output:
	// 2.5 patterns per synapse: at least 0.0000 errors
	// 3.5 patterns per synapse: at least 0.0130 errors
	// 5 patterns per synapse: at least 0.0356 errors
}

func ExampleSeparableProbability() {
	for _, p := range []int{80, 90, 100, 110, 120} {
		fmt.Printf("%d patterns of 50 inputs: %.6f\n", p, capacity.SeparableProbability(50, p))
	}
	// Output:
	// 80 patterns of 50 inputs: 0.988090
	// 90 patterns of 50 inputs: 0.855452
	// 100 patterns of 50 inputs: 0.500000
	// 110 patterns of 50 inputs: 0.169093
	// 120 patterns of 50 inputs: 0.033146
}
