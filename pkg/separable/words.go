package separable

import (
	"math"
	"math/big"

	"credo/pkg/model"
	"credo/pkg/separable/internal/dyadic"
)

// What fits one word is summed exactly in one, some twenty times as fast as in package
// math/big. It fits if all absolute values together stay below this, as then no sum of
// some of them overflows, in any order and with any signs.
const word = 1 << 62

// integers returns finite numbers as multiples of 2^exponent, exactly, and whether they
// fit a word.
func integers(x []float64) (multiples []int64, exponent int, ok bool) {
	exponent, _ = dyadic.Least(x)
	multiples = make([]int64, len(x))
	total := 0.0 // to rounding: the word has a bit to spare
	for j, v := range x {
		v = math.Ldexp(v, -exponent)
		total += math.Abs(v)
		if !(total < word) {
			return nil, 0, false
		}
		multiples[j] = int64(v)
	}
	return multiples, exponent, true
}

// worstIntegers is [worstPatterns] of weights that are multiples of 2^exponent.
func worstIntegers(weights []int64, exponent int, a *model.Associations) [2]worst {
	result, least := [2]worst{{target: false}, {target: true}}, [2]int64{math.MaxInt64, math.MaxInt64}
	excitatory, inhibitory := weights[:countE(a)], weights[countE(a):]
	for mu := range a.Len() {
		sum, class := int64(0), class(a.Target(mu))
		for _, i := range a.Excitatory(mu) {
			sum += excitatory[i]
		}
		for _, i := range a.Inhibitory(mu) {
			sum -= inhibitory[i]
		}
		if class == 0 {
			sum = -sum
		}
		if sum < least[class] {
			least[class], result[class].pattern = sum, mu
			result[class].sum = new(big.Float)
		}
	}
	for class := range result {
		if sum := result[class].sum; sum != nil {
			sum.SetPrec(exactly).SetMantExp(sum.SetInt64(least[class]), exponent)
		}
	}
	return result
}

// asWords returns the multipliers, nil as 0, and whether they fit a word.
func asWords(lambda []*big.Int) (words []int64, ok bool) {
	words = make([]int64, len(lambda))
	total := 0.0 // to rounding
	for mu, l := range lambda {
		if l == nil {
			continue
		}
		if !l.IsInt64() {
			return nil, false
		}
		words[mu] = l.Int64()
		total += math.Abs(float64(words[mu]))
	}
	return words, total < word
}

// wordGains is [gains] of multipliers that fit a word.
func wordGains(lambda []int64, a *model.Associations) []int64 {
	gains := make([]int64, countE(a)+countI(a))
	excitatory, inhibitory := gains[:countE(a)], gains[countE(a):]
	for mu, l := range lambda {
		if !a.Target(mu) {
			l = -l
		}
		for _, i := range a.Excitatory(mu) {
			excitatory[i] += l
		}
		for _, i := range a.Inhibitory(mu) {
			inhibitory[i] -= l
		}
	}
	return gains
}
