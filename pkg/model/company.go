package model

import (
	"context"
	"math"
	"math/rand/v2"
)

// company is the blocks of a layer whose neurons act on each other on every
// trial, so that all go through it in step.
type company struct {
	blocks   []*block
	together []Together
	moment   Moment
	pcg      rand.PCG
	rng      *rand.Rand
}

func newCompany(blocks []*block, together []Together) *company {
	c := &company{blocks: blocks, together: together}
	c.rng = rand.New(&c.pcg)
	n := len(c.learners())
	c.moment = Moment{
		Targets: make([]bool, n), Potentials: make([]float64, n),
		Asks: make([]bool, n), Foreign: make([]int, n), ACh: make([]bool, n), Amplitudes: make([]float64, n), Silent: make([]bool, n),
	}
	return c
}

// seat is where a neuron is.
type seat struct {
	*block
	lane int
}

// members goes through the neurons, in order.
func (c *company) members(yield func(int, seat) bool) {
	n := 0
	for _, b := range c.blocks {
		for lane := range b.members {
			if !yield(n, seat{b, lane}) {
				return
			}
			n++
		}
	}
}

func (c *company) learners() (all []*Learner) {
	for _, b := range c.blocks {
		all = append(all, b.learners()...)
	}
	return all
}

func (c *company) present(ctx context.Context, t *tape) error {
	weights := 0
	for _, b := range c.blocks {
		b.begin(t)
		weights += b.count()
	}
	c.pcg.Seed(^t.word1, ^t.word2) // no neuron's
	look := looks(weights)
	for trial, mu := range t.order {
		if trial%look == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for _, b := range c.blocks {
			b.draw(int(mu))
			b.sense(int(mu))
		}
		c.meet(int(mu))
		for _, b := range c.blocks {
			b.respond(int(mu))
		}
	}
	for _, b := range c.blocks {
		if err := b.end(); err != nil {
			return err
		}
	}
	return nil
}

// meet is what happens between the neurons on pattern mu.
func (c *company) meet(mu int) {
	m := &c.moment
	m.Pattern = mu
	for n, at := range c.members {
		k := at.trial.of(at.lane)
		m.Targets[n], m.Potentials[n], m.Asks[n] = k&wanted != 0, at.next[mu][at.lane], k&getsACh != 0
		m.Foreign[n], m.ACh[n], m.Amplitudes[n], m.Silent[n] = 0, m.Asks[n], 1, false
	}
	for _, together := range c.together {
		together(m, c.rng)
	}
	for n, at := range c.members {
		at.get(at.lane, m.ACh[n], m.Amplitudes[n])
	}
	for _, b := range c.blocks {
		b.prepare()
	}
	for n, at := range c.members {
		if m.Silent[n] {
			at.gains[1][at.lane] = math.Inf(-1)
		}
	}
}

func (c *company) weigh() (weights int, ok bool) { return 0, false }

func (c *company) save() {
	for _, b := range c.blocks {
		b.save()
	}
}

func (c *company) back() {
	for _, b := range c.blocks {
		b.back()
	}
}

func (c *company) keep() {
	for _, b := range c.blocks {
		b.keep()
	}
}

func (c *company) store() {
	for _, b := range c.blocks {
		b.store()
	}
}

func (c *company) entry(k int) Entry {
	for _, b := range c.blocks {
		if k < len(b.members) {
			return b.entry(k)
		}
		k -= len(b.members)
	}
	panic("model: no such neuron")
}
