package rules

import (
	"errors"
	"fmt"
	"math"

	"credo/pkg/model"
)

// Force returns the mean force on the potential of a pattern at each of its
// own presentations,
//
//	F(Y, V) = ⟨Δw_E⟩ − ⟨Δw_I⟩ of the active synapses,
//
// averaged over the neuromodulators, for co-tuned inputs; a late release counts
// as its mean over random orders, model.Modulator.Prompt. With the Gram matrix
// G_μν = x^μ·x^ν/N the potentials of all patterns move, as the rate goes to 0
// and without change of silent synapses, by dV^μ/dT = Σ_ν G_μν F(Y^ν, V^ν):
// where F = 0 a pattern stands still. For the four standard rules at slope
// a = 1 it is
//
//	F = S_E(Y, V) − a_I g (V + b + θ),
//
// S_E being the mean of the excitatory rules and g = 1, or the mean output if
// inhibition is plastic only when firing. In units of λ times a current.
//
// A rule that reads the running mean of y sees f_Y; see Condition.MeanOutput.
// The result is NaN if F is not a function of V alone (a slope a other than 1,
// losses that depend on the weight, a rule of one's own that reads i_E), if v
// is not finite or if a parameter is outside its domain; Condition.Err says
// why. At V = 0 it is the limit from below. Derived here.
func (c Circuit) Force(target bool, v float64) float64 {
	if c.Check() != nil || math.IsNaN(v-v) {
		return math.NaN()
	}
	f := c.force()
	if f.check(target, v) != nil {
		return math.NaN()
	}
	return f.of(target, v)
}

// force evaluates the mean force of a circuit.
type force struct {
	circuit Circuit
	learner *model.Learner
	shift   float64 // taken from F everywhere: the pull of other patterns
}

func (c Circuit) force() force {
	l := c.Learner(&model.Neuron{Threshold: c.Threshold}, 1)
	l.MeanOutput = c.TargetCoding
	l.ACh, l.NE = c.ACh.Prompt(c.TargetCoding), c.NE.Prompt(c.TargetCoding)
	return force{circuit: c, learner: l}
}

// above is a potential just above threshold, where rounding of the currents
// cannot bring it back to 0.
func (f force) above() float64 { return 1e-12 * max(1, math.Abs(f.circuit.Threshold)) }

// currents returns an i_E, larger by level than the least that brings the
// potential v, and its i_I. Both are non-negative, and i_E − i_I − θ lies on
// the same side of 0 as v whatever the rounding.
func (f force) currents(v, level float64) (iE, iI float64) {
	theta := f.circuit.Threshold
	iE = max(0, v+theta) + level
	iI = iE - v - theta
	for v > 0 && iE-iI-theta <= 0 {
		iI = math.Nextafter(iI, math.Inf(-1))
	}
	for v <= 0 && iE-iI-theta > 0 {
		iI = math.Nextafter(iI, math.Inf(1))
	}
	return iE, iI
}

// change returns the mean change of the excitatory minus that of the
// inhibitory synapses.
func (f force) change(target bool, v, level float64) model.Change {
	iE, iI := f.currents(v, level)
	e, i := f.learner.Mean(target, iE, iI)
	return model.Change{
		Active: e.Active - i.Active, Silent: e.Silent - i.Silent,
		// A loss of either kind counts.
		ActiveLoss: math.Abs(e.ActiveLoss) + math.Abs(i.ActiveLoss),
		SilentLoss: math.Abs(e.SilentLoss) + math.Abs(i.SilentLoss),
	}
}

// of is F(Y, V), less the shift.
func (f force) of(target bool, v float64) float64 { return f.change(target, v, 1).Active - f.shift }

// silent is the mean force on a synapse that the pattern leaves silent.
func (f force) silent(target bool, v float64) float64 { return f.change(target, v, 1).Silent }

// check returns an error that says why F is not a function of V alone, judging
// from several values of i_E at the given potential.
func (f force) check(target bool, v float64) error {
	const tolerance = 1e-9
	at := f.change(target, v, 1)
	if at.ActiveLoss != 0 || at.SilentLoss != 0 {
		return errors.New("rules: no force F(Y, V): a rule's change depends on the weight (ActiveLoss or SilentLoss is not 0)")
	}
	// The size of F nearby, for where it happens to vanish.
	size := max(math.Abs(at.Active), math.Abs(f.of(target, v-1)), math.Abs(f.of(target, v+1)))
	for _, level := range [...]float64{3, 10, 100} {
		other := f.change(target, v, level)
		if difference := math.Abs(other.Active - at.Active); !(difference <= tolerance*size) {
			why := "a rule reads the currents"
			if b := f.circuit.Balance; b.Rate != 0 && b.Slope != 1 {
				why = fmt.Sprintf("Balance.Slope = %v is not 1", b.Slope)
			}
			return fmt.Errorf("rules: no force F(Y, V): at V = %.4g it changes by %.3g when i_E grows by %v; %s", v, difference, level-1, why)
		}
	}
	return nil
}

// forceError returns why the circuit has no force, or nil.
func (c Circuit) forceError() error {
	if err := c.Check(); err != nil {
		return err
	}
	f := c.force()
	for _, target := range [2]bool{false, true} {
		for _, v := range [...]float64{-3, -0.7, -0.1, 0, 0.1, 2} {
			if err := f.check(target, v); err != nil {
				return err
			}
		}
	}
	return nil
}
