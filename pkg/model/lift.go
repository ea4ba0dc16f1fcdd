package model

import (
	"math"
	"math/big"
	"slices"
)

// neuron returns the weights that x, a solution of the system by column,
// stands for, as multiples of a common power of two that is 2⁴⁰ times smaller
// than the largest. Where nothing sets their scale the largest is 1, or less
// for MaxWeight, or more for Margin. It returns nil if x is not finite.
func (p *program) neuron(x []float64, a *Associations, c Constraints) *Neuron {
	n := &Neuron{
		Excitatory: make([]float64, a.excitatoryChannels),
		Inhibitory: make([]float64, a.inhibitoryChannels),
		Threshold:  c.Threshold,
	}
	largest := 0.0
	for _, xj := range x[:p.Columns] {
		largest = math.Max(largest, math.Abs(xj))
	}
	factor := 1.0
	if p.scale > 0 {
		factor = math.Sqrt(float64(a.excitatoryChannels)) * p.scale / x[p.Columns]
	} else if largest > 0 {
		factor = 1 / largest
		if c.MaxWeight > 0 && c.MaxWeight < 1 {
			factor *= c.MaxWeight
		}
	}
	if math.IsNaN(factor*largest) || math.IsInf(factor*largest, 0) {
		return nil
	}
	_, exponent := math.Frexp(largest * factor)
	unit := math.Ldexp(1, exponent-40)
	for j, g := range p.groups {
		weights, channels := n.Excitatory, g.excitatory
		if x[j] < 0 {
			weights, channels = n.Inhibitory, g.inhibitory
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
	worst := worstPatterns(n, a)
	if c.FreeThreshold {
		n.Threshold = between(worst, a, c)
	}
	if p.scale == 0 && c.Margin > 0 {
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
func between(worst [2]worst, a *Associations, c Constraints) float64 {
	root := math.Sqrt(float64(a.excitatoryChannels))
	var edge [2]float64
	for class, w := range worst {
		if w.sum != nil {
			sum, _ := w.sum.Float64()
			edge[class] = sign(w.target) * sum / root
		}
	}
	switch beyond := 1 + 2*c.Margin; {
	case worst[0].sum == nil && worst[1].sum == nil:
		return 0
	case worst[0].sum == nil:
		return edge[1] - beyond
	case worst[1].sum == nil:
		return edge[0] + beyond
	}
	return edge[0] + (edge[1]-edge[0])/2
}

// margin returns min y V from the worst patterns, rounded down.
func margin(n *Neuron, worst [2]worst) float64 {
	const digits = 300 // binary; weights span fewer
	root := new(big.Float).SetPrec(digits).SetInt64(int64(len(n.Excitatory)))
	root.Sqrt(root)
	least := math.Inf(1)
	for _, w := range worst {
		if w.sum == nil {
			continue
		}
		v := new(big.Float).SetPrec(digits).SetRat(w.sum)
		v.Quo(v, root)
		v.Sub(v, big.NewFloat(sign(w.target)*n.Threshold))
		m, accuracy := v.Float64()
		if accuracy != big.Exact || v.Sign() != 0 {
			m = math.Nextafter(m, math.Inf(-1))
		}
		least = math.Min(least, m)
	}
	return least
}

// rounded returns λ as integers up to 2⁴⁰.
func rounded(lambda []float64) []*big.Int {
	unit := slices.Max(lambda) / (1 << 40)
	integers := make([]*big.Int, len(lambda))
	for r, l := range lambda {
		integers[r] = big.NewInt(int64(math.Round(l / unit)))
	}
	return integers
}

// multipliers returns the multipliers of all patterns, given those of the
// rows. Each forced pattern gets as much as makes up for its channels, which
// the system left out.
func (p *program) multipliers(rows []*big.Int, a *Associations) []*big.Int {
	lambda := make([]*big.Int, a.Len())
	for r, mu := range p.patterns {
		lambda[mu] = rows[r]
	}
	if len(p.forced) == 0 {
		return lambda
	}
	gains := make([]big.Int, a.excitatoryChannels) // Σ λ y x_E of the rows
	for _, mu := range p.patterns {
		for _, i := range a.excitatory[mu] {
			if a.targets[mu] {
				gains[i].Add(&gains[i], lambda[mu])
			} else {
				gains[i].Sub(&gains[i], lambda[mu])
			}
		}
	}
	for _, f := range p.forced {
		lambda[f.pattern] = new(big.Int)
		for _, i := range f.channels {
			if gains[i].Cmp(lambda[f.pattern]) > 0 {
				lambda[f.pattern].Set(&gains[i])
			}
		}
	}
	return lambda
}

// gap returns the distance of Certificate.Gap for multipliers.
func gap(lambda []*big.Int, a *Associations, c Constraints) float64 {
	largest := new(big.Int)
	for _, l := range lambda {
		if l.Cmp(largest) > 0 {
			largest = l
		}
	}
	excitatory, inhibitory := make([]float64, a.excitatoryChannels), make([]float64, a.inhibitoryChannels)
	total, b := 0.0, 0.0
	for mu, l := range lambda {
		share, _ := new(big.Rat).SetFrac(l, largest).Float64()
		y := sign(a.targets[mu])
		total += share
		b += share * c.required(a.targets[mu])
		for _, i := range a.excitatory[mu] {
			excitatory[i] += share * y
		}
		for _, i := range a.inhibitory[mu] {
			inhibitory[i] -= share * y
		}
	}
	most, sum := math.Inf(-1), 0.0
	for _, g := range append(excitatory, inhibitory...) {
		most = math.Max(most, g)
		sum += math.Max(0, g)
	}
	if c.MaxWeight > 0 {
		spare := b*math.Sqrt(float64(a.excitatoryChannels))/c.MaxWeight - sum
		return math.Max(0, spare/float64(len(excitatory)+len(inhibitory))/total)
	}
	return math.Max(0, -most/total)
}
