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
	members                []member
	patterns               *Associations // whose targets are no one's
	scale                  float64       // 1/√N
	excitatory, inhibitory rows
	tape                   *tape
	presented, next        []lanes.Row // V at presentation: last whole epoch, and the one under way
}

// member is one of the neurons of a block.
type member struct {
	signals         Signals
	v, threshold    float64
	release, rouse  [2]uint64 // thresholds of ACh's and NE's release where Y = 0 and 1
	targets         []bool
	draws           *reader
	excite, inhibit effect

	learner      *Learner
	rng          *rand.Rand    // from draws
	associations *Associations // with its own targets
	place        int           // in the layer
	mean         float64       // MeanOutput at the beginning of the epoch
}

// effect is what the rules of a kind do to the weights of a lane.
type effect struct {
	known         bool        // for each case
	extra, common [16]float64 // if known
	rules         *summed
	rate, decay   float64 // λ/√N, d
}

func newEffect(l *Learner, rules []Rule) effect {
	sum := newSummed(rules, false)
	e := effect{rules: &sum, rate: l.perTrial(), decay: l.Decay}
	e.extra, e.common, e.known = sum.known(e.rate, e.decay)
	return e
}

// on notes what the rules do to a lane on a trial of case k.
func (e *effect) on(r *rows, lane int, s *Signals, k int) {
	if e.known {
		r.extra[lane&7], r.common[lane&7] = e.extra[k&15], e.common[k&15]
		return
	}
	r.bring(lane&7, e.rules.total(s, k), e.rate, e.decay)
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
		draws := &reader{tape: t}
		m := member{
			threshold: l.Neuron.Threshold, targets: a[number].targets, draws: draws, rng: rand.New(draws),
			release: [2]uint64{threshold(l.ACh.Error), threshold(l.ACh.Probability)},
			rouse:   [2]uint64{threshold(l.NE.Error), threshold(l.NE.Probability)},
			excite:  newEffect(l, l.Excitatory), inhibit: newEffect(l, l.Inhibitory),
			learner: l, associations: a[number], place: number,
		}
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
	for lane := range b.members {
		m := &b.members[lane]
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
			return fmt.Errorf("neuron %d: %w", m.place, err)
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
	m, presented := &b.members[k], make([]float64, len(b.presented))
	for mu := range presented {
		presented[mu] = b.presented[mu][k]
	}
	b.excitatory.store(k, m.learner.Neuron.Excitatory)
	b.inhibitory.store(k, m.learner.Neuron.Inhibitory)
	return m.associations.entry(m.learner.Epochs, presented, m.learner.Neuron.Potentials(m.associations))
}
