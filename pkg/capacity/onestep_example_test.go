package capacity_test

import (
	"fmt"

	"credo/pkg/capacity"
)

func ExampleCapacity_OneStepError() {
	c := capacity.Capacity{TargetCoding: 0.5}
	for _, load := range []float64{1.9, 2.5, 3, 4} {
		bound, _ := c.MinimalError(load)
		best, _ := c.OneStepError(load)
		fmt.Printf("%v patterns per synapse: at least %.4f errors, about %.4f\n", load, bound.Error, best.Error)
	}
	// Output:
	// 1.9 patterns per synapse: at least 0.0000 errors, about 0.0000
	// 2.5 patterns per synapse: at least 0.0156 errors, about 0.0179
	// 3 patterns per synapse: at least 0.0325 errors, about 0.0391
	// 4 patterns per synapse: at least 0.0620 errors, about 0.0774
}

// How many of the neurons that store all patterns so far would store one more by chance.
func ExampleCapacity_Entropy() {
	c := capacity.Capacity{TargetCoding: 0.5}
	for _, load := range []float64{0.5, 1, 1.5, 1.9} {
		v, _ := c.Entropy(load)
		fmt.Printf("%v patterns per synapse: overlap %.3f of two solutions, ln of the share that stores one more %.2f\n", load, v.Overlap, v.Slope)
	}
	// Output:
	// 0.5 patterns per synapse: overlap 0.307 of two solutions, ln of the share that stores one more -0.83
	// 1 patterns per synapse: overlap 0.585 of two solutions, ln of the share that stores one more -1.12
	// 1.5 patterns per synapse: overlap 0.822 of two solutions, ln of the share that stores one more -2.02
	// 1.9 patterns per synapse: overlap 0.971 of two solutions, ln of the share that stores one more -9.50
}
