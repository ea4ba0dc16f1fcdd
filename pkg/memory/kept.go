package memory

import (
	"fmt"
	"math"
)

// Kept returns the largest share of the hits that can stay for ever where
// After's Hebbian reference is the running mean of y, so that it falls as
// patterns are lost. With a share r of the P_1 target patterns still above
// threshold the mean output is f_Y r, and patterns stand still at
//
//	V_μ + b + θ = (a_H/a_I)(y_μ − f_Y r)
//
// if those with y = 1 are above threshold, that is for r below
//
//	r* = [1 − a_I (b+θ)/a_H]/f_Y,
//
// any set of them. So a circuit at a = 1 that learns from every start, which
// needs b + θ > (a_H/a_I)(1−f_Y), need not forget everything: with a constant
// reference it does. What is lost on the way carries others along, so fewer than
// r* stay of a memory that began with all. r* is 0 if negative and 1 if larger.
//
// Regime: P < N co-tuned patterns, balance on every trial, no noradrenaline;
// vanishing rate and a long memory of the mean, whose fluctuations go on taking
// patterns that rest near threshold. It returns an error if After is another
// circuit. Derived here.
func (r Retention) Kept() (float64, error) {
	c := r.After
	if err := c.Check(); err != nil {
		return 0, err
	}
	switch h, b := c.Hebbian, c.Balance; {
	case !(h.Running && h.Rate > 0):
		return 0, fmt.Errorf("memory: After.Hebbian = %+v, must be Running with a positive Rate", h)
	case c.Acetylcholine.Rate != 0 || c.Noradrenaline.Rate != 0 || len(c.Excitatory)+len(c.Inhibitory) > 0:
		return 0, fmt.Errorf("memory: After has rules beside Hebbian and Balance")
	case c.ACh.Probability+c.ACh.Error+c.NE.Probability+c.NE.Error > 0:
		return 0, fmt.Errorf("memory: After releases neuromodulators")
	case !(b.Rate > 0 && b.Slope == 1 && !b.WhenFiring):
		return 0, fmt.Errorf("memory: After.Balance = %+v, must have a positive Rate, Slope 1 and act on every trial", b)
	case !(r.Channels >= 1 && r.Patterns >= 1 && r.Patterns < r.Channels):
		return 0, fmt.Errorf("memory: Retention of %d patterns on %d channels, must be positive, and fewer patterns than channels", r.Patterns, r.Channels)
	}
	most := (1 - c.Balance.Rate*(c.Balance.Offset+c.Threshold)/c.Hebbian.Rate) / c.TargetCoding
	return math.Max(0, math.Min(1, most)), nil
}
