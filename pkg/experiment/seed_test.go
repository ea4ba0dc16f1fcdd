package experiment_test

import (
	"testing"

	"credo/pkg/experiment"
	"credo/pkg/rules"
)

// What differs in the seed, in a word, in a number, in their order or in how
// they are divided has a seed of its own, and what is the same the same one.
func TestSeed(t *testing.T) {
	c := rules.Reported()
	d := c
	d.ACh.Error = 0.01
	seen := map[uint64]int{}
	for k, s := range []uint64{
		experiment.Seed(1), experiment.Seed(2), experiment.Seed(12), experiment.Seed(1, 2), experiment.Seed(1, "2", ""),
		experiment.Seed(1, "a", "b"), experiment.Seed(1, "b", "a"), experiment.Seed(1, "ab"), experiment.Seed(1, 0.1, 0.2),
		experiment.Seed(1, 0.1, 0.20000000000000001+1e-16), experiment.Seed(1, c), experiment.Seed(1, d),
	} {
		if before, there := seen[s]; there {
			t.Errorf("descriptions %d and %d share the seed %d", before, k, s)
		}
		seen[s] = k
	}
	if experiment.Seed(3, c, 0.1) != experiment.Seed(3, rules.Reported(), 0.1) {
		t.Error("one description has two seeds")
	}
}
