package influence

import (
	"fmt"
	"math"

	"credo/pkg/model"
)

// Predict returns what the outputs of the feedback's operator hear, in the
// limit of many channels at fixed load α = P/N:
//
//	None      Own = f, N_eff = 1 + (P−1)f² + α(1−f²)
//	Global    Own = f(1−f), N_eff = 1 + α
//	Detailed  co-tuned: Own = min(1, 1/α), N_eff = max(1, α); else see [CoTuning], α < 1 only
//	Delta     as Detailed, co-tuned
//
// For None the summand (P−1)f² is a shift that all patterns share; without it
// and without the mean of the signals Own is f(1−f) and N_eff is 1 + α.
// For Global and Detailed with inputs that are not copies it is the noise of
// signals of mean 0, that of [MeasureCentred]; a mean adds
// [Feedback.CommonMode]. The number of inhibitory channels must be N. It
// returns an error for a task outside its domain and where no formula is known.
func (k Feedback) Predict(t model.Task) (Hearing, error) {
	h, _, err := k.predict(t)
	return h, err
}

// CommonMode predicts the standard deviation over patterns of what a mean
// drive of 1 adds to their potentials, in units of what a pattern's own signal
// adds: how unequally a drive is heard that tells no pattern from another,
//
//	None      √(α² N f/(1−f) + α), in units of f(1−f): patterns with more active channels hear more
//	Global    √(2(1−r) α² N f/(1−f) + α), in the same units: its inputs' number must be the excitatory one's
//	Detailed  √common/own, with the variance common of [CoTuning], α < 1 only; 0 if co-tuned
//	Delta     0
//
// The terms with N are why, without perfect co-tuning, a mean drive is fatal
// for many channels. For Nf ≫ 1. It returns an error as Predict does.
func (k Feedback) CommonMode(t model.Task) (float64, error) {
	_, common, err := k.predict(t)
	return common, err
}

// predict returns what Predict and CommonMode do.
func (k Feedback) predict(t model.Task) (h Hearing, common float64, err error) {
	if err := k.check(t); err != nil {
		return undefined, math.NaN(), err
	}
	f, load := t.Coding, load(t)
	scale := load * load * float64(t.Channels) * f / (1 - f)
	switch {
	case k == None:
		return Hearing{Own: f, Noise: f * f * (float64(t.Patterns-1)*f*f + load*(1-f*f))}, math.Sqrt(scale + load), nil
	case k == Global:
		g := f * (1 - f)
		return Hearing{Own: g, Noise: g * g * load}, math.Sqrt(2*(1-t.CoTuning)*scale + load), nil
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

func load(t model.Task) float64 { return float64(t.Patterns) / float64(t.Channels) }

// tuned returns the co-tuning of a task.
func tuned(t model.Task) (CoTuning, error) {
	c := CoTuning{Load: load(t), Degree: t.CoTuning, ByChannel: t.ByChannel}
	return c, c.Check()
}
