package capacity

import (
	"cmp"
	"math"

	"credo/internal/domain"
)

// SeparableProbability returns Cover's probability that p patterns of n inputs in general position, with targets drawn by
// fair coins, can all be stored by n weights of either sign without a threshold:
//
//	Pr = C(p, n)/2^p = Pr[Bin(p-1, 1/2) ≤ n-1],  C(p, n) = 2 Σ_{k<n} binom(p-1, k).
//
// It is exact at every n and p: 1 for p ≤ n and 1/2 at p = 2n. Relative error below 1e-13 for p up to 1e6, down to the
// smallest float64. It is NaN if n or p is negative. Counting treats thresholds and sign constraints.
//
// Source: Cover (1965), IEEE Trans. Electron. Comput. EC-14:326.
func SeparableProbability(n, p int) float64 {
	pr, _ := Counting{Channels: n, Patterns: p}.Probability()
	return pr
}

// Counting asks for the exact probability, at finite size, that all patterns can be stored without margin. The patterns
// are in general position and the targets fair coins.
type Counting struct {
	Channels        int           // n ≥ 0, the number of weights
	Patterns        int           // p ≥ 0
	Threshold       ThresholdKind // 0 means NoThreshold
	SignConstrained bool          // each weight has a sign of its own, excitatory or inhibitory
}

// Probability returns the probability that all patterns can be stored. A free threshold is one more weight; a fixed positive
// threshold is one more weight and, since it has a sign, one more pattern; the sign of a weight is one more pattern:
//
//	Pr = Pr[Bin(p'-1, 1/2) ≤ n'-1],  n' = n (+1 with a threshold),  p' = p (+1 if θ > 0) (+n if sign-constrained),
//
// so a fixed positive threshold costs exactly one pattern. Without sign constraints it holds for any inputs in general
// position (with θ > 0, together with the threshold's own). With sign constraints it is exact if the distribution of the
// inputs is symmetric under a change of sign of any of them, as for Gaussian ones; there is then no difference between
// excitatory and inhibitory weights. For binary inputs it is an approximation that for hundreds of inputs was
// indistinguishable from exact linear programmes; use FreeThreshold for a fixed threshold if excitation dominates.
//
// It fails, with NaN, if a field is outside its domain. Source: Cover (1965); with sign constraints derived here from his theorem.
func (c Counting) Probability() (float64, error) {
	err := cmp.Or(domain.Check("capacity: ",
		domain.Field{Name: "Channels", Value: float64(c.Channels), In: domain.NonNegative},
		domain.Field{Name: "Patterns", Value: float64(c.Patterns), In: domain.NonNegative},
	), c.Threshold.check())
	if err != nil {
		return math.NaN(), err
	}
	dimensions, halfSpaces := c.Channels, c.Patterns
	if c.Threshold != NoThreshold {
		dimensions++
	}
	if c.Threshold == PositiveThreshold {
		halfSpaces++
	}
	if c.SignConstrained {
		halfSpaces += c.Channels
	}
	if halfSpaces == 0 {
		return 1, nil
	}
	return fairCoinCDF(halfSpaces-1, dimensions-1), nil
}

// fairCoinCDF returns Pr[Bin(m, 1/2) ≤ k] to full relative accuracy: the largest term times the sum of the falling ratios
// to it. The regularised incomplete beta function of gonum is a few times 1e-12 off at m = 4000.
func fairCoinCDF(m, k int) float64 {
	switch {
	case k < 0:
		return 0
	case k >= m:
		return 1
	case 2*k >= m:
		return 1 - fairCoinCDF(m, m-k-1)
	}
	sum, term := 1.0, 1.0
	for j := k; j > 0 && term > 1e-17; j-- {
		term *= float64(j) / float64(m-j+1)
		sum += term
	}
	return sum * fairCoinPMF(m, k)
}

// fairCoinPMF returns binom(m, k)/2^m for 0 ≤ k ≤ m/2 by Stirling's formula with its remainder, in which no large terms
// cancel. Source: the saddle-point expansion of Loader (2000), for probability 1/2.
func fairCoinPMF(m, k int) float64 {
	if k == 0 {
		return math.Exp2(-float64(m))
	}
	n, a, b := float64(m), float64(k), float64(m-k)
	x := (b - a) / n
	// a ln(2a/n) + b ln(2b/n), with 2a/n = 1-x and 2b/n = 1+x.
	deviance := a*math.Log1p(-x) + b*math.Log1p(x)
	return math.Sqrt(n/(2*math.Pi*a*b)) * math.Exp(stirlingRemainder(n)-stirlingRemainder(a)-stirlingRemainder(b)-deviance)
}

// stirlingRemainder returns ln n! - ln(√(2πn) (n/e)^n), for integer n ≥ 1.
func stirlingRemainder(n float64) float64 {
	if n < 16 { // n! is exact in float64
		return math.Log(math.Gamma(n+1)/math.Sqrt(2*math.Pi*n)) - n*(math.Log(n)-1)
	}
	v := 1 / (n * n)
	return (1./12 - v*(1./360-v*(1./1260-v*(1./1680-v/1188)))) / n
}
