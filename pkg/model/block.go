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
	members  []member
	patterns *Associations // whose targets are no one's
	scale    float64       // 1/√N
	weights
	tape            *tape
	presented, next []lanes.Row // V at presentation: last whole epoch, and the one under way
}

// member is one of the neurons of a block.
type member struct {
	signals         Signals
	v, threshold    float64
	memory          float64
	silent          bool   // may not fire
	varies          bool   // releases have other amplitudes than 1
	ach, ne         [2]die // their release where Y = 0 and 1
	targets         []bool
	draws           reader
	excite, inhibit effect

	learner      *Learner
	rng          *rand.Rand    // from draws
	associations *Associations // with its own targets
	place        int           // in the layer
	mean         float64       // MeanOutput at the beginning of the epoch
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
		members: make([]member, len(numbers)), patterns: first, scale: perRoot(nE), tape: t,
		weights:   weights{kinds: [2]rows{newRows(nE, 0), newRows(nI, skew)}},
		presented: lanes.Rows(first.Len()), next: lanes.Rows(first.Len()),
	}
	for lane, number := range numbers {
		l := learners[number]
		b.members[lane] = member{
			threshold: l.Neuron.Threshold, memory: l.Memory, targets: a[number].targets, draws: reader{tape: t},
			ach:    [2]die{dieOf(l.ACh.Error), dieOf(l.ACh.Probability)},
			ne:     [2]die{dieOf(l.NE.Error), dieOf(l.NE.Probability)},
			excite: newEffect(l, l.Excitatory, false), inhibit: newEffect(l, l.Inhibitory, false),
			learner: l, associations: a[number], place: number,
		}
		b.high[0][lane], b.high[1][lane] = l.bounds()
		b.bounded = b.bounded || l.MaxWeight != 0 || l.MaxInhibitory != 0
		b.kinds[0].load(lane, l.Neuron.Excitatory)
		b.kinds[1].load(lane, l.Neuron.Inhibitory)
		b.members[lane].rng = rand.New(&b.members[lane].draws)
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
	look := looks(b.weigh())
	for trial, mu := range b.tape.order {
		if trial%look == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		b.sense(int(mu))
		b.respond(int(mu))
	}
	return b.end()
}

// weigh is the number of excitatory weights.
func (b *block) weigh() int { return lanes.Neurons * len(b.kinds[0].w) }

// begin begins an epoch.
func (b *block) begin(word1, word2 uint64) {
	b.tape.start(word1, word2)
	for _, r := range b.kinds {
		copy(r.saved, r.w)
	}
	for lane := range b.members {
		m := &b.members[lane]
		m.draws.at, m.mean = 0, m.learner.MeanOutput
		m.signals.Threshold, m.signals.MeanOutput = m.threshold, m.mean
	}
}

// end looks whether the epoch has left finite weights.
func (b *block) end() error {
	if b.kinds[0].finite() && b.kinds[1].finite() {
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
	for _, r := range b.kinds {
		copy(r.w, r.saved)
	}
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
		b.kinds[0].store(lane, m.learner.Neuron.Excitatory)
		b.kinds[1].store(lane, m.learner.Neuron.Inhibitory)
	}
}

func (b *block) entry(k int) Entry {
	m, presented := &b.members[k], make([]float64, len(b.presented))
	for mu := range presented {
		presented[mu] = b.presented[mu][k]
	}
	b.kinds[0].store(k, m.learner.Neuron.Excitatory)
	b.kinds[1].store(k, m.learner.Neuron.Inhibitory)
	return m.associations.entry(m.learner.Epochs, presented, m.learner.Neuron.Potentials(m.associations))
}

// A trial of a block is that of training.trial, in two halves: what the neurons
// sense, up to the release that each would have by itself, and how they respond
// to the release that they get.

// sense presents pattern mu: currents, potentials, and who releases.
func (b *block) sense(mu int) {
	b.gather(b.patterns.excitatory[mu], b.patterns.inhibitory[mu])
	next := &b.next[mu]
	for lane := range b.members {
		m := &b.members[lane]
		s := &m.signals
		s.Excitation = float64(b.sums[0][lane&7] * b.scale)
		s.Inhibition = float64(b.sums[1][lane&7] * b.scale)
		m.v = s.Excitation - s.Inhibition - m.threshold
		next[lane&7] = m.v
		s.Target = m.targets[mu]
		y := 0
		if s.Target {
			y = 1
		}
		words, ach, ne := m.draws.ahead(2), &m.ach[y], &m.ne[y]
		s.ACh, s.NE = ach.happens(words[0]), ne.happens(words[ach.words&1])
		m.draws.at += ach.words + ne.words
	}
}

// respond is the neurons' outputs and what their synapses learn.
func (b *block) respond(mu int) {
	for lane := range b.members {
		m := &b.members[lane]
		s, v := &m.signals, m.v
		if s.ACh {
			v += m.learner.ACh.gain(m.rng.NormFloat64())
		}
		if s.NE {
			v += m.learner.NE.gain(m.rng.NormFloat64())
		}
		fires := v > 0 && !m.silent
		var y int
		if fires {
			y = 1
		}
		s.Output, s.Reward = float64(y), fires == s.Target
		k := caseOf(y, s.Target, s.ACh, s.NE)
		var askE, askI bool
		b.extra[0][lane&7], b.common[0][lane&7], askE = m.excite.on(s, k)
		b.extra[1][lane&7], b.common[1][lane&7], askI = m.inhibit.on(s, k)
		if askE {
			b.bring(0, lane&7, m.excite.rules.total(s, k), m.excite.rate, m.excite.decay)
		}
		if askI {
			b.bring(1, lane&7, m.inhibit.rules.total(s, k), m.inhibit.rate, m.inhibit.decay)
		}
		if m.memory > 0 {
			s.MeanOutput += (s.Output - s.MeanOutput) / m.memory
			m.learner.MeanOutput = s.MeanOutput
		}
	}
	b.learn(b.patterns.excitatory[mu], b.patterns.inhibitory[mu])
}
