package theory

import (
	"math"

	"credo/internal/gauss"
	"credo/internal/root"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Growth returns the largest rate at which differences between nearly equal
// weights grow, for N inputs of coding level f and covariance matrix C, all of
// which have the same part in it, in units of a λ/√N a presentation per unit of
// the weights,
//
//	h φ(z) (λ_2 − λ_1)/√(Nλ_1) − (1−β) f²,  Φ(−z) = f,  h = 1 + β f/(1−f),
//
// with λ_1 the variance of the number of active channels over N, and λ_2 the
// largest eigenvalue of C among directions that sum to 0. Positive: the neuron
// becomes selective. As a threshold that holds the output at f follows the
// weights, equal ones are taken to be 1. NaN for f = 0, where Check fails, if
// C is empty or if the number of active channels does not vary. Regime: many
// channels; at N = 100 the first term was a quarter too small. Derived here.
func Growth(r rules.Competitive, c mat.Symmetric) float64 {
	f, b, n := r.Coding, r.Depression, c.SymmetricDim()
	if r.Check() != nil || f == 0 || n == 0 {
		return math.NaN()
	}
	rest, ones := mat.NewSymDense(n, nil), mat.NewVecDense(n, nil)
	rest.CopySym(c)
	for i := range n {
		ones.SetVec(i, 1)
	}
	total := mat.Inner(ones, c, ones) / float64(n)
	rest.SymRankOne(rest, -total/float64(n), ones)
	var e mat.EigenSym
	if !(total > 0) || !e.Factorize(rest, false) {
		return math.NaN()
	}
	z := distuv.UnitNormal.Quantile(1 - f)
	gain := (1 + b*f/(1-f)) * gauss.PDF(z)
	return gain*(floats.Max(e.Values(nil))-total)/math.Sqrt(float64(n)*total) - (1-b)*f*f
}

// Tuning returns the correlation r of a neuron's output with its strongest
// input after learning by this rule alone, for N independent channels of coding
// level f and a threshold that follows so that the neuron fires with
// probability f. With one weight of 1 and the others ρ, and many of them,
//
//	P_1 = Φ((1−t)/s),  P_0 = Φ(−t/s),  s = ρ √(f(1−f)(N−1)),  f P_1 + (1−f) P_0 = f,
//	dρ/dT ∝ D − ρ D_1,  D_1 = h f(1−f)(P_1−P_0) + (1−β) f²,  h = 1 + β f/(1−f),
//	D = h f(1−f) ρ [f φ((1−t)/s) + (1−f) φ(t/s)]/s + (1−β) f²,  r = P_1 − P_0,
//
// at rest, within ρ ≥ 0, reached from ρ = 0 if selective, else from ρ = 1. Where the two answers
// differ the outcome depends on the start. Equal weights, r ≈ φ(z)/√(f(1−f)N)
// with Φ(−z) = f, last up to a β below 1 by about 0.4/(f²N), one strong input
// while (1−β) f^(3/2) √N < 0.22, for f ≤ 0.2: with sparse inputs also at β = 0. It is NaN for fewer than two channels, for f = 0
// and where Check fails. Regime: vanishing rate, more presentations than
// channels. Derived here.
func Tuning(r rules.Competitive, channels int, selective bool) float64 {
	f, b := r.Coding, r.Depression
	if r.Check() != nil || channels < 2 || f == 0 {
		return math.NaN()
	}
	g, gain, mean := f*(1-f), 1+b*f/(1-f), (1-b)*f*f
	rho := 1.0
	if selective {
		rho = 1e-6
	}
	for range 5000 {
		s := rho * math.Sqrt(g*float64(channels-1))
		t, err := root.Find(func(t float64) float64 {
			return f*gauss.CDF((1-t)/s) + (1-f)*gauss.CDF(-t/s) - f
		}, -9*s-1, 9*s+2)
		if err != nil {
			return math.NaN()
		}
		tuning := gauss.CDF((1-t)/s) - gauss.CDF(-t/s)
		share := g * rho * (f*gauss.PDF((1-t)/s) + (1-f)*gauss.PDF(t/s)) / s
		// ρ follows the growth of the others less ρ times that of the strongest,
		// which need not be positive.
		strongest, others := gain*g*tuning+mean, gain*share+mean
		next := min(1, rho+(others-rho*strongest)/math.Abs(strongest))
		switch {
		case next < 1e-7:
			return 1
		case math.Abs(next-rho) < 1e-10:
			return tuning
		}
		rho = next
	}
	return math.NaN()
}
