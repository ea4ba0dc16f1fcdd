package model

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
)

// Learner is a neuron with rules that change its synapses, and the
// neuromodulators that act on both. Leaving a rule out knocks it out; a
// learner without rules only presents the patterns.
//
// On each trial every weight of a population changes by
//
//	w ← clip( (1 − d) w + (λ/√N) Σ_rules Δw ),
//
// with the Δw of [Change], once, after summing over the population's rules.
// Excitatory and inhibitory weights are clipped from below at 0.
type Learner struct {
	Neuron     *Neuron
	Excitatory []Rule // of the excitatory synapses; empty: they do not change
	Inhibitory []Rule // of the inhibitory synapses
	ACh, NE    Modulator

	Rate      float64 // λ ≥ 0, dimensionless; 0 changes nothing but by decay
	Decay     float64 // d in [0, 1), per trial, not times Rate; default 0
	MaxWeight float64 // w_max > 0, upper bound of all weights; 0 means none
	// MaxInhibitory is the upper bound of the inhibitory weights where it
	// differs from MaxWeight; 0 means MaxWeight, +Inf none.
	MaxInhibitory float64
	// Memory is the time constant of the running mean of y, in trials, at
	// least 1; 0 means that MeanOutput stays as it is.
	Memory float64
	// Every is the number of epochs between entries of the History; 0 means
	// the last epoch only.
	Every int

	MeanOutput float64 // running mean of y; before training, its initial value
	Epochs     int     // epochs done so far
}

// Check returns an error that names the first field outside its domain, those
// of rules that have a method Check() error included.
func (l *Learner) Check() error {
	if l.Neuron == nil {
		return fmt.Errorf("model: Learner.Neuron is nil")
	}
	switch {
	case !(l.Rate >= 0 && l.Rate <= math.MaxFloat64):
		return fmt.Errorf("model: Learner.Rate = %v outside [0, ∞)", l.Rate)
	case !(l.Decay >= 0 && l.Decay < 1):
		return fmt.Errorf("model: Learner.Decay = %v outside [0, 1)", l.Decay)
	case !(l.MaxWeight >= 0):
		return fmt.Errorf("model: Learner.MaxWeight = %v, must be positive, or 0 for none", l.MaxWeight)
	case !(l.MaxInhibitory >= 0):
		return fmt.Errorf("model: Learner.MaxInhibitory = %v, must be positive, or 0 for MaxWeight", l.MaxInhibitory)
	case l.Memory != 0 && !(l.Memory >= 1 && l.Memory <= math.MaxFloat64):
		return fmt.Errorf("model: Learner.Memory = %v trials outside [1, ∞), 0 meaning none", l.Memory)
	case l.Every < 0:
		return fmt.Errorf("model: Learner.Every = %d epochs, must not be negative", l.Every)
	case l.Epochs < 0:
		return fmt.Errorf("model: Learner.Epochs = %d, must not be negative", l.Epochs)
	case !(l.MeanOutput >= 0 && l.MeanOutput <= 1):
		return fmt.Errorf("model: Learner.MeanOutput = %v outside [0, 1]", l.MeanOutput)
	case !finite(l.Neuron.Threshold):
		return fmt.Errorf("model: Neuron.Threshold = %v, must be finite", l.Neuron.Threshold)
	}
	if err := l.ACh.Check(); err != nil {
		return fmt.Errorf("%w (ACh)", err)
	}
	if err := l.NE.Check(); err != nil {
		return fmt.Errorf("%w (NE)", err)
	}
	if err := CheckRules("model: Learner.Excitatory", l.Excitatory); err != nil {
		return err
	}
	if err := CheckRules("model: Learner.Inhibitory", l.Inhibitory); err != nil {
		return err
	}
	return l.checkWeights()
}

// checkWeights returns an error that names a weight that is not finite or
// out of bounds.
func (l *Learner) checkWeights() error {
	if err := checkWeights("excitatory", l.Neuron.Excitatory, l.maxExcitatory()); err != nil {
		return err
	}
	return checkWeights("inhibitory", l.Neuron.Inhibitory, l.maxInhibitory())
}

func checkWeights(kind string, w []float64, bound float64) error {
	for i, x := range w {
		switch {
		case !(x >= 0 && x <= math.MaxFloat64):
			return fmt.Errorf("model: %s weight %d = %v outside [0, ∞)", kind, i, x)
		case x > bound:
			return fmt.Errorf("model: %s weight %d = %v outside [0, %v]", kind, i, x, bound)
		}
	}
	return nil
}

func finite(x float64) bool { return math.Abs(x) <= math.MaxFloat64 }

func (l *Learner) maxExcitatory() float64 {
	if l.MaxWeight == 0 {
		return math.Inf(1)
	}
	return l.MaxWeight
}

func (l *Learner) maxInhibitory() float64 {
	if l.MaxInhibitory == 0 {
		return l.maxExcitatory()
	}
	return l.MaxInhibitory
}

// Train presents all associations once an epoch, each epoch in a new random
// order, and changes l.Neuron, l.MeanOutput and l.Epochs.
//
// It takes exactly two words from rng an epoch, so that training 100 epochs
// and then 100 more is the same, bit for bit, as training 200.
//
// It returns an error, and the history so far, if a field of l is outside its
// domain, if the associations have other numbers of channels than the neuron,
// if a rule drives a weight out of the finite numbers, or if ctx is cancelled.
// In the last two cases the epoch under way is undone: learner and history are
// as the last whole epoch left them, and [Learner.Resume] returns the
// generator with which to go on.
func (l *Learner) Train(ctx context.Context, a *Associations, epochs int, rng *rand.Rand) (History, error) {
	if err := l.Check(); err != nil {
		return nil, err
	}
	if err := a.Fits(l.Neuron); err != nil {
		return nil, err
	}
	if epochs < 0 {
		return nil, fmt.Errorf("model: epochs = %d, must not be negative", epochs)
	}
	var history History
	t := newTraining(l, a)
	for range epochs {
		if err := t.epoch(ctx, rng.Uint64(), rng.Uint64()); err != nil {
			return t.finish(history), fmt.Errorf("model: training stopped after %d epochs: %w", l.Epochs, err)
		}
		if l.Every > 0 && l.Epochs%l.Every == 0 {
			history = append(history, t.entry())
		}
	}
	return t.finish(history), nil
}

// Resume returns the generator of a run, [Stream], advanced past the epochs
// that l has done: training on with it continues the run exactly, provided
// that nothing else was drawn from the stream. So draw the task from another
// run's.
func (l *Learner) Resume(seed, run uint64) *rand.Rand {
	rng := Stream(seed, run)
	for range 2 * l.Epochs {
		rng.Uint64()
	}
	return rng
}
