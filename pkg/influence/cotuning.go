package influence

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/internal/root"
	"credo/pkg/model"

	"gonum.org/v1/gonum/mat"
)

// CoTuning is detailed balance on inhibitory inputs that copy the excitatory
// ones in part, M = G_I⁻¹G_E, for many channels and signals of mean 0.
//
// If each entry is a copy with probability r, the inputs' fluctuations are
// δ_E = r δ_I + √(1−r²) η with η independent of δ_I, and
//
//	Own   = (1 − r²α)/(1−α),
//	Noise = (1−r²)α/(1−α)³ [r²(1 + (1−α)²) + 2(1−r²)].
//
// If a fixed part r of the channels are copies and t = 1−r independent,
//
//	Own   = (1 − rα)/(1−α),
//	Noise = 1 − 2t + [tα + t²(1−2α) + 2t(1−t)]/(1−α) + (t² + tα)/(1−α)³ − Own².
//
// Both follow from moments of the inverse overlaps, ⟨w⁻¹⟩ = 1/(1−α) and
// ⟨w⁻²⟩ = 1/(1−α)³. r = 1 gives 1 and 0, r = 0 gives N_eff = (1+α)/(1−α).
// For N channels, by entry, they are those of an inverse Wishart matrix of P − 1
// patterns and N − 1 channels, what is left when the means are balanced,
//
//	⟨w⁻¹⟩ = N/(N−P−1),  ⟨w⁻²⟩ = N²(N−2)/[(N−P)(N−P−1)(N−P−3)],
//	Own   = r² + (1−r²)⟨w⁻¹⟩,
//	Noise = r²(1−r²)α(⟨w⁻¹⟩ + ⟨w⁻²⟩) + (1−r²)²[(1 + α + α/N)⟨w⁻²⟩ − ⟨w⁻¹⟩²],
//
// exact for Gaussian inputs at r = 0.
type CoTuning struct {
	Load      float64 // α = P/N in [0, 1)
	Degree    float64 // r in [0, 1]
	ByChannel bool    // whether channels are copied, or entries
	Channels  int     // N; 0, by channel, or N ≤ P + 3: many
}

// Check returns an error that names the first field outside its domain.
func (c CoTuning) Check() error {
	if !domain.Below1.Has(c.Load) {
		return fmt.Errorf("influence: load P/N = %v outside [0, 1): without co-tuned inputs balance needs more channels than patterns", c.Load)
	}
	return domain.Check("influence: ", domain.Field{Name: "co-tuning r", Value: c.Degree, In: domain.Probability})
}

// Hearing is meaningless where Check fails.
func (c CoTuning) Hearing() Hearing {
	load, r, s := c.Load, c.Degree, 1-c.Load
	if c.ByChannel {
		t := 1 - r
		own := (1 - r*load) / s
		second := 1 - 2*t + (t*load+t*t*(1-2*load)+2*t*(1-t))/s + (t*t+t*load)/(s*s*s)
		return Hearing{Own: own, Noise: second - own*own}
	}
	other, more := 1-r*r, load
	if c.Channels > 0 {
		more += load / float64(c.Channels)
	}
	w1, w2 := c.moments()
	return Hearing{
		Own:   r*r + other*w1,
		Noise: r*r*other*load*(w1+w2) + other*other*((1+more)*w2-w1*w1),
	}
}

// moments returns ⟨w⁻¹⟩ and ⟨w⁻²⟩ of the inverse overlaps.
func (c CoTuning) moments() (first, second float64) {
	s := 1 - c.Load
	if n := float64(c.Channels); !c.ByChannel && n*s > 3 {
		return 1 / (s - 1/n), (1 - 2/n) / (s * (s - 1/n) * (s - 3/n))
	}
	return 1 / s, 1 / (s * s * s)
}

// common returns the variance over patterns of what a drive of 1 on each of
// them adds to their potentials, in the operator's unit, squared, for N
// channels of coding level f,
//
//	(1−φ)² n C + Noise − [(1−q)² − (1−α)² (1−φ−q)²] α/(1−α)³,  n = [1 + (P−2)f]²/(g N),
//	by entry    C = 2(1−r)/(1−α)³,  q = r²,
//	by channel  C = (t + t²)/(1−α)³ + t(1−t)/(1−α),  q = r,
//
// with n ≃ α² N f/(1−f) for Pf ≫ 1, and φ the share of the common mode that further inhibition takes
// ([Flat.Share]), or 0. C is what the variance of n_E − n_I over patterns, the
// surplus of active excitatory channels, becomes in balanced potentials, in
// units of N f(1−f). The bracket is there because a drive of 1 is no signal like
// any other: inhibition balances the sum over patterns, by changes along G_I⁻¹1,
// whose own variance is α/(1−α)³. Derived here, for many active channels, N f ≫ 1,
// and patterns that share a channel, P f ≫ 1; for N channels with the moments of [CoTuning].
func (c CoTuning) common(channels int, coding, share float64) float64 {
	t, s, left := 1-c.Degree, 1-c.Load, 1-share
	_, second := c.moments()
	excess, q := 2*t*second, c.Degree*c.Degree
	if c.ByChannel {
		excess, q = (t+t*t)/(s*s*s)+t*(1-t)/s, c.Degree
	}
	number := left * left * surplus(float64(channels), c.Load*float64(channels), coding)
	held := ((1-q)*(1-q) - s*s*(left-q)*(left-q)) * c.Load * second
	return number*excess + c.Hearing().Noise - held
}

// Copies is detailed balance on inhibitory inputs each of which is a copy of
// one excitatory channel, some channels having many copies and some none. With
// m_i copies of channel i the overlaps are those of weighted channels,
//
//	M = (X m Xᵀ)⁻¹ X Xᵀ,
//
// and what counts is how evenly the copies are spread: one copy each, in
// whatever order, is co-tuning. For many channels and signals of mean 0, and
// with averages over channels,
//
//	α = ⟨mq/(1+mq)⟩ for q,  Own = (q/α) ⟨1/(1+mq)⟩,
//	Noise = (q²/α) ⟨(Own m − 1)²/(1+mq)²⟩ / (1 − (q²/α) ⟨m²/(1+mq)²⟩).
//
// q is what a pattern's inhibition loses with one channel, tr (X m Xᵀ)⁻¹ in
// units of an input's variance. Derived by leaving out a channel and a pattern.
type Copies struct {
	Load    float64   // α = P/N, less than the share of channels that have a copy
	Numbers []float64 // m_i ≥ 0, one a channel
}

// Hearing returns an error that names the first field outside its domain.
func (c Copies) Hearing() (Hearing, error) {
	if len(c.Numbers) == 0 {
		return undefined, fmt.Errorf("influence: Copies.Numbers is empty, must have one number a channel")
	}
	covered := 0
	for i, m := range c.Numbers {
		if !domain.NonNegative.Has(m) {
			return undefined, fmt.Errorf("influence: channel %d has %v copies, must be finite and not negative", i, m)
		}
		if m > 0 {
			covered++
		}
	}
	if share := float64(covered) / float64(len(c.Numbers)); !domain.Between(0, share).Has(c.Load) {
		return undefined, fmt.Errorf("influence: load P/N = %v outside (0, %v), the share of channels that have a copy", c.Load, share)
	}
	// α rises with log q from 0 to the share of channels that have a copy.
	log, err := root.Find(func(log float64) float64 {
		q := math.Exp(log)
		return c.mean(func(m float64) float64 { return m * q / (1 + m*q) }) - c.Load
	}, -100, 100)
	if err != nil {
		return undefined, fmt.Errorf("influence: copies at load %v: %w", c.Load, err)
	}
	q := math.Exp(log)
	own := q / c.Load * c.mean(func(m float64) float64 { return 1 / (1 + m*q) })
	square := func(x float64) float64 { return x * x }
	heard := c.mean(func(m float64) float64 { return square(q * (own*m - 1) / (1 + m*q)) }) / c.Load
	echo := c.mean(func(m float64) float64 { return square(m * q / (1 + m*q)) }) / c.Load
	return Hearing{Own: own, Noise: heard / (1 - echo)}, nil
}

func (c Copies) mean(f func(m float64) float64) (mean float64) {
	for _, m := range c.Numbers {
		mean += f(m) / float64(len(c.Numbers))
	}
	return mean
}

// Ridge is the operator of detailed, co-tuned balance when all weights decay
// by the share d per trial: a ridge regression of strength
//
//	ℓ = P d/(λ a_I g),  g = f(1−f),  M = G(G + ℓg)⁻¹.
//
// Its moments over the Marchenko-Pastur law of the eigenvalues gw of G,
//
//	Own = ⟨w/(w+ℓ)⟩ = 2/(1+α+ℓ+R),  ⟨w²/(w+ℓ)²⟩ = Own (1 − ℓ/R),
//	R² = (1−α)² + 2(1+α)ℓ + ℓ²,
//
// hold at any load, for many channels and signals of mean 0: S = ⟨1/(w+ℓ)⟩
// solves αℓS² + (1−α+ℓ)S = 1, Own is 1 − ℓS, and the other moment Own + ℓ dOwn/dℓ.
// N_eff is max(1, α) for ℓ → 0 and 1 + α for ℓ → ∞. Derived here.
type Ridge struct {
	Load  float64 // α = P/N > 0
	Decay float64 // ℓ > 0
}

// Hearing returns an error that names the first field outside its domain.
func (r Ridge) Hearing() (Hearing, error) {
	err := domain.Check("influence: Ridge.",
		domain.Field{Name: "Load", Value: r.Load, In: domain.Positive},
		domain.Field{Name: "Decay", Value: r.Decay, In: domain.Positive})
	if err != nil {
		return undefined, err
	}
	rest := (1-r.Load)*(1-r.Load) + 2*(1+r.Load)*r.Decay // R² − ℓ²
	root := math.Sqrt(rest + r.Decay*r.Decay)
	own := 2 / (1 + r.Load + r.Decay + root)
	second := own * rest / (root * (root + r.Decay)) // 1 − ℓ/R without cancelling
	return Hearing{Own: own, Noise: second - own*own}, nil
}

// Ridged returns M = G(G + ℓ f(1−f))⁻¹ of given co-tuned associations with
// coding level f in (0, 1), P × P, for decay ℓ > 0. It returns an error for
// arguments outside their domains and for associations that are not co-tuned.
func Ridged(a *model.Associations, decay, coding float64) (*mat.Dense, error) {
	err := domain.Check("influence: ",
		domain.Field{Name: "decay ℓ", Value: decay, In: domain.Positive},
		domain.Field{Name: "coding f", Value: coding, In: domain.Fraction})
	if err != nil {
		return nil, err
	}
	g, gI := a.Gram()
	if g != gI {
		return nil, fmt.Errorf("influence: the associations are not co-tuned")
	}
	shifted := mat.NewSymDense(a.Len(), nil)
	shifted.CopySym(g)
	for mu := range a.Len() {
		shifted.SetSym(mu, mu, g.At(mu, mu)+decay*coding*(1-coding))
	}
	// G and its shift commute, so that the order does not matter.
	return solve(shifted, g, "co-tuned")
}
