package model

import "math"

// Signals is all that a synapse may see on one trial. Rules read it and never
// keep or change it. Write its literals with keys: it may gain fields.
type Signals struct {
	Output     float64 // y in {0, 1}, with the neuromodulators acting
	MeanOutput float64 // running mean of y before this trial; see Learner.Memory

	Excitation float64 // i_E, before neuromodulators
	Inhibition float64 // i_I
	Threshold  float64 // θ, in units of the currents

	ACh, NE bool // released on this trial?
	Reward  bool // y = Y: one bit for all synapses
	Target  bool // Y; only reference rules, which learn from the error, may read it

	// The amplitude of a release over its mean is 1 + AChExcess, or
	// 1 + NEExcess; 0 unless Modulator.Variation is positive.
	AChExcess, NEExcess float64
}

// Change is what a rule does to its synapses on one trial. Inputs being
// binary, that is one change for active synapses and one for silent ones,
//
//	Δw = Active − ActiveLoss·w  if x = 1,
//	Δw = Silent − SilentLoss·w  if x = 0,
//
// both in units of λ/√N, with λ the learner's rate. The losses express soft
// bounds, decay and Oja's rule. Write its literals with keys: it may gain
// fields.
type Change struct {
	Active, Silent         float64
	ActiveLoss, SilentLoss float64
}

// Rule is a local plasticity rule: a pure function of what the synapse sees.
type Rule interface {
	Change(s *Signals) Change
}

// total adds up what the rules do on one trial. If that is not finite it is
// all NaN, since clipping would turn an infinite change into a weight at its
// bound and so hide it.
func total(rules []Rule, s *Signals) Change {
	var sum Change
	for k, r := range rules {
		if k == 0 {
			sum = r.Change(s)
			continue
		}
		sum.add(r.Change(s))
	}
	if all := sum.Active + sum.Silent + sum.ActiveLoss + sum.SilentLoss; all-all != 0 {
		nan := math.NaN()
		return Change{Active: nan, Silent: nan, ActiveLoss: nan, SilentLoss: nan}
	}
	return sum
}

// add adds d to c.
func (c *Change) add(d Change) {
	c.Active += d.Active
	c.Silent += d.Silent
	c.ActiveLoss += d.ActiveLoss
	c.SilentLoss += d.SilentLoss
}

// times returns p times c.
func (c Change) times(p float64) Change {
	return Change{float64(p * c.Active), float64(p * c.Silent), float64(p * c.ActiveLoss), float64(p * c.SilentLoss)}
}
