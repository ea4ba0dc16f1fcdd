package influence

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/internal/root"
	"credo/pkg/model"
)

// Needed returns K*/P, the least share of the answers that the teacher must see
// for an error of at most wrong, in (0, 1/2), with targets of coding f_Y in (0,
// 1): the dimension of the problem for the teacher. s.Seen is not read. +Inf
// where the error is larger with all of them seen. Without plastic inhibition,
// stopped at the best moment, it is
//
//	K*/P = max(0, (1 − ν/α)/(1 − ν)),  ν = 1/(4 z² f_Y(1−f_Y)),  Φ(−z) = wrong,
//
// and 1 above α = ν if the teacher never stops; with copies it is 0. It returns
// an error for arguments outside their domains, and as Check does at K = P.
func (s Sight) Needed(wrong, targetCoding float64) (float64, error) {
	s.Seen = 1
	err := domain.Check("influence: ",
		domain.Field{Name: "error δ", Value: wrong, In: domain.Between(0, 0.5)},
		domain.Field{Name: "coding f_Y", Value: targetCoding, In: domain.Fraction})
	if err == nil {
		err = s.Check()
	}
	if err != nil {
		return math.NaN(), err
	}
	// What is too much at k; a load at which nothing comes to rest is all wrong.
	excess := func(k float64) float64 {
		s.Seen = k
		h, err := s.Hearing()
		if err != nil {
			return 0.5 - wrong
		}
		return h.Error(targetCoding) - wrong
	}
	const steps = 200 // the error rises with k before it falls
	for step := range steps + 1 {
		k := float64(step) / steps
		switch {
		case excess(k) > 0:
			continue
		case step == 0 || excess(1) <= 0 && step == steps && s.grows() && math.IsInf(s.Time, 1): // it jumps there
			return k, nil
		}
		k, err := root.Find(excess, k-1./steps, k)
		if err != nil {
			return math.NaN(), fmt.Errorf("influence: K* for δ = %v: %w", wrong, err)
		}
		return k, nil
	}
	return math.Inf(1), nil
}

// Rest returns K_rest, how many components of the potentials the teacher must
// see for all of them to come to rest, for a task of P ≤ N linearly independent
// patterns: the rank that the feedback lacks,
//
//	None P, Global P−1, Detailed max(0, P−N_I), Delta 0.
//
// That potentials rest says nothing of their error: at P = N_I they rest, and
// hear each other without limit. It returns an error for a task outside its
// domain, or with P > N.
func (k Feedback) Rest(t model.Task) (int, error) {
	if k > Delta {
		return 0, fmt.Errorf("influence: %v is not a feedback", k)
	}
	if err := t.Check(); err != nil {
		return 0, err
	}
	if t.Patterns > t.Channels {
		return 0, fmt.Errorf("influence: %d patterns on %d channels, known for no more patterns than channels", t.Patterns, t.Channels)
	}
	held := t.InhibitoryChannels
	if held == 0 {
		held = t.Channels
	}
	return max(0, t.Patterns-[...]int{0, 1, held, t.Patterns}[k]), nil
}
