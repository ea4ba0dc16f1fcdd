package lanes

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// BenchmarkRows walks lists of a fifth of the rows of two kinds, as a layer's trial does.
func BenchmarkRows(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{100, 400, 1000} {
		w, x := Rows(n), Rows(n)
		lists := make([][]int32, 200)
		for k := range lists {
			for i := range n {
				if rng.IntN(5) == 0 {
					lists[k] = append(lists[k], int32(i))
				}
			}
		}
		var sums, by, low, high Row
		for l := range high {
			high[l] = math.Inf(1)
		}
		var sums2, by2, low2 [2]Row
		high2 := [2]Row{high, high}
		run := func(name string, f func(list []int32)) {
			b.Run(fmt.Sprintf("%s/N=%d", name, n), func(b *testing.B) {
				for i := range b.N {
					f(lists[i%len(lists)])
				}
			})
		}
		run("gather", func(list []int32) { Gather(&sums, w, list); Gather(&sums, x, list) })
		run("step", func(list []int32) { Step(w, list, &by, &low, &high); Step(x, list, &by, &low, &high) })
		run("both", func(list []int32) {
			GatherBoth(&sums2, w, x, list)
			StepBoth(w, x, list, &by2, &low2, &high2)
		})
		run("sweep", func(list []int32) { Sweep(w, &by, &low, &high) })
	}
}
