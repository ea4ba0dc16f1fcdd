package separable

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"

	"credo/pkg/model"
)

// Answer is what a [Certificate] proves.
type Answer int

const (
	Undecided  Answer = iota // nothing
	Feasible                 // there are weights: here they are
	Infeasible               // there are none: here are multipliers that say so
)

// String returns the answer's name.
func (a Answer) String() string {
	return [...]string{Undecided: "undecided", Feasible: "feasible", Infeasible: "infeasible"}[a]
}

// Certificate is an answer of [Store] or [Decide] with what proves it. Its zero
// value is the undecided one.
type Certificate struct {
	Answer Answer
	Reason string // why it is undecided, in a sentence; empty otherwise

	// Neuron stores the associations within the constraints; nil unless Store
	// says feasible.
	Neuron *model.Neuron
	// Margin is a lower bound of min_μ y^μ V^μ of Neuron, in units of V,
	// rounded down; 0 without Neuron.
	Margin float64

	// Weights and Threshold solve the problem exactly; nil unless Decide says
	// feasible. Threshold is 0 if it is not free.
	Weights   []*big.Rat
	Threshold *big.Rat

	// Multipliers are λ_μ, one a pattern or row, that rule out all weights; nil
	// unless infeasible. Those of Store are at least 0, see [Certificate.Verify]
	// for what they satisfy. Those of Decide have a sign: λ_μ > 0 is of the low
	// end of the row and λ_μ < 0 of the high end, see [Problem.Verify]. They
	// have no common factor, and may have hundreds of digits.
	Multipliers []*big.Int
	// Distance is 0 where the multipliers are exact. Store's may be integers below
	// 2⁵³ that are only near exact ones, with more than 600 columns where those
	// would have to cancel: Σ_μ (λ̃_μ/λ_μ − 1)² < Distance² for some λ̃ that rule
	// out all weights, which Verify proves.
	Distance float64

	// Gap says how far the answer is from the boundary of what can be stored:
	// each input of each pattern may change by less than Gap, all at once and
	// either way, and the proof still holds in exact arithmetic; in units of an
	// input, to rounding. It is a lower bound, and 0 where the proof needs an
	// equality: for multipliers with a co-tuned channel, and in degenerate cases.
	// Of Store alone.
	Gap float64

	// Iterations is the number of steps of the interior-point method; 0 if the
	// answer could be read off the patterns.
	Iterations int
}

// Verify proves the certificate of [Store] anew from the associations and constraints in
// exact arithmetic. It returns an error that names the first thing that fails;
// an undecided certificate proves nothing, which is an error too.
//
// Weights are summed without rounding, and y V ≥ κ is compared as
// y(Σ w_E x_E − Σ w_I x_I) ≥ √N (κ + yθ) with both sides squared. So that they
// serve in floating point too, [model.Neuron.Recall] has to find no error.
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
//
// If Distance is not 0 it is proved in rigorously bounded floating-point
// arithmetic that there are such multipliers at that distance.
func (c Certificate) Verify(a *model.Associations, con Constraints) error {
	if err := con.Check(); err != nil {
		return err
	}
	switch c.Answer {
	case Feasible:
		_, err := verifyWeights(c.Neuron, a, con)
		return err
	case Infeasible:
		if c.Distance != 0 {
			return verifyNearly(c, a, con)
		}
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
	if err := cmp.Or(a.Fits(n), (&model.Learner{Neuron: n, MaxWeight: con.MaxWeight}).Check()); err != nil {
		return none, err
	}
	if !con.FreeThreshold && n.Threshold != con.Threshold {
		return none, fmt.Errorf("separable: threshold %v for the constraints' %v", n.Threshold, con.Threshold)
	}
	patterns := worstPatterns(n, a)
	for _, worst := range patterns {
		if worst.sum == nil {
			continue
		}
		required := new(big.Rat).Add(rational(con.Margin), rational(sign(worst.target)*n.Threshold))
		sum, _ := worst.sum.Rat(nil)
		order := compareRoot(sum, int64(len(n.Excitatory)), required)
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
	for mu, l := range lambda {
		if l == nil || l.Sign() < 0 {
			return fmt.Errorf("separable: multiplier %d = %v, must be at least 0", mu, l)
		}
		t := &total[class(a.Target(mu))]
		t.Add(t, l)
	}
	most := new(big.Int) // Σ max(0, g)
	for _, g := range gains(lambda, a) {
		if g.Sign() > 0 {
			most.Add(most, &g)
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

// gains returns g of the multipliers, see [Certificate.Verify]; nil counts as 0.
func gains(lambda []*big.Int, a *model.Associations) []big.Int {
	g := make([]big.Int, countE(a)+countI(a))
	if words, ok := asWords(lambda); ok {
		for j, sum := range wordGains(words, a) {
			g[j].SetInt64(sum)
		}
		return g
	}
	for mu, l := range lambda {
		if l == nil {
			continue
		}
		for j, s := range inputs(a, mu) {
			if s > 0 {
				g[j].Add(&g[j], l)
			} else {
				g[j].Sub(&g[j], l)
			}
		}
	}
	return g
}
