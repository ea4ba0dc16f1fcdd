package model

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"credo/internal/domain"
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
	Teacher    Teacher // says Signals.Told on every trial; nil: there is none

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
		return errors.New("model: Learner.Neuron is nil")
	}
	bound := domain.Interval{High: math.Inf(1)} // 0 and +Inf included
	fields := slices.Concat([]domain.Field{
		{Name: "Rate", Value: l.Rate, In: domain.NonNegative},
		{Name: "Decay", Value: l.Decay, In: domain.Below1},
		{Name: "MaxWeight", Value: l.MaxWeight, In: bound},
		{Name: "MaxInhibitory", Value: l.MaxInhibitory, In: bound},
		{Name: "Memory", Value: cmp.Or(l.Memory, 1), In: domain.AtLeast(1)},
		{Name: "Every", Value: float64(l.Every), In: domain.NonNegative},
		{Name: "Epochs", Value: float64(l.Epochs), In: domain.NonNegative},
		{Name: "MeanOutput", Value: l.MeanOutput, In: domain.Probability},
		{Name: "Neuron.Threshold", Value: l.Neuron.Threshold, In: domain.Finite},
	}, l.ACh.fields("ACh"), l.NE.fields("NE"))
	return cmp.Or(domain.Check("model: Learner.", fields...), CheckRules("model: Learner.Excitatory", l.Excitatory),
		CheckRules("model: Learner.Inhibitory", l.Inhibitory), l.checkWeights())
}

// checkWeights returns an error that names a weight that is not finite or
// out of bounds.
func (l *Learner) checkWeights() error {
	maxE, maxI := l.bounds()
	for kind, w := range [...][]float64{l.Neuron.Excitatory, l.Neuron.Inhibitory} {
		bound := [...]float64{maxE, maxI}[kind]
		in := domain.Interval{High: bound, OpenHigh: math.IsInf(bound, 1)}
		for i, x := range w {
			if !in.Has(x) {
				return fmt.Errorf("model: %s weight %d = %v outside %v", [...]string{"excitatory", "inhibitory"}[kind], i, x, in)
			}
		}
	}
	return nil
}

// bounds are the upper bounds of the weights, +Inf if there is none.
func (l *Learner) bounds() (excitatory, inhibitory float64) {
	none := math.Inf(1)
	return cmp.Or(l.MaxWeight, none), cmp.Or(l.MaxInhibitory, l.MaxWeight, none)
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
// as the last whole epoch left them, and [Learner.Resume] says how to go on.
func (l *Learner) Train(ctx context.Context, a *Associations, epochs int, rng *rand.Rand) (history History, err error) {
	if err := l.Check(); err != nil {
		return nil, err
	}
	if err := cmp.Or(a.Fits(l.Neuron), l.fits(a), domain.Check("model: ", domain.Field{Name: "epochs", Value: float64(epochs), In: domain.NonNegative})); err != nil {
		return nil, err
	}
	histories, err := epochsOf(ctx, []group{newTraining(l, a)}, epochs, rng)
	return histories[0], err
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

// History is what was recorded during training, one entry for every
// Learner.Every epochs and one for the last epoch. Each holds two potentials a
// pattern, 16 bytes.
type History []Entry

// Entry is the state of learning in one epoch, without neuromodulators: each
// pattern is tested just before it is learned, and all are with the weights that
// the epoch leaves. The two differ near capacity: a pattern pinned at threshold
// is pushed across it by its own presentation and drifts back until the next.
type Entry struct {
	Epoch int // epochs done, from 1

	AtPresentation Recall
	AtEnd          Recall

	PresentedPotentials []float64 // V^μ at presentation, one a pattern
	Potentials          []float64 // V^μ at the end of the epoch, one a pattern
}

// Recall returns the mean over the entries of what was recalled at
// presentation and at the end of the epoch, NaN if there is no entry. The last
// quarter of a long training is h[len(h)*3/4:].Recall().
func (h History) Recall() (atPresentation, atEnd Recall) {
	for _, e := range h {
		atPresentation.add(e.AtPresentation)
		atEnd.add(e.AtEnd)
	}
	n := float64(len(h))
	return atPresentation.over(n), atEnd.over(n)
}
