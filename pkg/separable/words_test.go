package separable

import (
	"math"
	"math/big"
	"testing"

	"credo/pkg/model"
)

// Weights that fit a word and weights that do not have the same worst patterns, those
// that exact fractions find.
func TestWorstPatterns(t *testing.T) {
	fit := 0
	for k := range uint64(300) {
		rng := model.Stream(21, k)
		n := 1 + rng.IntN(30)
		a, err := model.Task{Channels: n, InhibitoryChannels: 1 + rng.IntN(30), Patterns: 1 + rng.IntN(40), Coding: 0.4, TargetCoding: 0.5}.Draw(rng)
		if err != nil {
			t.Fatal(err)
		}
		neuron := &model.Neuron{Excitatory: make([]float64, countE(a)), Inhibitory: make([]float64, countI(a))}
		spread, place := rng.IntN(90), rng.IntN(1900)-1060 // of the exponents
		for _, weights := range [][]float64{neuron.Excitatory, neuron.Inhibitory} {
			for i := range weights {
				weights[i] = math.Ldexp(float64(rng.IntN(1<<20)), place+rng.IntN(1+spread))
			}
		}
		weights := append(append([]float64(nil), neuron.Excitatory...), neuron.Inhibitory...)
		if _, _, ok := integers(weights); ok {
			fit++
		}
		got := worstPatterns(neuron, a)
		for class, w := range got {
			pattern, least := 0, (*big.Rat)(nil)
			for mu := range a.Len() {
				if int(1+sign(a.Target(mu)))/2 != class {
					continue
				}
				sum := new(big.Rat)
				for j, s := range inputs(a, mu) {
					sum.Add(sum, rational(s*weights[j]))
				}
				if least == nil || sum.Cmp(least) < 0 {
					pattern, least = mu, sum
				}
			}
			if w.sum == nil || least == nil {
				if w.sum != nil || least != nil {
					t.Fatalf("task %d: sum %v, want %v", k, w.sum, least)
				}
			} else if sum, _ := w.sum.Rat(nil); w.pattern != pattern || sum.Cmp(least) != 0 {
				t.Fatalf("task %d: pattern %d with %v, want %d with %v", k, w.pattern, sum, pattern, least)
			}
		}
	}
	if fit < 50 || fit > 250 {
		t.Errorf("%d of 300 fit a word, so one of the two ways is little tried", fit)
	}
}

// At the largest sum that fits a word nothing overflows, and beyond it nothing is tried.
func TestIntegersFit(t *testing.T) {
	for _, c := range []struct {
		weights []float64
		fit     bool
	}{
		{[]float64{0, 0}, true},
		{[]float64{math.SmallestNonzeroFloat64, 3 * math.SmallestNonzeroFloat64}, true},
		{[]float64{math.MaxFloat64}, true},
		{[]float64{1, 0x1p61}, true},
		{[]float64{1, 0x1p62}, false},
		{[]float64{0x1p61, 0x1p61 + 0x1p9, 1}, false},
		{[]float64{math.MaxFloat64, 1}, false},
		{[]float64{math.MaxFloat64, math.SmallestNonzeroFloat64}, false},
	} {
		multiples, exponent, ok := integers(c.weights)
		if ok != c.fit {
			t.Errorf("%v: fit %v", c.weights, ok)
		}
		for j, m := range multiples {
			if math.Ldexp(float64(m), exponent) != c.weights[j] {
				t.Errorf("%v is %d × 2^%d", c.weights[j], m, exponent)
			}
		}
	}
	if _, ok := asWords([]*big.Int{big.NewInt(1 << 61), big.NewInt(1 << 61)}); ok {
		t.Error("2⁶¹ + 2⁶¹ fits")
	}
	if words, ok := asWords([]*big.Int{nil, big.NewInt(1<<61 - 1), big.NewInt(1 << 60)}); !ok || words[0] != 0 {
		t.Error("2⁶¹ + 2⁶⁰ does not fit")
	}
}
