//go:build !amd64 || purego

package lanes

import (
	"math/rand/v2"
	"testing"
)

// onUnits runs a loop twice: there is one way.
func onUnits(t *testing.T, k kernel, seed uint64, n int) {
	t.Helper()
	run := func() []float64 { return k.run(&pool{rand.New(rand.NewPCG(seed, seed))}, n) }
	same(t, k.name, seed, n, run(), run())
}
