package theory

import (
	"errors"
	"fmt"
	"math"

	"credo/pkg/model"
	"credo/pkg/rules"
)

// force evaluates the mean force of a circuit.
type force struct {
	circuit rules.Circuit
	learner *model.Learner
	shift   float64 // taken from F everywhere: the pull of other patterns
}

func (t *Theory) force() force {
	c := t.circuit
	l := c.Learner(&model.Neuron{}, 1)
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
	if all := at.Active + at.Silent + at.ActiveLoss + at.SilentLoss; math.IsNaN(all - all) {
		return fmt.Errorf("theory: no force F(Y, V): at V = %.4g a rule's change is not finite", v)
	}
	if at.ActiveLoss != 0 || at.SilentLoss != 0 {
		return errors.New("theory: no force F(Y, V): a rule's change depends on the weight (ActiveLoss or SilentLoss is not 0)")
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
			return fmt.Errorf("theory: no force F(Y, V): at V = %.4g it changes by %.3g when i_E grows by %v; %s", v, difference, level-1, why)
		}
	}
	return nil
}

// autonomous returns why F is no function of V alone, or nil, judging from a
// few potentials.
func (f force) autonomous() error {
	for _, target := range [2]bool{false, true} {
		for _, v := range [...]float64{-3, -0.7, -0.1, 0, 0.1, 2} {
			if err := f.check(target, v); err != nil {
				return err
			}
		}
	}
	return nil
}
