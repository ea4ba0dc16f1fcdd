package separable

import (
	"cmp"
	"math"
	"math/big"
	"slices"

	"credo/pkg/model"

	"gonum.org/v1/gonum/floats"
)

// newConflict returns the conflict that the certificate proves among the given
// patterns, with as few of them as a vertex of the multipliers has. Floating
// point proposes these and Store proves it; else the patterns stay that have a
// multiplier.
func newConflict(patterns []int, certificate Certificate, a *model.Associations, c Constraints) Conflict {
	some := a.Only(patterns)
	for _, few := range [...][]int{vertex(certificate.Multipliers, some, c), support(certificate.Multipliers)} {
		chosen := make([]int, len(few))
		for k, mu := range few {
			chosen[k] = patterns[mu]
		}
		if proof, err := Store(a.Only(chosen), c); err == nil && proof.Answer == Infeasible {
			return Conflict{chosen, proof}
		}
	}
	return Conflict{patterns, certificate}
}

// support returns where the multipliers are not 0.
func support(lambda []*big.Int) (patterns []int) {
	for mu, l := range lambda {
		if l.Sign() != 0 {
			patterns = append(patterns, mu)
		}
	}
	return patterns
}

// vertex returns the patterns that keep a multiplier when others are made 0 by
// moving along the solutions of
//
//	Σ_μ λ_μ y^μ(x^μ, −1) + slacks = 0,  Σ_μ λ_μ = 1,  λ ≥ 0, slacks ≥ 0,
//
// with a slack for every weight and bound, until what is left is linearly
// independent (Carathéodory): at most as many as there are weights, and one more
// each for the threshold, the scale and the sum.
func vertex(multipliers []*big.Int, a *model.Associations, c Constraints) (patterns []int) {
	n := countE(a) + countI(a)
	columns := n + 3 // of the weights, the threshold if it is free, the scale and the sum
	var vectors [][]float64
	var value []float64
	add := func(v float64) []float64 {
		vector := make([]float64, columns)
		vectors, value = append(vectors, vector), append(value, v)
		return vector
	}
	largest := new(big.Int)
	for _, l := range multipliers {
		if l.Cmp(largest) > 0 {
			largest = l
		}
	}
	root, gains, balance := math.Sqrt(float64(countE(a))), make([]float64, n), 0.0
	for mu, l := range multipliers {
		share, _ := new(big.Rat).SetFrac(l, largest).Float64()
		v := add(share)
		for j, s := range inputs(a, mu) {
			v[j] = s
			gains[j] += share * s
		}
		if c.FreeThreshold {
			v[n] = sign(a.Target(mu))
		}
		v[n+1], v[n+2] = -root*c.required(a.Target(mu)), 1
		balance += share * v[n+1]
	}
	for j, g := range gains {
		add(math.Max(0, -g))[j] = 1
		if c.MaxWeight > 0 {
			bound := add(math.Max(0, g))
			bound[j], bound[n+1] = -1, c.MaxWeight
			balance += math.Max(0, g) * c.MaxWeight
		}
	}
	add(math.Max(0, -balance))[n+1] = 1
	for _, k := range independent(vectors, value) {
		if k < len(multipliers) {
			patterns = append(patterns, k)
		}
	}
	slices.Sort(patterns)
	return patterns
}

// negligible is what rounding may leave of a 0, where the largest value is 1.
const negligible = 1e-9

// independent makes a positive combination of vectors one of linearly independent
// vectors, without changing its sum, and returns their indices. Vectors come in
// the order of their values. One that depends on those before gives its value
// over to them, up to where the first of them has none left and leaves its place.
func independent(vectors [][]float64, value []float64) (basis []int) {
	var order []int
	for k, v := range value {
		if v > negligible {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(j, k int) int { return cmp.Compare(value[k], value[j]) })
	rows := make([][]float64, len(vectors[0])) // by column of order, in terms of the basis and then of other rows
	for r := range rows {
		rows[r] = make([]float64, len(order))
		for at, k := range order {
			rows[r][at] = vectors[k][r]
		}
	}
	for at, k := range order {
		place := len(basis)
		for r := place; r < len(rows); r++ {
			if math.Abs(rows[r][at]) > math.Abs(rows[place][at]) {
				rows[r], rows[place] = rows[place], rows[r]
			}
		}
		if place < len(rows) && math.Abs(rows[place][at]) > negligible {
			basis = append(basis, k)
			eliminate(rows, place, at)
			continue
		}
		step, leaves := value[k], -1
		for r, b := range basis {
			if s := value[b] / -rows[r][at]; rows[r][at] < -negligible && s < step {
				step, leaves = s, r
			}
		}
		for r, b := range basis {
			value[b] += step * rows[r][at]
		}
		value[k] -= step
		if leaves >= 0 {
			value[basis[leaves]] = 0
			basis[leaves] = k
			eliminate(rows, leaves, at)
		}
	}
	return slices.DeleteFunc(basis, func(k int) bool { return value[k] <= negligible })
}

// eliminate makes the column from on a unit vector, 1 in row r.
func eliminate(rows [][]float64, r, from int) {
	floats.Scale(1/rows[r][from], rows[r][from:])
	for k, row := range rows {
		if k != r && row[from] != 0 {
			floats.AddScaled(row[from:], -row[from], rows[r][from:])
		}
	}
}
