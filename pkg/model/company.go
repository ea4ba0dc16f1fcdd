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
		Asks: make([]bool, n), Foreign: make([]int, n), ACh: make([]bool, n), Amplitudes: make([]float64, n), Silent: make([]bool, n),
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
		m.Foreign[n], m.ACh[n], m.Amplitudes[n], m.Silent[n] = 0, own.signals.ACh, 1, false
	}
	for _, together := range c.together {
		together(m, c.rng)
	}
	for n, own := range c.members {
		own.signals.ACh, own.signals.AChExcess, own.silent = m.ACh[n], 0, m.Silent[n]
		if m.ACh[n] && m.Amplitudes[n] != 1 {
			own.vary()
			own.signals.AChExcess = m.Amplitudes[n] - 1
		}
	}
}

// vary makes a neuron ask all its rules from now on, as those that are tabulated
// are so for one amplitude. What they do at that is the same, bit for bit.
func (m *member) vary() {
	if !m.varies {
		m.varies = true
		m.excite, m.inhibit = newEffect(m.learner, m.learner.Excitatory, true), newEffect(m.learner, m.learner.Inhibitory, true)
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
