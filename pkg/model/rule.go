package model

import (
	"cmp"
	"fmt"
	"math"
)

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
	// Told is what Learner.Teacher says, 0 without one; only reference rules,
	// which learn from a teacher that sees the neuron, may read it.
	Told float64

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

// Rule is a local plasticity rule: a pure function of what the synapse sees. So
// a rule has no memory of its own: a trace of each synapse, a graded output or a
// mean other than MeanOutput cannot be expressed, and [CheckPure] finds what
// tries to.
type Rule interface {
	Change(s *Signals) Change
}

// total adds up what the rules do on one trial.
func total(rules []Rule, s *Signals) Change { return added(Change{}, rules, s, false).whole() }

// added adds what the rules do on one trial to sum, or starts with the first if
// nothing has begun.
func added(sum Change, rules []Rule, s *Signals, begun bool) Change {
	if !begun && len(rules) > 0 {
		sum, rules = rules[0].Change(s), rules[1:]
	}
	for _, r := range rules {
		sum.add(r.Change(s))
	}
	return sum
}

// whole returns c, or all NaN if c is not finite, since clipping would turn an
// infinite change into a weight at its bound and so hide it.
func (c Change) whole() Change {
	if all := c.Active + c.Silent + c.ActiveLoss + c.SilentLoss; all-all != 0 {
		return Change{math.NaN(), math.NaN(), math.NaN(), math.NaN()}
	}
	return c
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

// Observer is a rule that changes nothing and is shown every trial, to count or
// to record. It may keep what it sees, but not the pointer.
type Observer func(*Signals)

// Change implements Rule.
func (o Observer) Change(s *Signals) Change { o(s); return Change{} }

// CheckRules returns an error that names, after the field, a rule that is nil or
// whose own method Check() error finds something wrong.
func CheckRules(field string, rules []Rule) error {
	for k, r := range rules {
		if err := CheckRule(fmt.Sprintf("%s[%d]", field, k), r); err != nil {
			return err
		}
	}
	return nil
}

// CheckRule is CheckRules for one rule of the given name.
func CheckRule(name string, r Rule) error {
	if r == nil {
		return fmt.Errorf("%s is nil, must be a rule", name)
	}
	if c, ok := r.(interface{ Check() error }); ok {
		if err := c.Check(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// CheckPure returns an error that names, after the field, a rule that is seen
// not to be a pure function: shown eight trials twice it changes its answer, or
// it changes what it is shown. What follows from a rule's mean, [Learner.Mean],
// would be wrong for it. Observers are not asked.
func CheckPure(field string, rules []Rule) error {
	for k, r := range rules {
		if _, ok := r.(Observer); ok || r == nil {
			continue
		}
		var first [8]string
		for trial := range 2 * len(first) {
			n := trial % len(first)
			y := float64(n & 1)
			shown := Signals{
				Output: y, MeanOutput: 0.3, Excitation: 2.5, Inhibition: 2.5 + 0.5*y, Threshold: 0.1,
				ACh: n&2 != 0, NE: n&4 != 0, Target: n == 3 || n == 5, Reward: n == 0 || n == 3,
			}
			seen := shown
			change := fmt.Sprint(r.Change(&seen)) // all digits, and NaN is equal to NaN
			first[n] = cmp.Or(first[n], change)
			if seen != shown || change != first[n] {
				return fmt.Errorf("%s[%d] is not a pure function: for the same signals it does not give the same change", field, k)
			}
		}
	}
	return nil
}
