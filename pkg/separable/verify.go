package separable

import (
	"credo/pkg/model"
	"errors"
	"fmt"
	"math"
	"math/big"
)

// Verify proves the certificate anew from the associations and constraints in
// exact arithmetic. It returns an error that names the first thing that fails;
// an undecided certificate proves nothing, which is an error too.
//
// Weights are summed as integers over a common power of two, and y V ≥ κ is
// compared as y(Σ w_E x_E − Σ w_I x_I) ≥ √N (κ + yθ) with both sides squared.
// [model.Neuron.Recall] has to find no error either, so that the weights also serve
// in floating point.
//
// Multipliers rule out all weights by Farkas' lemma. Multiplying y V ≥ κ by
// λ ≥ 0 and summing gives
//
//	Σ_i w_i g_i ≥ √N B,  B = Σ_μ λ_μ (κ + y^μ θ),
//	g_i = Σ_μ λ_μ y^μ x_E,i^μ  or  −Σ_μ λ_μ y^μ x_I,i^μ,
//
// strictly if λ_μ > 0 for a pattern of target 1 and κ = 0, as then V > 0. But
// with 0 ≤ w ≤ w_max the left side is at most w_max Σ_i max(0, g_i), without
// a bound at most 0 if every g_i ≤ 0, and at a free threshold B is Σ λ κ with
// Σ λ y = 0. These two bounds contradict each other.
func (c Certificate) Verify(a *model.Associations, con Constraints) error {
	if err := con.Check(); err != nil {
		return err
	}
	switch c.Answer {
	case Feasible:
		_, err := verifyWeights(c.Neuron, a, con)
		return err
	case Infeasible:
		return verifyMultipliers(c.Multipliers, a, con)
	}
	return errors.New("separable: the certificate is undecided")
}

// verifyWeights returns, beside the error, the patterns with the least margins.
func verifyWeights(n *model.Neuron, a *model.Associations, con Constraints) ([2]worst, error) {
	var none [2]worst
	if n == nil {
		return none, errors.New("separable: a feasible certificate without a neuron")
	}
	if err := a.Fits(n); err != nil {
		return none, err
	}
	bound := con.MaxWeight
	if bound == 0 {
		bound = math.MaxFloat64
	}
	for kind, weights := range [...][]float64{n.Excitatory, n.Inhibitory} {
		for i, w := range weights {
			if !(w >= 0 && w <= bound) {
				return none, fmt.Errorf("separable: %s weight %d = %v outside [0, %v]", [...]string{"excitatory", "inhibitory"}[kind], i, w, bound)
			}
		}
	}
	if !con.FreeThreshold && n.Threshold != con.Threshold || math.IsNaN(n.Threshold) || math.IsInf(n.Threshold, 0) {
		return none, fmt.Errorf("separable: threshold %v for the constraints' %v", n.Threshold, con.Threshold)
	}
	patterns := worstPatterns(n, a)
	for _, worst := range patterns {
		if worst.sum == nil {
			continue
		}
		required := new(big.Rat).Add(rational(con.Margin), rational(sign(worst.target)*n.Threshold))
		order := compareRoot(worst.sum, int64(len(n.Excitatory)), required)
		if order < 0 || order == 0 && worst.target && con.Margin == 0 {
			return none, fmt.Errorf("separable: pattern %d of target %v is not stored", worst.pattern, worst.target)
		}
	}
	if e := n.Recall(a).Error; e > 0 {
		return none, fmt.Errorf("separable: a fraction %v of the answers is wrong in floating point", e)
	}
	return patterns, nil
}

func verifyMultipliers(lambda []*big.Int, a *model.Associations, con Constraints) error {
	if len(lambda) != a.Len() {
		return fmt.Errorf("separable: %d multipliers for %d patterns", len(lambda), a.Len())
	}
	var total [2]big.Int // Σ λ by target
	excitatory, inhibitory := make([]big.Int, countE(a)), make([]big.Int, countI(a))
	for mu, l := range lambda {
		if l == nil || l.Sign() < 0 {
			return fmt.Errorf("separable: multiplier %d = %v, must be at least 0", mu, l)
		}
		class, add, subtract := 0, (*big.Int).Sub, (*big.Int).Add
		if a.Target(mu) {
			class, add, subtract = 1, (*big.Int).Add, (*big.Int).Sub
		}
		total[class].Add(&total[class], l)
		for _, i := range a.Excitatory(mu) {
			add(&excitatory[i], &excitatory[i], l)
		}
		for _, i := range a.Inhibitory(mu) {
			subtract(&inhibitory[i], &inhibitory[i], l)
		}
	}
	most := new(big.Int) // Σ max(0, g)
	for _, sums := range [][]big.Int{excitatory, inhibitory} {
		for i := range sums {
			if sums[i].Sign() > 0 {
				most.Add(most, &sums[i])
			}
		}
	}
	if con.MaxWeight == 0 && most.Sign() > 0 {
		return errors.New("separable: the multipliers leave a channel that could store the patterns")
	}
	if con.FreeThreshold && total[0].Cmp(&total[1]) != 0 {
		return errors.New("separable: the multipliers leave a threshold that could store the patterns")
	}
	least := new(big.Rat) // B
	for class, target := range [...]bool{false, true} {
		required := new(big.Rat).Add(rational(con.Margin), rational(sign(target)*con.Threshold))
		least.Add(least, required.Mul(required, new(big.Rat).SetInt(&total[class])))
	}
	atMost := new(big.Rat).Mul(rational(con.MaxWeight), new(big.Rat).SetInt(most))
	order := compareRoot(atMost, int64(countE(a)), least)
	if order > 0 || order == 0 && (con.Margin > 0 || total[1].Sign() == 0) {
		return errors.New("separable: the multipliers do not contradict the constraints")
	}
	return nil
}
