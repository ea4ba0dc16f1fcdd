package separable

import (
	"errors"
	"fmt"
	"math"
	"math/big"

	"credo/pkg/separable/internal/dyadic"
)

// Verify proves the certificate of [Decide] anew from the problem, in exact
// arithmetic and with nothing of the solver. It returns an error that names the
// first thing that fails; an undecided certificate proves nothing, which is an
// error too.
//
// Weights are put into every row and interval. Multipliers rule out all weights
// by Farkas' lemma: with g_j = Σ_μ λ_μ x_μj and, at a free threshold, Σ_μ λ_μ = 0,
// the rows demand
//
//	Σ_j g_j w_j ≥ Σ_{λ>0} λ_μ low_μ + Σ_{λ<0} λ_μ high_μ,
//
// strictly if λ_μ ≠ 0 in a strict row. But the left side is at most
// Σ_j g_j most_j over the g_j > 0 and Σ_j g_j least_j over the g_j < 0. The two
// contradict each other.
func (p Problem) Verify(c Certificate) error {
	if err := p.Check(); err != nil {
		return err
	}
	switch c.Answer {
	case Feasible:
		return p.verifyWeights(c.Weights, c.Threshold)
	case Infeasible:
		return p.verifyMultipliers(c.Multipliers)
	}
	return errors.New("separable: the certificate is undecided")
}

func (p Problem) verifyWeights(weights []*big.Rat, threshold *big.Rat) error {
	if len(weights) != p.weights() {
		return fmt.Errorf("separable: %d weights for %d inputs", len(weights), p.weights())
	}
	switch {
	case threshold == nil:
		return errors.New("separable: a feasible certificate without a threshold")
	case !p.FreeThreshold && threshold.Sign() != 0:
		return fmt.Errorf("separable: threshold %v, must be 0", threshold)
	}
	common := big.NewInt(1) // denominator of all weights
	for j, w := range weights {
		if w == nil || !within(w, p.least(j), p.most(j), false) {
			return fmt.Errorf("separable: weight %d = %v outside [%v, %v]", j, w, p.least(j), p.most(j))
		}
		g := new(big.Int).GCD(nil, nil, common, w.Denom())
		common.Mul(common, g.Quo(w.Denom(), g))
	}
	numerators := make([]*big.Int, len(weights))
	for j, w := range weights {
		numerators[j] = new(big.Int).Quo(common, w.Denom())
		numerators[j].Mul(numerators[j], w.Num())
	}
	unit := new(big.Rat).SetFrac(big.NewInt(1), common)
	for mu, row := range p.Inputs {
		v := product(row, numerators)
		v.Sub(v.Mul(v, unit), threshold)
		if !within(v, p.low(mu), p.high(mu), p.strict(mu)) {
			return fmt.Errorf("separable: the weights are outside the interval of row %d", mu)
		}
	}
	return nil
}

// within reports low ≤ x ≤ high, or low < x < high if strict.
func within(x *big.Rat, low, high float64, strict bool) bool {
	allowed := 0 // the least order that will do
	if strict {
		allowed = 1
	}
	return (math.IsInf(low, 0) || x.Cmp(rational(low)) >= allowed) && (math.IsInf(high, 0) || rational(high).Cmp(x) >= allowed)
}

func (p Problem) verifyMultipliers(lambda []*big.Int) error {
	if len(lambda) != len(p.Inputs) {
		return fmt.Errorf("separable: %d multipliers for %d rows", len(lambda), len(p.Inputs))
	}
	total, strict := new(big.Int), false
	spare := new(big.Rat) // what the rows demand less what the weights can give
	add := func(by *big.Rat, end float64) {
		spare.Add(spare, by.Mul(by, rational(end)))
	}
	for mu, l := range lambda {
		if l == nil {
			return fmt.Errorf("separable: multiplier %d is missing", mu)
		}
		if l.Sign() == 0 {
			continue
		}
		end := p.low(mu)
		if l.Sign() < 0 {
			end = p.high(mu)
		}
		if math.IsInf(end, 0) {
			return fmt.Errorf("separable: multiplier %d = %v of an end %v", mu, l, end)
		}
		add(new(big.Rat).SetInt(l), end)
		total.Add(total, l)
		strict = strict || p.strict(mu)
	}
	if p.FreeThreshold && total.Sign() != 0 {
		return errors.New("separable: the multipliers leave a threshold that could serve")
	}
	column := make([]float64, len(p.Inputs))
	for j := range p.weights() {
		for mu, row := range p.Inputs {
			column[mu] = row[j]
		}
		g := product(column, lambda)
		if g.Sign() == 0 {
			continue
		}
		end := p.most(j)
		if g.Sign() < 0 {
			end = p.least(j)
		}
		if math.IsInf(end, 0) {
			return fmt.Errorf("separable: the multipliers leave weight %d, which could serve", j)
		}
		add(g.Neg(g), end)
	}
	if spare.Sign() < 0 || spare.Sign() == 0 && !strict {
		return errors.New("separable: the multipliers do not contradict the problem")
	}
	return nil
}

// product returns Σ_j x_j n_j, exactly, for finite x.
func product(x []float64, n []*big.Int) *big.Rat {
	least, _ := dyadic.Least(x)
	sum, term := new(big.Int), new(big.Int)
	for j, v := range x {
		if v == 0 || n[j].Sign() == 0 {
			continue
		}
		mantissa, exponent := dyadic.Odd(v)
		term.Mul(n[j], term.SetInt64(mantissa))
		sum.Add(sum, term.Lsh(term, uint(exponent-least)))
	}
	if sum.Sign() == 0 {
		return new(big.Rat)
	}
	if least >= 0 {
		return new(big.Rat).SetInt(sum.Lsh(sum, uint(least)))
	}
	return new(big.Rat).SetFrac(sum, new(big.Int).Lsh(big.NewInt(1), uint(-least)))
}
