package separable

import (
	"math"
	"math/big"
	"slices"

	"credo/pkg/model"
)

// exactly is a precision in bits that no sum of fewer than 2⁵⁰ floating-point
// numbers needs: they are multiples of 2⁻¹⁰⁷⁴ below 2¹⁰²⁴.
const exactly = 1074 + 1024 + 50

// worst is the pattern of a target with the least y Σ w x; sum is nil if there
// is no pattern of that target.
type worst struct {
	pattern int
	target  bool
	sum     *big.Float // y(Σ w_E x_E − Σ w_I x_I), exact
}

// worstPatterns returns the worst pattern of target 0 and that of target 1.
func worstPatterns(n *model.Neuron, a *model.Associations) [2]worst {
	weights, result := slices.Concat(n.Excitatory, n.Inhibitory), [2]worst{{target: false}, {target: true}}
	if multiples, exponent, ok := integers(weights); ok {
		return worstIntegers(multiples, exponent, a)
	}
	exact := make([]big.Float, len(weights))
	for j, w := range weights {
		exact[j].SetFloat64(w)
	}
	for mu := range a.Len() {
		sum := new(big.Float).SetPrec(exactly)
		for j, s := range inputs(a, mu) {
			if s > 0 {
				sum.Add(sum, &exact[j])
			} else {
				sum.Sub(sum, &exact[j])
			}
		}
		if w := &result[class(a.Target(mu))]; w.sum == nil || sum.Cmp(w.sum) < 0 {
			w.pattern, w.sum = mu, sum
		}
	}
	return result
}

// rational returns x, which must be finite, exactly.
func rational(x float64) *big.Rat { return new(big.Rat).SetFloat64(x) }

// compareRoot returns the sign of x − √n r, exactly.
func compareRoot(x *big.Rat, n int64, r *big.Rat) int {
	if x.Sign() != r.Sign() || x.Sign() == 0 {
		return x.Cmp(r) // √n does not change the sign
	}
	square := new(big.Rat).Mul(x, x)
	other := new(big.Rat).Mul(r, r)
	return x.Sign() * square.Cmp(other.Mul(other, new(big.Rat).SetInt64(n)))
}

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
		v := new(big.Float).SetPrec(digits).Set(w.sum)
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
	for _, w := range slices.Concat(n.Excitatory, n.Inhibitory) {
		total += w
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
	largest := slices.MaxFunc(lambda, (*big.Int).Cmp)
	gains, total, b := make([]float64, countE(a)+countI(a)), 0.0, 0.0
	for mu, l := range lambda {
		share, _ := new(big.Rat).SetFrac(l, largest).Float64()
		total += share
		b += share * c.required(a.Target(mu))
		for j, s := range inputs(a, mu) {
			gains[j] += share * s
		}
	}
	sum, spare := 0.0, -slices.Max(gains)
	for _, g := range gains {
		sum += math.Max(0, g)
	}
	if c.MaxWeight > 0 {
		spare = (b*math.Sqrt(float64(countE(a)))/c.MaxWeight - sum) / float64(len(gains))
	}
	if !(spare > 0) { // also if b overflows
		return 0
	}
	return spare / total
}
