package rules

import (
	"math"

	"credo/internal/gauss"
	"credo/internal/root"
	"credo/pkg/model"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Competitive is Hebbian growth under competition of the neuron's synapses:
// each time it fires it potentiates the active ones, depresses the silent ones,
// and pays for it with the same share of every weight,
//
//	Δw = a y (x − β f/(1−f) (1 − x) − c w).
//
// A weight that is not held at 0 comes to rest where growth and cost are equal,
//
//	w = [p − β f/(1−f) (1 − p)]/c,  p = P(x = 1 | y = 1),
//
// which for independent firing, p = f, is (1−β) f/c: β = 1 keeps only what is
// correlated with firing. A reduction, ours, of Hebbian growth with a limited
// supply of each type of synapse, where all weights of a type are rescaled to a
// fixed sum: a loss in proportion to the weight leaves the same directions of
// the weights at rest, whatever its size, if the threshold follows. Eckmann,
// Young & Gjorgjieva (2024), doi:10.1073/pnas.2305326121, who have no β.
type Competitive struct {
	Rate       float64 // a, any sign; 0 means the rule is absent
	Depression float64 // β ≥ 0, depression of silent synapses; 0 means none
	Coding     float64 // f of the inputs, in [0, 1)
	Loss       float64 // c ≥ 0, the inverse of the largest weight
}

// Change implements model.Rule.
func (r Competitive) Change(s *model.Signals) model.Change {
	d := r.Rate * s.Output
	loss := float64(d * r.Loss)
	return model.Change{
		Active: d, Silent: -d * r.Depression * r.Coding / (1 - r.Coding),
		ActiveLoss: loss, SilentLoss: loss,
	}
}

// Check names Rate, which must be finite, Depression, Coding or Loss.
func (r Competitive) Check() error {
	if err := finite.check("Competitive.Rate", r.Rate); err != nil {
		return err
	}
	if err := nonNegative.check("Competitive.Depression", r.Depression); err != nil {
		return err
	}
	if err := below1.check("Competitive.Coding", r.Coding); err != nil {
		return err
	}
	return nonNegative.check("Competitive.Loss", r.Loss)
}

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
func (r Competitive) Growth(c mat.Symmetric) float64 {
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
// with Φ(−z) = f, last up to a β just below 1, one strong input down to a β that
// is below 1 by about 1/√N. It is NaN for fewer than two channels, for f = 0
// and where Check fails. Regime: vanishing rate, more presentations than
// channels. Derived here.
func (r Competitive) Tuning(channels int, selective bool) float64 {
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
