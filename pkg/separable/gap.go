package separable

import (
	"credo/pkg/model"
	"math"
	"math/big"
)

// margin returns min y V from the worst patterns, rounded down.
func margin(n *model.Neuron, worst [2]worst) float64 {
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

// weightsGap returns Certificate.Gap of weights whose margin is more than
// asked for by spare: √N spare / Σ w.
func weightsGap(n *model.Neuron, spare float64) float64 {
	total := 0.0
	for _, weights := range [...][]float64{n.Excitatory, n.Inhibitory} {
		for _, w := range weights {
			total += w
		}
	}
	if total == 0 {
		return math.Inf(1)
	}
	return spare * math.Sqrt(float64(len(n.Excitatory))) / total
}

// multipliersGap returns Certificate.Gap of multipliers: with g_i and B as at
// [Certificate.Verify], all g_i may grow by Gap Σ λ. Without a bound that is
// −max g_i / Σ λ. With a bound it is what √N B / w_max leaves beyond
// Σ max(0, g_i), shared between all channels.
func multipliersGap(lambda []*big.Int, a *model.Associations, c Constraints) float64 {
	largest := new(big.Int)
	for _, l := range lambda {
		if l.Cmp(largest) > 0 {
			largest = l
		}
	}
	excitatory, inhibitory := make([]float64, countE(a)), make([]float64, countI(a))
	total, b := 0.0, 0.0
	for mu, l := range lambda {
		share, _ := new(big.Rat).SetFrac(l, largest).Float64()
		y := sign(a.Target(mu))
		total += share
		b += share * c.required(a.Target(mu))
		for _, i := range a.Excitatory(mu) {
			excitatory[i] += share * y
		}
		for _, i := range a.Inhibitory(mu) {
			inhibitory[i] -= share * y
		}
	}
	most, sum := math.Inf(-1), 0.0
	for _, g := range append(excitatory, inhibitory...) {
		most = math.Max(most, g)
		sum += math.Max(0, g)
	}
	spare := -most
	if c.MaxWeight > 0 {
		spare = (b*math.Sqrt(float64(countE(a)))/c.MaxWeight - sum) / float64(len(excitatory)+len(inhibitory))
	}
	if !(spare > 0) { // also if b overflows
		return 0
	}
	return spare / total
}
