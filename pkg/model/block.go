package model

import (
	"context"
	"fmt"
	"math/rand/v2"

	"credo/internal/lanes"
)

// block is up to eight neurons of a layer that learn side by side, each as
// [training] would train it.
type block struct {
	members                []*member
	patterns               *Associations // whose targets are no one's
	scale                  float64       // 1/√N
	excitatory, inhibitory rows
	tape                   *tape
	presented, next        []lanes.Row // V at presentation: last whole epoch, and the one under way
}

// member is one of the neurons of a block.
type member struct {
	number          int // in the layer
	learner         *Learner
	associations    *Associations // with its own targets
	rate, threshold float64       // λ/√N, θ
	excite, inhibit summed
	release, rouse  [2]uint64 // thresholds of ACh's and NE's release where Y = 0 and 1
	mean            float64   // MeanOutput at the beginning of the epoch
	signals         Signals
	v               float64
	draws           reader
	rng             *rand.Rand
}

// abreast reports whether the learner may be one of a block: whether all that it
// does on a trial follows from its currents, its draws and its rules.
func (l *Learner) abreast() bool {
	late, distorted := l.ACh.Late > 0 || l.NE.Late > 0, l.ACh.distorted() || l.NE.distorted()
	return l.Teacher == nil && !late && !distorted
}

// newBlock returns a block of the neurons of these numbers.
func newBlock(learners []*Learner, a []*Associations, numbers []int, t *tape) *block {
	first := a[numbers[0]]
	nE, nI := first.Channels()
	b := &block{
		patterns: first, scale: perRoot(nE), tape: t,
		excitatory: newRows(nE), inhibitory: newRows(nI),
		presented: lanes.Rows(first.Len()), next: lanes.Rows(first.Len()),
	}
	for lane, number := range numbers {
		l := learners[number]
		m := &member{
			number: number, learner: l, associations: a[number], rate: l.perTrial(), threshold: l.Neuron.Threshold,
			excite: newSummed(l.Excitatory, false), inhibit: newSummed(l.Inhibitory, false),
			release: [2]uint64{threshold(l.ACh.Error), threshold(l.ACh.Probability)},
			rouse:   [2]uint64{threshold(l.NE.Error), threshold(l.NE.Probability)},
			draws:   reader{tape: t},
		}
		m.rng = rand.New(&m.draws)
		maxE, maxI := l.bounds()
		b.excitatory.load(lane, l.Neuron.Excitatory, maxE)
		b.inhibitory.load(lane, l.Neuron.Inhibitory, maxI)
		b.members = append(b.members, m)
	}
	return b
}

func (b *block) learners() (all []*Learner) {
	for _, m := range b.members {
		all = append(all, m.learner)
	}
	return all
}

func (b *block) present(ctx context.Context, word1, word2 uint64) error {
	b.begin(word1, word2)
	look := looks(lanes.Neurons * len(b.excitatory.w))
	for trial, mu := range b.tape.order {
		if trial%look == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		b.sense(int(mu))
		b.respond(int(mu))
	}
	return b.end()
}

// begin begins an epoch.
func (b *block) begin(word1, word2 uint64) {
	b.tape.start(word1, word2)
	copy(b.excitatory.saved, b.excitatory.w)
	copy(b.inhibitory.saved, b.inhibitory.w)
	for _, m := range b.members {
		m.draws.at, m.mean = 0, m.learner.MeanOutput
	}
}

// end looks whether the epoch has left finite weights.
func (b *block) end() error {
	if b.excitatory.finite() && b.inhibitory.finite() {
		return nil
	}
	b.store()
	for _, m := range b.members {
		if err := m.learner.escaped(); err != nil {
			return fmt.Errorf("neuron %d: %w", m.number, err)
		}
	}
	return nil
}

func (b *block) undo() {
	copy(b.excitatory.w, b.excitatory.saved)
	copy(b.inhibitory.w, b.inhibitory.saved)
	for _, m := range b.members {
		m.learner.MeanOutput = m.mean
	}
	b.store()
}

func (b *block) keep() {
	b.presented, b.next = b.next, b.presented
	for _, m := range b.members {
		m.learner.Epochs++
	}
}

// store gives the neurons their weights.
func (b *block) store() {
	for lane, m := range b.members {
		b.excitatory.store(lane, m.learner.Neuron.Excitatory)
		b.inhibitory.store(lane, m.learner.Neuron.Inhibitory)
	}
}

func (b *block) entry(k int) Entry {
	m, presented := b.members[k], make([]float64, len(b.presented))
	for mu := range presented {
		presented[mu] = b.presented[mu][k]
	}
	b.excitatory.store(k, m.learner.Neuron.Excitatory)
	b.inhibitory.store(k, m.learner.Neuron.Inhibitory)
	return m.associations.entry(m.learner.Epochs, presented, m.learner.Neuron.Potentials(m.associations))
}
