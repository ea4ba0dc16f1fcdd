package influence

import (
	"cmp"
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/internal/gauss"
)

// Sight is a neuron with a feedback whose teacher is an [Observer] of K = kP
// components in random directions. Its Hearing is that of many channels, Nf ≫
// 1, for targets of mean 0, vanishing rate and weights away from their bounds.
//
// Detailed, copies, and Delta, α ≤ 1, exactly for any linearly independent
// patterns, as G drops out:
//
//	u = (1 − Π/(1+γ)) y,  Own = 1 − k/(1+γ),  N_eff − 1 = k(1−k)/(1+γ−k)².
//
// None and Global: what is not seen grows by its drive for ever, what is seen
// is held at its target. The seen components take K patterns and K channels
// out of the problem (a Schur complement of the overlaps): with α' = (P−K)/(N−K)
// and τ = T f(1−f)(1−αk)
//
//	Own = k + τ(1−k),  ⟨u²⟩ = (1+α')(k + τ²(1−k)),  T = λ × epochs.
//
// It is for components that have settled at their targets, γ f(1−f) T ≫ 1 /(1−√(αk))²,
// and for T → ∞, where Hearing is in units of τ, at any gain. Detailed with
// copies in part, by entry: see rested. All derived here.
type Sight struct {
	Feedback Feedback
	Load     float64 // α = P/N > 0
	CoTuning float64 // r in [0, 1], by entry; read by Detailed only
	Seen     float64 // k = K/P in [0, 1]
	// Gain is γ ≥ 0; at 0 what is seen is not taught either, so that the teacher
	// instructs the other P − K components only.
	Gain float64
	// Time is T f(1−f), read by None and Global only: +Inf for a teacher that
	// never stops; 0 means the best moment, τ = 1.
	Time float64
}

// Check returns an error that names the first field outside its domain.
func (s Sight) Check() error {
	if s.Feedback > Delta {
		return fmt.Errorf("influence: %v is not a feedback", s.Feedback)
	}
	err := domain.Check("influence: Sight.",
		domain.Field{Name: "Load", Value: s.Load, In: domain.Positive},
		domain.Field{Name: "CoTuning", Value: s.CoTuning, In: domain.Probability},
		domain.Field{Name: "Seen", Value: s.Seen, In: domain.Probability},
		domain.Field{Name: "Gain", Value: s.Gain, In: domain.NonNegative},
		domain.Field{Name: "Time", Value: s.Time, In: domain.Interval{High: math.Inf(1)}})
	switch {
	case err != nil:
		return err
	case s.grows() && s.Load*s.Seen >= 1 && s.Seen < 1:
		return fmt.Errorf("influence: %v of %v patterns per channel seen, αk = %v outside [0, 1): the seen components alone take all channels", s.Seen, s.Load, s.Load*s.Seen)
	case !s.grows() && s.copies() && s.Load > 1:
		return fmt.Errorf("influence: load P/N = %v outside (0, 1]: above 1 copies do not hold every pattern", s.Load)
	case !s.grows() && !s.copies() && s.Load*(1-s.Seen) >= 1:
		return fmt.Errorf("influence: load of what is not seen, (P−K)/N = %v outside (0, 1): the potentials need not come to rest", s.Load*(1-s.Seen))
	}
	return nil
}

// grows reports whether nothing but the teacher holds the potentials.
func (s Sight) grows() bool { return s.Feedback == None || s.Feedback == Global }

// copies reports whether the feedback's inputs are those that are taught.
func (s Sight) copies() bool { return s.Feedback == Delta || s.CoTuning == 1 }

// Hearing returns what an output hears, per mean square of the targets. It
// returns an error as Check does.
func (s Sight) Hearing() (Hearing, error) {
	if err := s.Check(); err != nil {
		return undefined, err
	}
	switch {
	case s.grows() && s.Gain == 0: // what is seen is not taught, the rest grows
		return Hearing{Own: 1 - s.Seen, Noise: (1 - s.Seen) * (s.Load + s.Seen)}, nil
	case s.grows() && s.Seen == 1:
		return Hearing{Own: 1}, nil
	case s.grows():
		return s.growing(), nil
	case s.copies():
		part := s.Seen / (1 + s.Gain)
		return Hearing{Own: 1 - part, Noise: part / (1 + s.Gain) * (1 - s.Seen)}, nil
	}
	return s.rested()
}

// growing is Hearing of None and Global.
func (s Sight) growing() Hearing {
	k, free := s.Seen, 1-s.Load*s.Seen
	rest := s.Load * (1 - k) / free // α'
	if math.IsInf(s.Time, 1) {
		return Hearing{Own: 1 - k, Noise: (1-k)*(1+rest) - (1-k)*(1-k)}
	}
	tau := cmp.Or(s.Time*free, 1)
	own := k + tau*(1-k)
	return Hearing{Own: own, Noise: (1+rest)*(k+tau*tau*(1-k)) - own*own}
}

// Separation returns the distance of the class means in standard deviations
// within a class, for targets of coding f_Y in (0, 1),
//
//	d′⁻² = (N_eff − 1) f_Y(1−f_Y),
//
// and +Inf without noise. It is [Feedback.Discriminability] for a centred drive.
func (h Hearing) Separation(targetCoding float64) float64 {
	return 1 / math.Sqrt((h.Number()-1)*targetCoding*(1-targetCoding))
}

// Error returns the mean of misses and false alarms with the threshold midway
// between the class means, Φ(−d′/2), for Gaussian potentials.
func (h Hearing) Error(targetCoding float64) float64 {
	return gauss.CDF(-h.Separation(targetCoding) / 2)
}
