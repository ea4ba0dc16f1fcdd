package influence

import "fmt"

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
	switch {
	case !(c.Load >= 0 && c.Load < 1):
		return fmt.Errorf("influence: load P/N = %v outside [0, 1): without co-tuned inputs balance needs more channels than patterns", c.Load)
	case !(c.Degree >= 0 && c.Degree <= 1):
		return fmt.Errorf("influence: co-tuning r = %v outside [0, 1]", c.Degree)
	}
	return nil
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

// Excess returns what the variance of n_E − n_I over patterns, the surplus of
// active excitatory over inhibitory channels, becomes in the potentials of
// balanced patterns, in units of N f(1−f):
//
//	by entry    C = 2(1−r)/(1−α)³,
//	by channel  C = (t + t²)/(1−α)³ + t(1−t)/(1−α).
//
// Derived here; see [Feedback.CommonMode].
func (c CoTuning) Excess() float64 {
	t, s := 1-c.Degree, 1-c.Load
	if c.ByChannel {
		return (t+t*t)/(s*s*s) + t*(1-t)/s
	}
	return 2 * t / (s * s * s)
}
