package separable

import (
	"math/big"
	"testing"

	"credo/pkg/model"
)

// storable decides by exact rational arithmetic, and by another method than
// Store, whether the associations can be stored: the simplex method with
// Bland's rule maximises e subject to y Σ w x − (κ + yθ) t ≥ e, or 0 where
// V ≤ 0 will do, 0 ≤ w ≤ w_max t, e ≤ t ≤ 1. Answer: e > 0. The number of
// excitatory channels has to be 1 or 4, so that √N is rational.
func storable(t *testing.T, a *model.Associations, c Constraints) bool {
	t.Helper()
	root := map[int]int64{1: 1, 4: 2}[countE(a)]
	if root == 0 {
		t.Fatalf("%d excitatory channels", countE(a))
	}
	// Columns: w_E, w_I, t, e and, if it is free, θ of either sign.
	at := countE(a) + countI(a)
	columns := at + 2
	if c.FreeThreshold {
		columns += 2
	}
	var rows [][]*big.Rat // row · columns ≤ right
	var right []*big.Rat
	add := func(b int64, set map[int]*big.Rat) {
		row := make([]*big.Rat, columns)
		for j := range row {
			row[j] = new(big.Rat)
			if v := set[j]; v != nil {
				row[j].Set(v)
			}
		}
		rows, right = append(rows, row), append(right, big.NewRat(b, 1))
	}
	one, minus := big.NewRat(1, 1), big.NewRat(-1, 1)
	for mu := range a.Len() {
		target := a.Target(mu)
		y := big.NewRat(int64(sign(target)), 1)
		opposite := new(big.Rat).Neg(y)
		set := map[int]*big.Rat{}
		for _, i := range a.Excitatory(mu) {
			set[int(i)] = opposite
		}
		for _, i := range a.Inhibitory(mu) {
			set[countE(a)+int(i)] = y
		}
		required := new(big.Rat).SetFloat64(c.Margin)
		required.Add(required, new(big.Rat).Mul(y, new(big.Rat).SetFloat64(c.Threshold)))
		set[at] = required.Mul(required, big.NewRat(root, 1))
		if c.FreeThreshold {
			set[at+2], set[at+3] = y, opposite
		}
		if c.Margin == 0 && target {
			set[at+1] = one
		}
		add(0, set)
	}
	if c.MaxWeight > 0 {
		most := new(big.Rat).SetFloat64(-c.MaxWeight)
		for i := range at {
			add(0, map[int]*big.Rat{i: one, at: most})
		}
	}
	add(0, map[int]*big.Rat{at + 1: one, at: minus})
	add(1, map[int]*big.Rat{at: one})
	return maximise(rows, right, at+1).Sign() > 0
}

// maximise returns the largest value of a variable, at least 0 as all are,
// subject to rows · x ≤ right with right ≥ 0.
func maximise(rows [][]*big.Rat, right []*big.Rat, variable int) *big.Rat {
	m, n := len(rows), len(rows[0])
	table := make([][]*big.Rat, m+1) // the last row is the objective
	basic := make([]int, m)
	for r := range table {
		table[r] = make([]*big.Rat, n+m+1)
		for j := range table[r] {
			table[r][j] = new(big.Rat)
		}
		if r < m {
			for j := range n {
				table[r][j].Set(rows[r][j])
			}
			table[r][n+r].SetInt64(1)
			table[r][n+m].Set(right[r])
			basic[r] = n + r
		}
	}
	table[m][variable].SetInt64(-1)
	for {
		in := 0
		for in < n+m && table[m][in].Sign() >= 0 {
			in++
		}
		if in == n+m {
			return table[m][n+m]
		}
		out, best := -1, new(big.Rat)
		for r := range m {
			if table[r][in].Sign() > 0 {
				ratio := new(big.Rat).Quo(table[r][n+m], table[r][in])
				if order := ratio.Cmp(best); out < 0 || order < 0 || order == 0 && basic[r] < basic[out] {
					out, best = r, ratio
				}
			}
		}
		pivot := new(big.Rat).Set(table[out][in])
		for _, x := range table[out] {
			x.Quo(x, pivot)
		}
		for r := range table {
			if factor := new(big.Rat).Set(table[r][in]); r != out && factor.Sign() != 0 {
				for j, x := range table[r] {
					x.Sub(x, new(big.Rat).Mul(factor, table[out][j]))
				}
			}
		}
		basic[out] = in
	}
}
