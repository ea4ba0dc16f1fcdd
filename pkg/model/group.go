package model

import (
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
	keep() // ends an epoch
	save() // notes the state between two epochs
	back() // brings it back
	// weigh is a measure of an epoch, the weights of a kind times the patterns. It
	// is not ok if rules or others are asked on trials.
	weigh() (weights int, ok bool)
	entry(k int) Entry // records the epoch just done by learner k
}

// epochsOf trains the groups for some epochs, each with the same two words an
// epoch, and returns the histories of their learners, in order. An error leaves all
// at the same epoch.
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
	for left := epochs; left > 0; {
		span := min(left, c.most)
		for _, p := range all {
			if p.Every > 0 {
				span = min(span, p.Every-p.Epochs%p.Every)
			}
		}
		if err = c.train(ctx, span, rng); err != nil {
			err = fmt.Errorf("model: training stopped after %d epochs: %w", all[0].Epochs, err)
			break
		}
		left -= span
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

// crew is workers that train the groups, each every so many-th one, on a core of its own.
// What is learned does not depend on their number.
type crew struct {
	groups []group
	most   int      // epochs that are trained at a time
	tapes  [][]tape // of the workers, one for each of these epochs
	done   []int    // epochs done of them, by group
	errs   []error
	others sync.WaitGroup
}

// Epochs are trained one at a time where others take part, as these would also see those
// that are undone. Else a worker trains a group for several before it goes on to the
// next, so that its weights stay near: for as many as take a few milliseconds.
const mostEpochs, weightsAtATime = 16, 1 << 26

func newCrew(groups []group) *crew {
	workers := max(1, min(runtime.GOMAXPROCS(0), len(groups)))
	c := &crew{groups: groups, most: 1, tapes: make([][]tape, workers), done: make([]int, len(groups)), errs: make([]error, len(groups))}
	weights, several := 0, len(groups) > 1
	for _, g := range groups {
		n, ok := g.weigh()
		weights, several = weights+n, several && ok
	}
	if several {
		c.most = max(1, min(mostEpochs, weightsAtATime/max(1, weights/workers)))
	}
	for worker := range c.tapes {
		c.tapes[worker] = make([]tape, c.most)
	}
	return c
}

// train trains all groups for some epochs. After an error all are as the first that
// failed was when it began the epoch in which it did.
func (c *crew) train(ctx context.Context, epochs int, rng *rand.Rand) error {
	for epoch := range epochs {
		word1, word2 := rng.Uint64(), rng.Uint64()
		for _, tapes := range c.tapes {
			tapes[epoch].rewind(word1, word2)
		}
	}
	c.run(ctx, epochs, group.save)
	least := slices.Min(c.done)
	for k, err := range c.errs {
		if err != nil && c.done[k] == least {
			c.run(context.Background(), least, group.back) // no group failed in these
			return err
		}
	}
	return nil
}

// run trains all groups for so many of the epochs, each after something is done to it.
func (c *crew) run(ctx context.Context, epochs int, first func(group)) {
	for worker := 1; worker < len(c.tapes); worker++ {
		c.others.Go(func() { c.work(ctx, worker, epochs, first) })
	}
	c.work(ctx, 0, epochs, first)
	c.others.Wait()
}

// work trains a worker's groups, those after one that fails no further than that one.
func (c *crew) work(ctx context.Context, worker, epochs int, first func(group)) {
	for k := worker; k < len(c.groups); k += len(c.tapes) {
		g := c.groups[k]
		first(g)
		c.done[k], c.errs[k] = 0, nil
		for c.done[k] < epochs {
			if c.errs[k] = g.present(ctx, &c.tapes[worker][c.done[k]]); c.errs[k] != nil {
				epochs = c.done[k]
				break
			}
			g.keep()
			c.done[k]++
		}
	}
}

func (t *training) learners() []*Learner { return []*Learner{t.learner} }

func (t *training) weigh() (weights int, ok bool) {
	return len(t.excitatory.w) * len(t.order), t.learner.Teacher == nil && !t.excite.ask() && !t.inhibit.ask()
}

func (t *training) entry(int) Entry {
	return t.associations.entry(t.learner.Epochs, slices.Clone(t.presented), t.learner.Neuron.Potentials(t.associations))
}

// entry is that of an epoch in which the patterns had these potentials.
func (a *Associations) entry(epoch int, presented, end []float64) Entry {
	return Entry{epoch, a.recall(presented), a.recall(end), presented, end}
}
