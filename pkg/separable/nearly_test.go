package separable

import (
	"fmt"
	"math/big"
	"testing"

	"credo/pkg/model"
	"credo/pkg/separable/internal/selfdual"
)

// nearly returns a task and multipliers that cancel to rounding, from the steps of
// the interior point on it.
func nearly(t *testing.T, task model.Task, con Constraints, k uint64) (*model.Associations, Certificate) {
	t.Helper()
	a, err := task.Draw(model.Stream(23, k))
	if err != nil {
		t.Fatal(err)
	}
	p := newProgram(a, con)
	method := selfdual.New(&p.System)
	for range 30 {
		if !method.Step(func(selfdual.Candidate) bool { return false }) {
			break
		}
		if lambda := method.Cancelled(); lambda != nil {
			c := Certificate{Answer: Infeasible, Multipliers: p.multipliers(rounded(lambda, 52), a), Distance: 0x1p-20}
			if c.Verify(a, con) == nil {
				return a, c
			}
		}
	}
	return a, Certificate{}
}

// What is proved near multipliers is so: the changes that the comment of
// verifyNearly gives, in exact fractions, make them exact, and their square sum
// is below that of the distance. Of tasks that can be stored nothing is proved.
func TestVerifyNearly(t *testing.T) {
	t.Parallel()
	proved, stored := 0, 0
	for _, con := range []Constraints{{Threshold: 1}, {}, {FreeThreshold: true}, {Threshold: -1, Margin: 0.01}} {
		for k := range uint64(16) {
			n := 6 + int(k%3)
			a, c := nearly(t, model.Task{Channels: n, CoTuning: 1, Patterns: 2*n + int(k%5), Coding: 0.4, TargetCoding: 0.5}, con, k)
			truth, err := Store(a, con)
			if err != nil {
				t.Fatal(err)
			}
			if truth.Answer == Feasible {
				if stored++; c.Multipliers != nil {
					t.Errorf("%+v, task %d: multipliers are proved to exist, but not so", con, k)
				}
				continue
			}
			if c.Multipliers == nil {
				continue
			}
			proved++
			exact, square := corrected(a, con, c.Multipliers)
			if square.Cmp(rational(c.Distance*c.Distance)) >= 0 {
				t.Errorf("%+v, task %d: distance² %v", con, k, square)
			}
			if err := verifyMultipliers(exact, a, con); err != nil {
				t.Errorf("%+v, task %d: %v", con, k, err)
			}
		}
	}
	if proved < 20 || stored < 3 {
		t.Errorf("the test has only %d proofs and %d tasks that can be stored", proved, stored)
	}
}

// corrected returns λ + δ as integers and Σ (δ/λ)², exactly, for co-tuned
// channels: all their columns cancel, and y for a free threshold.
func corrected(a *model.Associations, con Constraints, lambda []*big.Int) ([]*big.Int, *big.Rat) {
	var columns [][]int64 // a_μ, by column and pattern
	for _, g := range groups(a) {
		column, used := make([]int64, a.Len()), false
		for _, mu := range g.patterns {
			column[mu] = int64(sign(a.Target(int(mu))))
			used = used || lambda[mu].Sign() > 0
		}
		if used {
			columns = append(columns, column)
		}
	}
	if con.FreeThreshold {
		column := make([]int64, a.Len())
		for mu := range column {
			column[mu] = int64(sign(a.Target(mu)))
		}
		columns = append(columns, column)
	}
	l := func(mu int) *big.Rat { return new(big.Rat).SetInt(lambda[mu]) }
	times := func(x *big.Rat, y int64) *big.Rat { return new(big.Rat).Mul(x, new(big.Rat).SetInt64(y)) }
	n := len(columns)
	system := make([][]*big.Rat, n) // M, r
	for i := range system {
		system[i] = make([]*big.Rat, n+1)
		for j := range system[i] {
			system[i][j] = new(big.Rat)
			for mu := range lambda {
				if term := times(l(mu), columns[i][mu]); j < n {
					term.Mul(term, times(l(mu), columns[j][mu]))
					system[i][j].Add(system[i][j], term)
				} else {
					system[i][j].Add(system[i][j], term)
				}
			}
		}
	}
	x := solved(system)
	changed, square, common := make([]*big.Rat, len(lambda)), new(big.Rat), big.NewInt(1)
	for mu := range lambda {
		relative := new(big.Rat) // δ/λ
		for i, column := range columns {
			relative.Sub(relative, times(x[i], column[mu]))
		}
		relative.Mul(relative, l(mu))
		square.Add(square, new(big.Rat).Mul(relative, relative))
		changed[mu] = relative.Add(relative, big.NewRat(1, 1))
		changed[mu].Mul(changed[mu], l(mu))
		g := new(big.Int).GCD(nil, nil, common, changed[mu].Denom())
		common.Mul(common, g.Quo(changed[mu].Denom(), g))
	}
	exact := make([]*big.Int, len(lambda))
	for mu, r := range changed {
		r.Mul(r, new(big.Rat).SetInt(common))
		exact[mu] = new(big.Int).Set(r.Num())
	}
	return exact, square
}

// solved returns the solution of the rows of matrix and right-hand side, by
// Gauss and Jordan.
func solved(rows [][]*big.Rat) []*big.Rat {
	n := len(rows)
	for c := range n {
		r := c
		for rows[r][c].Sign() == 0 {
			r++
		}
		rows[c], rows[r] = rows[r], rows[c]
		pivot := new(big.Rat).Set(rows[c][c])
		for j := range rows[c] {
			rows[c][j].Quo(rows[c][j], pivot)
		}
		for r := range n {
			if factor := new(big.Rat).Set(rows[r][c]); r != c && factor.Sign() != 0 {
				for j := range rows[r] {
					rows[r][j].Sub(rows[r][j], new(big.Rat).Mul(factor, rows[c][j]))
				}
			}
		}
	}
	x := make([]*big.Rat, n)
	for i := range x {
		x[i] = rows[i][n]
	}
	return x
}

// A change of one multiplier by more than the distance, of a target or of the
// constraints is noticed, and so is what is no multiplier at all.
func TestVerifyNearlyNoticesTampering(t *testing.T) {
	con := Constraints{Threshold: 1}
	a, c := nearly(t, model.Task{Channels: 40, CoTuning: 1, Patterns: 95, Coding: 0.3, TargetCoding: 0.5}, con, 1)
	if c.Multipliers == nil {
		t.Fatal("nothing to tamper with")
	}
	expect(t, c.Verify(a, con), "")
	for mu, l := range c.Multipliers {
		if l.BitLen() < 45 {
			continue // less than a hundredth of the largest
		}
		changed := c
		changed.Multipliers = append([]*big.Int(nil), c.Multipliers...)
		changed.Multipliers[mu] = new(big.Int).Sub(l, new(big.Int).Rsh(l, 7))
		expect(t, changed.Verify(a, con), "no exact multipliers", mu)
	}
	for _, test := range []struct {
		change func(c *Certificate)
		con    Constraints
		want   string
	}{
		{func(c *Certificate) { c.Distance = 0 }, con, "leave a channel"},
		{func(c *Certificate) { c.Distance = 0.01 }, con, "Distance = 0.01 outside"},
		{func(c *Certificate) { c.Distance = -1 }, con, "Distance = -1 outside"},
		{func(c *Certificate) {}, Constraints{Threshold: -1}, "do not contradict"},
		{func(c *Certificate) {}, Constraints{Threshold: 1, MaxWeight: 1}, "Distance > 0 with MaxWeight"},
		{func(c *Certificate) {}, Constraints{FreeThreshold: true}, "no exact multipliers"},
		{func(c *Certificate) { c.Multipliers = c.Multipliers[1:] }, con, "94 multipliers for 95"},
		{func(c *Certificate) { c.Multipliers[0] = nil }, con, "multiplier 0 = <nil>"},
		{func(c *Certificate) { c.Multipliers[0] = big.NewInt(-1) }, con, "multiplier 0 = -1"},
		{func(c *Certificate) { c.Multipliers[0] = new(big.Int).Lsh(big.NewInt(1), 53) }, con, "outside [0, 2⁵³)"},
	} {
		changed := c
		changed.Multipliers = append([]*big.Int(nil), c.Multipliers...)
		test.change(&changed)
		expect(t, changed.Verify(a, test.con), test.want, fmt.Sprint(test.con))
	}
}

// Many columns to cancel take neither many digits nor many steps.
func TestStoreManyColumns(t *testing.T) {
	if testing.Short() {
		t.Skip("a task of 650 channels")
	}
	t.Parallel()
	a, err := model.Task{Channels: 650, CoTuning: 1, Patterns: 1450, Coding: 0.2, TargetCoding: 0.5}.Draw(model.Stream(1, 1))
	if err != nil {
		t.Fatal(err)
	}
	got := stored(t, a, Constraints{Threshold: 1})
	if got.Answer != Infeasible || got.Distance == 0 || got.Gap != 0 {
		t.Errorf("%v at distance %v, gap %v", got.Answer, got.Distance, got.Gap)
	}
}
