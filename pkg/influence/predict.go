package influence

import (
	"fmt"
	"math"

	"credo/pkg/model"
)

// Predict returns what the outputs of the feedback's operator hear at load
// α = P/N, with g = f(1−f):
//
//	None      Own = f, N_eff = 1 + (P−1)[f² + (1−f²)/N] + (1−f)/(f N)
//	Global    Own = g, N_eff = 1 + (P−2)/N + (1−4g)/(g N)
//	Detailed  co-tuned: Own = min(1, 1/α), N_eff = max(1, α); else see [CoTuning], α < 1 only
//	Delta     as Detailed, co-tuned
//
// None is exact but for the fluctuation of tr M, of relative size 1/(NP); the
// last summand, how much the number of active channels varies, counts if few
// are active. Global is 1 + α with the terms of order 1/N: one pattern is lost
// with the mean, and the rest is the variance of a pattern's own overlap. For
// CoTuning the limit of many channels is taken, and P f ≫ 1.
//
// For None the summand (P−1)f² is a shift that all patterns share. It is gone,
// and N_eff is that of Global, if signals and potentials are both taken from
// their mean over patterns, ΠMΠ with Π = 1 − 11ᵀ/P; [MeasureCentred] takes the
// mean from the signals only, which leaves the spread α f/(1−f) of the shift.
// Global and Detailed with inputs that are not copies are for signals of mean
// 0, those of [MeasureCentred]; a mean adds [Feedback.CommonMode]. The number of
// inhibitory channels must be N. It returns an error for a task outside its
// domain and where no formula is known. Derived here.
func (k Feedback) Predict(t model.Task) (Hearing, error) {
	h, _, err := k.predict(t)
	return h, err
}

// CommonMode predicts the standard deviation over patterns of what a mean
// drive of 1 adds to their potentials, in units of what a pattern's own signal
// adds: how unequally a drive is heard that tells no pattern from another,
//
//	None      √(n + (P−2)/N), in units of g = f(1−f): patterns with more active channels hear more
//	Global    √(2(1−r) n + (P−2)/N + f/((1−f)N)), in the same units: its inputs' number must be the excitatory one's
//	Detailed  √common/own, with the variance common of [CoTuning], α < 1 only; 0 if co-tuned
//	Delta     0
//
// where n = [1 + (P−2)f]²/(g N), for Pf ≫ 1 α² N f/(1−f). The deviation is that
// of a sample, over P−1, and None is exact. The terms n are why, without perfect
// co-tuning, a mean drive is fatal for many channels: at fixed load they grow
// with N. It returns an error as Predict does. Derived here.
func (k Feedback) CommonMode(t model.Task) (float64, error) {
	_, common, err := k.predict(t)
	return common, err
}

// predict returns what Predict and CommonMode do.
func (k Feedback) predict(t model.Task) (h Hearing, common float64, err error) {
	if err := k.check(t); err != nil {
		return undefined, math.NaN(), err
	}
	f, load, n, p := t.Coding, load(t), float64(t.Channels), float64(t.Patterns)
	g, number := f*(1-f), surplus(n, p, f)
	switch {
	case k == None:
		noise := f*f*(p-1)*(f*f+(1-f*f)/n) + g/n
		return Hearing{Own: f, Noise: noise}, math.Sqrt(number + max(0, p-2)/n), nil
	case k == Global:
		others := max(0, p-2)/n + (1-4*g)/(g*n)
		return Hearing{Own: g, Noise: g * g * others}, math.Sqrt(2*(1-t.CoTuning)*number + (max(0, p-2)+f/(1-f))/n), nil
	case k == Detailed && t.CoTuning < 1:
		c, err := tuned(t)
		if err != nil {
			return undefined, math.NaN(), err
		}
		h := c.Hearing()
		return h, math.Sqrt(c.common(t.Channels, f, 0)) / h.Own, nil
	}
	own := min(1, 1/load)
	return Hearing{Own: own, Noise: own * own * (max(1, load) - 1)}, 0, nil
}

func (k Feedback) check(t model.Task) error {
	if k > Delta {
		return fmt.Errorf("influence: %v is not a feedback", k)
	}
	if err := t.Check(); err != nil {
		return err
	}
	if t.InhibitoryChannels != 0 && t.InhibitoryChannels != t.Channels {
		return fmt.Errorf("influence: InhibitoryChannels = %d with Channels = %d: formulas are for equal numbers", t.InhibitoryChannels, t.Channels)
	}
	return nil
}

// surplus is the variance over patterns of what a drive of 1 adds through the
// number of active channels, in units of g².
func surplus(channels, patterns, coding float64) float64 {
	drive := 1 + (patterns-2)*coding // by a pattern's own signal, and by those of the others
	return drive * drive / (coding * (1 - coding) * channels)
}

func load(t model.Task) float64 { return float64(t.Patterns) / float64(t.Channels) }

// tuned returns the co-tuning of a task.
func tuned(t model.Task) (CoTuning, error) {
	c := CoTuning{Load: load(t), Degree: t.CoTuning, ByChannel: t.ByChannel, Channels: t.Channels}
	return c, c.Check()
}
