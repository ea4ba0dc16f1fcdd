package model

import (
	"math"
	"math/big"
)

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
