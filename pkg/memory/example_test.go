package memory_test

import (
	"fmt"

	"credo/pkg/memory"
)

// When acetylcholine stops, inhibition that is plastic on every trial forgets
// slowly, and inhibition that is plastic only when the neuron fires at once.
func ExampleRetention() {
	for _, gated := range []bool{false, true} {
		taught := pair(0.3)
		taught.Balance.WhenFiring = gated
		r := memory.Retention{Taught: taught, After: taught.Without("ACh"), Channels: 200, Patterns: 100}
		half, err := r.HalfLife()
		fmt.Printf("gated %v: half-life T = %.2f, %v\n", gated, half, err)
	}
	// Output:
	// gated false: half-life T = 8.30, <nil>
	// gated true: half-life T = 1.25, <nil>
}
