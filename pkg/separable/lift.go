package separable

import (
	"math"
	"math/big"
	"slices"

	"credo/internal/domain"
	"credo/pkg/model"

	"gonum.org/v1/gonum/floats"
)

// neuron returns the weights that x, a solution of the system by column,
// stands for, as multiples of a common power of two that is 2⁴⁰ times smaller
// than the largest. Where nothing sets their scale the largest is 1, or less
// for MaxWeight, or more for Margin. It returns nil if x is not finite or if the
// unit is too small for a floating-point number.
func (p *program) neuron(x []float64, a *model.Associations, c Constraints) *model.Neuron {
	n := &model.Neuron{
		Excitatory: make([]float64, countE(a)),
		Inhibitory: make([]float64, countI(a)),
		Threshold:  c.Threshold,
	}
	largest, factor := floats.Norm(x[:p.Columns], math.Inf(1)), 1.0
	switch {
	case largest == 0:
	case p.scale > 0:
		factor = math.Sqrt(float64(countE(a))) * p.scale / x[p.Columns]
	case c.MaxWeight > 0:
		factor = math.Min(1, c.MaxWeight) / largest
	default:
		factor = 1 / largest
	}
	_, exponent := math.Frexp(largest * factor)
	unit := math.Ldexp(1, exponent-40)
	if !domain.Finite.Has(largest*factor) || unit == 0 {
		return nil
	}
	for j, g := range p.groups {
		weights, channels := n.Excitatory, g.channels[0]
		if x[j] < 0 {
			weights, channels = n.Inhibitory, g.channels[1]
		}
		units := math.RoundToEven(math.Abs(x[j]) * factor / unit)
		for k, i := range channels { // as equal as whole units can be
			share := math.Floor(units / float64(len(channels)-k))
			units -= share
			weights[i] = share * unit
			if c.MaxWeight > 0 {
				weights[i] = math.Min(weights[i], c.MaxWeight)
			}
		}
	}
	scalable := p.scale == 0 && c.Margin > 0
	if !scalable && !c.FreeThreshold {
		return n
	}
	worst := worstPatterns(n, a)
	if c.FreeThreshold {
		n.Threshold = between(worst, a, c)
	}
	if scalable {
		if m := margin(n, worst); m > 0 && m < 2*c.Margin {
			_, exponent := math.Frexp(2 * c.Margin / m)
			n.Threshold = math.Ldexp(n.Threshold, exponent)
			for _, weights := range [...][]float64{n.Excitatory, n.Inhibitory} {
				for i := range weights {
					weights[i] = math.Ldexp(weights[i], exponent)
				}
			}
		}
	}
	return n
}

// between returns the threshold in the middle between the two classes, or
// beyond the only one by more than the margin.
func between(worsts [2]worst, a *model.Associations, c Constraints) float64 {
	root := math.Sqrt(float64(countE(a)))
	edge := func(w worst) float64 {
		sum, _ := w.sum.Float64()
		return sign(w.target) * sum / root
	}
	switch beyond := 1 + 2*c.Margin; {
	case worsts[0].sum == nil:
		return edge(worsts[1]) - beyond
	case worsts[1].sum == nil:
		return edge(worsts[0]) + beyond
	}
	return edge(worsts[0]) + (edge(worsts[1])-edge(worsts[0]))/2
}

// rounded returns λ as integers, up to 2⁴⁰ and then, if the threshold is free,
// scaled so that Σ λ y = 0.
func (p *program) rounded(lambda []float64) []*big.Int {
	unit := slices.Max(lambda) / (1 << 40)
	integers := make([]*big.Int, len(lambda))
	var sums [2]big.Int
	for r, l := range lambda {
		integers[r] = big.NewInt(int64(math.Round(l / unit)))
		sums[class(p.Signs[r] > 0)].Add(&sums[class(p.Signs[r] > 0)], integers[r])
	}
	if p.Balance {
		for r, l := range integers {
			l.Mul(l, &sums[1-class(p.Signs[r] > 0)])
		}
	}
	return integers
}

// multipliers returns the multipliers of all patterns, in lowest terms, given
// those of the rows. Each forced pattern gets as much as makes up for its
// channels, which the system left out.
func (p *program) multipliers(rows []*big.Int, a *model.Associations) []*big.Int {
	lambda := make([]*big.Int, a.Len())
	for r, mu := range p.patterns {
		lambda[mu] = rows[r]
	}
	if len(rows) < len(lambda) {
		g := gains(lambda, a)
		for mu, l := range lambda {
			if l != nil {
				continue
			}
			lambda[mu] = new(big.Int)
			for _, i := range a.Excitatory(mu) {
				if g[i].Cmp(lambda[mu]) > 0 {
					lambda[mu].Set(&g[i])
				}
			}
		}
	}
	common := new(big.Int)
	for _, l := range lambda {
		common.GCD(nil, nil, common, l)
	}
	if common.Sign() > 0 {
		for _, l := range lambda {
			l.Quo(l, common)
		}
	}
	return lambda
}
