package model

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
)

// group is learners that are trained together, an epoch at a time: one, or
// some of a [Layer].
type group interface {
	learners() []*Learner
	// present presents every pattern once, or returns an error before it has.
	// All its randomness comes from the two words.
	present(ctx context.Context, word1, word2 uint64) error
	undo()             // takes back what present did
	keep()             // ends an epoch
	entry(k int) Entry // records the epoch just done by learner k
}

// epochsOf trains the groups for some epochs, each with the same two words an
// epoch, and returns the histories of their learners, in order. An error undoes
// the epoch under way in all.
func epochsOf(ctx context.Context, groups []group, epochs int, rng *rand.Rand) (histories []History, err error) {
	var all []*Learner
	for _, g := range groups {
		all = append(all, g.learners()...)
	}
	histories, recorded := make([]History, len(all)), make([]int, len(all))
	for k, l := range all {
		recorded[k] = l.Epochs
	}
	record := func(due func(k int) bool) {
		k := 0
		for _, g := range groups {
			for own, l := range g.learners() {
				if due(k) {
					histories[k], recorded[k] = append(histories[k], g.entry(own)), l.Epochs
				}
				k++
			}
		}
	}
	for range epochs {
		if err = epochOf(ctx, groups, rng.Uint64(), rng.Uint64()); err != nil {
			err = fmt.Errorf("model: training stopped after %d epochs: %w", all[0].Epochs, err)
			break
		}
		record(func(k int) bool { return all[k].Every > 0 && all[k].Epochs%all[k].Every == 0 })
	}
	record(func(k int) bool { return recorded[k] < all[k].Epochs })
	return histories, err
}

// epochOf is one epoch of all groups, or of none.
func epochOf(ctx context.Context, groups []group, word1, word2 uint64) error {
	for k, g := range groups {
		if err := g.present(ctx, word1, word2); err != nil {
			for _, begun := range groups[:k+1] {
				begun.undo()
			}
			return err
		}
	}
	for _, g := range groups {
		g.keep()
	}
	return nil
}

func (t *training) learners() []*Learner { return []*Learner{t.learner} }

func (t *training) entry(int) Entry {
	return t.associations.entry(t.learner.Epochs, slices.Clone(t.presented), t.learner.Neuron.Potentials(t.associations))
}

// entry is that of an epoch in which the patterns had these potentials.
func (a *Associations) entry(epoch int, presented, end []float64) Entry {
	return Entry{epoch, a.recall(presented), a.recall(end), presented, end}
}
