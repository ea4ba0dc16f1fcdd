package experiment

import (
	"fmt"
	"hash/fnv"
)

// Seed returns a seed for the experiment that words and numbers describe, as
// they print, so that experiments which differ in any of them draw streams of
// their own, and the same experiment the same ones, in whatever order they are
// made. Two descriptions share a seed with probability 2⁻⁶⁴, or if they print
// alike: a circuit prints its own rules' values, and of further rules the names
// only. What prints an address, such as a function, must not be in it.
func Seed(seed uint64, what ...any) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d", seed)
	for _, w := range what {
		fmt.Fprintf(h, "\x00%v", w)
	}
	return h.Sum64()
}
