//go:build !purego

package lanes

import (
	"math/rand/v2"
	"testing"
)

// onUnits runs a loop on every vector unit up to the best.
func onUnits(t *testing.T, k kernel, seed uint64, n int) {
	t.Helper()
	defer func(u unit) { best = u }(best)
	widest := best
	var want []float64
	for best = plain; best <= widest; best++ {
		got := k.run(&pool{rand.New(rand.NewPCG(seed, seed))}, n)
		if best == plain {
			want = got
		}
		same(t, k.name, seed, n, got, want)
	}
}
