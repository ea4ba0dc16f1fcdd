package model

import (
	"context"
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
		Asks: make([]bool, n), ACh: make([]bool, n), Silent: make([]bool, n),
	}
	return c
}

// members goes through the neurons, in order.
func (c *company) members(yield func(int, *member) bool) {
	n := 0
	for _, b := range c.blocks {
		for lane := range b.members {
			if !yield(n, &b.members[lane]) {
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

func (c *company) present(ctx context.Context, word1, word2 uint64) error {
	weights := 0
	for _, b := range c.blocks {
		b.begin(word1, word2)
		weights += b.weigh()
	}
	c.pcg.Seed(^word1, ^word2) // no neuron's
	look := looks(weights)
	for trial, mu := range c.blocks[0].tape.order {
		if trial%look == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for _, b := range c.blocks {
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
	for n, own := range c.members {
		m.Targets[n], m.Potentials[n], m.Asks[n] = own.signals.Target, own.v, own.signals.ACh
		m.ACh[n], m.Silent[n] = own.signals.ACh, false
	}
	for _, together := range c.together {
		together(m, c.rng)
	}
	for n, own := range c.members {
		own.signals.ACh, own.silent = m.ACh[n], m.Silent[n]
	}
}

func (c *company) undo() {
	for _, b := range c.blocks {
		b.undo()
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
