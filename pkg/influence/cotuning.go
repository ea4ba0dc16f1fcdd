package influence

import (
	"fmt"

	"credo/internal/domain"
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
// If a fixed part r of the channels are copies and the part t = 1−r
// independent,
//
//	Own   = (1 − rα)/(1−α),
//	Noise = 1 − 2t + [tα + t²(1−2α) + 2t(1−t)]/(1−α) + (t² + tα)/(1−α)³ − Own².
//
// Both follow from moments of the inverse overlaps, ⟨w⁻¹⟩ = 1/(1−α) and
// ⟨w⁻²⟩ = 1/(1−α)³. r = 1 gives 1 and 0, r = 0 gives N_eff = (1+α)/(1−α).
// Derived here.
type CoTuning struct {
	Load      float64 // α = P/N in [0, 1)
	Degree    float64 // r in [0, 1]
	ByChannel bool    // whether channels are copied, or entries
}

// Check returns an error that names the first field outside its domain.
func (c CoTuning) Check() error {
	if !domain.Below1.Has(c.Load) {
		return fmt.Errorf("influence: load P/N = %v outside [0, 1): without co-tuned inputs balance needs more channels than patterns", c.Load)
	}
	return domain.Check("influence: ", domain.Field{Name: "co-tuning r", Value: c.Degree, In: domain.Probability})
}

// Hearing returns the weight of an output's own signal and the variance that
// it hears of the others; meaningless where Check fails.
func (c CoTuning) Hearing() Hearing {
	load, r, s := c.Load, c.Degree, 1-c.Load
	if c.ByChannel {
		t := 1 - r
		own := (1 - r*load) / s
		second := 1 - 2*t + (t*load+t*t*(1-2*load)+2*t*(1-t))/s + (t*t+t*load)/(s*s*s)
		return Hearing{Own: own, Noise: second - own*own}
	}
	other := 1 - r*r
	return Hearing{
		Own:   (1 - r*r*load) / s,
		Noise: other * load / (s * s * s) * (r*r*(1+s*s) + 2*other),
	}
}

// common returns the variance over patterns of what a drive of 1 on each of
// them adds to their potentials, in the operator's unit, squared, for N
// channels of coding level f,
//
//	(1−φ)² α² N f/(1−f) C + Noise − [(1−q)² − (1−α)² (1−φ−q)²] α/(1−α)³,
//	by entry    C = 2(1−r)/(1−α)³,  q = r²,
//	by channel  C = (t + t²)/(1−α)³ + t(1−t)/(1−α),  q = r,
//
// and φ the share of the common mode that further inhibition takes
// ([Flat.Share]), or 0. C is what the variance of n_E − n_I over patterns, the
// surplus of active excitatory channels, becomes in balanced potentials, in
// units of N f(1−f). The bracket is there because a drive of 1 is no signal like
// any other: inhibition balances the sum over patterns, by changes along G_I⁻¹1,
// whose own variance is α/(1−α)³. Derived here, for many active channels, Nf ≫ 1.
func (c CoTuning) common(channels int, coding, share float64) float64 {
	t, s, left := 1-c.Degree, 1-c.Load, 1-share
	excess, q := 2*t/(s*s*s), c.Degree*c.Degree
	if c.ByChannel {
		excess, q = (t+t*t)/(s*s*s)+t*(1-t)/s, c.Degree
	}
	number := left * left * c.Load * c.Load * float64(channels) * coding / (1 - coding)
	held := ((1-q)*(1-q) - s*s*(left-q)*(left-q)) * c.Load / (s * s * s)
	return number*excess + c.Hearing().Noise - held
}
