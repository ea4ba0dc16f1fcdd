//go:build !windows

package main

import (
	"fmt"
	"math"
	"slices"

	"credo/internal/cholesky"
	"credo/internal/sparse"
	"credo/pkg/model"
)

// timeParts prints the least CPU times, of 15, of what a step of Store spends most time
// on: forming a matrix from binary vectors, and its factorisation.
func timeParts() {
	const n = 1000
	fmt.Println("| density | matrix ms | factorisation ms |")
	fmt.Println("|---|---|---|")
	for _, density := range []float64{0.05, 0.2, 0.5} {
		rng := model.Stream(5, uint64(n*density))
		lists, values := make([][]int32, n), make([]float64, n)
		for k := range lists {
			values[k] = rng.Float64()
			for i := range n {
				if rng.Float64() < density {
					lists[k] = append(lists[k], int32(i))
				}
			}
		}
		m := cholesky.New(n)
		outers := cholesky.NewOuters(n, lists, sparse.Transpose(n, n, func(k int) []int32 { return lists[k] }))
		form, factorise := math.Inf(1), math.Inf(1)
		for range 15 {
			start := cpu()
			m.SetOuters(outers, values)
			form = min(form, cpu()-start)
			m.AddOuters([]float64{1}, [][]float64{slices.Repeat([]float64{1}, n)})
			for i := range n {
				m.Add(i, i, 1)
			}
			start = cpu()
			if !m.Factorise() {
				panic("not positive definite")
			}
			factorise = min(factorise, cpu()-start)
		}
		fmt.Printf("| %v | %.1f | %.1f |\n", density, 1e3*form, 1e3*factorise)
	}
}
