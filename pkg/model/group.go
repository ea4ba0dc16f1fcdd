package model

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// group is learners that are trained together, an epoch at a time: one, or
// some of a [Layer].
type group interface {
	learners() []*Learner
	// present presents every pattern once, or returns an error before it has.
	// All its randomness comes from the tape.
	present(ctx context.Context, t *tape) error
	undo()             // takes back what present did
	keep()             // ends an epoch
	entry(k int) Entry // records the epoch just done by learner k
}

// epochsOf trains the groups for some epochs, each with the same two words an
// epoch, and returns the histories of their learners, in order. An error undoes
// the epoch under way in all.
func epochsOf(ctx context.Context, groups []group, epochs int, rng *rand.Rand) (histories []History, err error) {
	var all []pupil
	for _, g := range groups {
		for own, l := range g.learners() {
			all = append(all, pupil{l, g, own, l.Epochs})
		}
	}
	histories = make([]History, len(all))
	record := func(due func(p *pupil) bool) {
		for k := range all {
			if p := &all[k]; due(p) {
				histories[k], p.recorded = append(histories[k], p.group.entry(p.own)), p.Epochs
			}
		}
	}
	c := newCrew(groups)
	for range epochs {
		if err = c.epoch(ctx, rng.Uint64(), rng.Uint64()); err != nil {
			err = fmt.Errorf("model: training stopped after %d epochs: %w", all[0].Epochs, err)
			break
		}
		record(func(p *pupil) bool { return p.Every > 0 && p.Epochs%p.Every == 0 })
	}
	record(func(p *pupil) bool { return p.recorded < p.Epochs })
	return histories, err
}

// pupil is a learner, its place in its group, and the epochs that were done when it was
// recorded last.
type pupil struct {
	*Learner
	group         group
	own, recorded int
}

// crew is workers that present to the groups, each to every so many-th one, on a core
// and with a tape of its own. What is learned does not depend on their number.
type crew struct {
	groups []group
	tapes  []tape // of the workers
	begun  []bool
	errs   []error
	others sync.WaitGroup
}

func newCrew(groups []group) *crew {
	workers := max(1, min(runtime.GOMAXPROCS(0), len(groups)))
	return &crew{groups: groups, tapes: make([]tape, workers), begun: make([]bool, len(groups)), errs: make([]error, len(groups))}
}

// epoch is one epoch of all groups, or of none.
func (c *crew) epoch(ctx context.Context, word1, word2 uint64) error {
	clear(c.begun)
	for worker := range c.tapes {
		c.tapes[worker].rewind(word1, word2)
		if worker > 0 {
			c.others.Go(func() { c.work(ctx, worker) })
		}
	}
	c.work(ctx, 0)
	c.others.Wait()
	if err := cmp.Or(c.errs...); err != nil {
		for k, g := range c.groups {
			if c.begun[k] {
				g.undo()
			}
		}
		return err
	}
	for _, g := range c.groups {
		g.keep()
	}
	return nil
}

// work presents to a worker's groups, up to the first error.
func (c *crew) work(ctx context.Context, worker int) {
	for k := worker; k < len(c.groups); k += len(c.tapes) {
		c.begun[k] = true
		if c.errs[k] = c.groups[k].present(ctx, &c.tapes[worker]); c.errs[k] != nil {
			return
		}
	}
}

func (t *training) learners() []*Learner { return []*Learner{t.learner} }

func (t *training) entry(int) Entry {
	return t.associations.entry(t.learner.Epochs, slices.Clone(t.presented), t.learner.Neuron.Potentials(t.associations))
}

// entry is that of an epoch in which the patterns had these potentials.
func (a *Associations) entry(epoch int, presented, end []float64) Entry {
	return Entry{epoch, a.recall(presented), a.recall(end), presented, end}
}
