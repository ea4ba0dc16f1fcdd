package separable

import (
	"math"
	"math/big"

	"credo/pkg/separable/internal/dyadic"
)

// weights returns the certificate of the solution u, by column, rounded to
// floating-point numbers within the bounds.
func (r *relaxation) weights(u []float64) Certificate {
	p, t := r.asked, r.t()
	at := func(column int) float64 { return math.Ldexp(u[column]/u[t], r.column[column]-r.column[t]) }
	values := make([]float64, p.weights())
	for k, j := range r.weight {
		values[j] = at(r.first + k)
	}
	c := Certificate{Answer: Feasible, Weights: make([]*big.Rat, p.weights()), Threshold: new(big.Rat)}
	for j, w := range values {
		c.Weights[j] = rational(math.Max(p.least(j), math.Min(p.most(j), w)))
	}
	if p.FreeThreshold {
		c.Threshold = rational(at(t + 1))
	}
	return c
}

// exactWeights is weights for a solution in integers, without rounding.
func (r *relaxation) exactWeights(u []*big.Int) Certificate {
	p, t := r.asked, r.t()
	if u == nil || u[t].Sign() <= 0 {
		return Certificate{}
	}
	at := func(column int) *big.Rat {
		return shifted(new(big.Rat).SetFrac(u[column], u[t]), r.column[column]-r.column[t])
	}
	c := Certificate{Answer: Feasible, Weights: make([]*big.Rat, p.weights()), Threshold: new(big.Rat)}
	for j := range c.Weights {
		c.Weights[j] = rational(math.Max(p.least(j), math.Min(p.most(j), 0)))
	}
	for k, j := range r.weight {
		c.Weights[j] = at(r.first + k)
	}
	if p.FreeThreshold {
		c.Threshold = at(t + 1)
	}
	return c
}

// multipliers returns the certificate of multipliers of the system's rows, in
// lowest terms.
func (r *relaxation) multipliers(rows []*big.Int) Certificate {
	if rows == nil {
		return Certificate{}
	}
	least := 0
	for _, e := range r.row {
		least = min(least, e)
	}
	lambda, term := make([]*big.Int, len(r.row)), new(big.Int)
	for mu := range lambda {
		lambda[mu] = new(big.Int)
	}
	for i, l := range rows {
		mu := r.ends[i].row
		term.Lsh(l, uint(r.row[mu]-least))
		if r.Signs[i] < 0 {
			term.Neg(term)
		}
		lambda[mu].Add(lambda[mu], term)
	}
	return Certificate{Answer: Infeasible, Multipliers: lowest(lambda[:len(r.asked.Inputs)])}
}

// shifted returns x 2^e.
func shifted(x *big.Rat, e int) *big.Rat {
	power := new(big.Int).Lsh(big.NewInt(1), uint(max(e, -e)))
	if e < 0 {
		return x.Quo(x, new(big.Rat).SetInt(power))
	}
	return x.Mul(x, new(big.Rat).SetInt(power))
}

// wholes returns the numbers as integers, all times one power of two.
func wholes(x []float64) []*big.Int {
	least, _ := dyadic.Least(x)
	result := make([]*big.Int, len(x))
	for i, v := range x {
		result[i] = new(big.Int)
		if v != 0 {
			m, e := dyadic.Odd(v)
			result[i].Lsh(result[i].SetInt64(m), uint(e-least))
		}
	}
	return result
}
