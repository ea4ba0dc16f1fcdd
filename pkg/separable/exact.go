package separable

import (
	"credo/pkg/model"
	"math"
	"math/big"
)

// worst is the pattern of a target with the least y Σ w x; sum is nil if there
// is no pattern of that target.
type worst struct {
	pattern int
	target  bool
	sum     *big.Rat // y(Σ w_E x_E − Σ w_I x_I), exact
}

// worstPatterns returns the worst pattern of target 0 and that of target 1.
func worstPatterns(n *model.Neuron, a *model.Associations) [2]worst {
	excitatory, inhibitory, unit := integers(n)
	least, result := [2]*big.Int{}, [2]worst{{target: false}, {target: true}}
	sum := new(big.Int)
	for mu := range a.Len() {
		target := a.Target(mu)
		sum.SetInt64(0)
		for _, i := range a.Excitatory(mu) {
			sum.Add(sum, excitatory[i])
		}
		for _, i := range a.Inhibitory(mu) {
			sum.Sub(sum, inhibitory[i])
		}
		class := 1
		if !target {
			class = 0
			sum.Neg(sum)
		}
		if least[class] == nil || sum.Cmp(least[class]) < 0 {
			least[class], result[class].pattern = new(big.Int).Set(sum), mu
		}
	}
	for class, l := range least {
		if l != nil {
			result[class].sum = new(big.Rat).SetInt(l)
			result[class].sum.Mul(result[class].sum, rational(unit))
		}
	}
	return result
}

// integers returns the weights as multiples of their common unit, a power of
// two.
func integers(n *model.Neuron) (excitatory, inhibitory []*big.Int, unit float64) {
	lowest := math.MaxInt
	for _, weights := range [][]float64{n.Excitatory, n.Inhibitory} {
		for _, w := range weights {
			if w != 0 {
				fraction, exponent := math.Frexp(w)
				mantissa := big.NewInt(int64(math.Ldexp(fraction, 53)))
				lowest = min(lowest, exponent-53+int(mantissa.TrailingZeroBits()))
			}
		}
	}
	multiples := func(weights []float64) []*big.Int {
		k := make([]*big.Int, len(weights))
		for i, w := range weights {
			k[i] = new(big.Int)
			if w != 0 {
				fraction, exponent := math.Frexp(w)
				k[i].SetInt64(int64(math.Ldexp(fraction, 53)))
				if shift := exponent - 53 - lowest; shift >= 0 {
					k[i].Lsh(k[i], uint(shift))
				} else {
					k[i].Rsh(k[i], uint(-shift))
				}
			}
		}
		return k
	}
	if lowest == math.MaxInt {
		lowest = 0
	}
	return multiples(n.Excitatory), multiples(n.Inhibitory), math.Ldexp(1, lowest)
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
