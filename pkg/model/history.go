package model

import "slices"

// History is what was recorded during training, one entry for every
// Learner.Every epochs and one for the last epoch. Each holds two potentials a
// pattern, 16 bytes.
type History []Entry

// Entry is the state of learning in one epoch, without neuromodulators, seen
// twice. At presentation each pattern is tested just before it is learned, at
// the end all are tested with the weights that the epoch leaves. The two
// differ near capacity: a pattern pinned at threshold is pushed across it by
// its own presentation and drifts back until the next.
type Entry struct {
	Epoch int // epochs done, from 1

	AtPresentation Recall
	AtEnd          Recall

	PresentedPotentials []float64 // V^μ at presentation, one a pattern
	Potentials          []float64 // V^μ at the end of the epoch, one a pattern
}

// entry records the epoch just done.
func (t *training) entry() Entry {
	a, presented, end := t.associations, slices.Clone(t.presented), t.learner.Neuron.Potentials(t.associations)
	return Entry{t.learner.Epochs, a.recall(presented), a.recall(end), presented, end}
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
