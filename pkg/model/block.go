package model

import (
	"context"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"

	"credo/internal/lanes"
)

// block is up to eight neurons of a layer that learn side by side, each in a lane,
// as [training] would train it.
type block struct {
	members  []member
	patterns *Associations // whose targets are no one's
	targets  []cases       // the neurons' own, a pattern
	scale    float64       // 1/√N
	weights
	dice            []dice
	diceOf          [lanes.Neurons]int
	threshold       lanes.Row
	disinhibition   [2]lanes.Row // of ACh and NE
	everyone        cases        // 1 in the bytes of the members
	effects         [2]effects
	asked           []int       // lanes whose rules are to be asked
	remember        []int       // lanes whose mean output is followed
	presented, next []lanes.Row // V at presentation: last whole epoch, and the one under way
	before          []lanes.Row // presented when it was saved
	tested          bool        // next is V at the end of the last epoch

	// The trial.
	trial   cases        // targets and releases
	gains   [2]lanes.Row // what the releases add to V
	choices [2]*lanes.Choice
	lines   [2]*lanes.Lines
	excess  lanes.Row // of the amplitude of acetylcholine over 1
	signals Signals   // of a neuron that is asked
}

// member is one of the neurons of a block.
type member struct {
	learner      *Learner
	associations *Associations // with its own targets
	place        int           // in the layer
	saved        progress
	effects      [2]effect
	varies       bool // releases have other amplitudes than 1
}

// abreast reports whether the learner may be one of a block: whether all that it
// does on a trial follows from its currents, its draws and its rules.
func (l *Learner) abreast() bool {
	late, distorted := l.ACh.Late > 0 || l.NE.Late > 0, l.ACh.distorted() || l.NE.distorted()
	return l.Teacher == nil && !late && !distorted
}

// newBlock returns a block of the neurons of these numbers. If they are apart each
// draws by itself, since what it gets need not be what it drew.
func newBlock(learners []*Learner, a []*Associations, numbers []int, apart bool) *block {
	first := a[numbers[0]]
	nE, nI := first.Channels()
	b := &block{
		members: make([]member, len(numbers)), patterns: first, targets: make([]cases, first.Len()), scale: perRoot(nE),
		weights:   weights{kinds: [2]rows{newRows(nE, 0), newRows(nI, skew)}},
		presented: lanes.Rows(first.Len()), next: lanes.Rows(first.Len()), before: make([]lanes.Row, first.Len()),
	}
	for lane, number := range numbers {
		l := learners[number]
		m := &b.members[lane]
		m.learner, m.associations, m.place = l, a[number], number
		for mu, target := range m.associations.targets {
			if target {
				b.targets[mu] |= each(lane, wanted)
			}
		}
		b.threshold[lane], b.everyone = l.Neuron.Threshold, b.everyone|each(lane, 1)
		b.disinhibition[0][lane], b.disinhibition[1][lane] = l.ACh.Disinhibition, l.NE.Disinhibition
		b.allot(lane, apart)
		b.lay(lane)
		if l.Memory > 0 {
			b.remember = append(b.remember, lane)
		}
		maxE, maxI := l.bounds()
		b.bound(lane, [2]float64{maxE, maxI})
		b.kinds[0].load(lane, l.Neuron.Excitatory)
		b.kinds[1].load(lane, l.Neuron.Inhibitory)
	}
	for k := range b.dice {
		b.dice[k].rng = rand.New(&b.dice[k].draws)
	}
	return b
}

// allot gives a lane its dice: those of a lane that draws the same, or its own.
func (b *block) allot(lane int, apart bool) {
	m := &b.members[lane]
	ach, ne := m.learner.ACh.dice(), m.learner.NE.dice()
	k := slices.IndexFunc(b.dice, func(d dice) bool {
		return !apart && d.ach == ach && d.ne == ne && slices.Equal(b.members[d.first].associations.targets, m.associations.targets)
	})
	if k < 0 {
		k, b.dice = len(b.dice), append(b.dice, dice{first: lane, ach: ach, ne: ne})
	}
	b.diceOf[lane] = k
	b.dice[k].lanes, b.dice[k].bytes = append(b.dice[k].lanes, lane), b.dice[k].bytes|each(lane, 1)
}

// lay lays out what a lane's rules do, as far as they need not be asked.
func (b *block) lay(lane int) {
	m := &b.members[lane]
	b.asked = slices.DeleteFunc(b.asked, func(other int) bool { return other == lane })
	for kind, rules := range [2][]Rule{m.learner.Excitatory, m.learner.Inhibitory} {
		m.effects[kind] = newEffect(m.learner, rules, m.varies)
		b.effects[kind].set(lane, &m.effects[kind])
	}
	if m.effects[0].ask() || m.effects[1].ask() {
		b.asked = append(b.asked, lane)
		slices.Sort(b.asked)
	}
}

func (b *block) learners() (all []*Learner) {
	for _, m := range b.members {
		all = append(all, m.learner)
	}
	return all
}

func (b *block) present(ctx context.Context, t *tape) error {
	b.begin(t)
	look := looks(b.count())
	for trial, mu := range t.order {
		if trial%look == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		b.draw(int(mu))
		b.prepare()
		b.sense(int(mu))
		b.respond(int(mu))
	}
	return b.end()
}

func (b *block) weigh() (weights int, ok bool) {
	return b.count() * b.patterns.Len(), len(b.asked) == 0
}

// begin begins an epoch.
func (b *block) begin(t *tape) {
	t.start(b.patterns.Len())
	b.tested = false
	for k := range b.dice {
		b.dice[k].draws = reader{tape: t}
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

func (b *block) save() {
	for _, r := range b.kinds {
		copy(r.saved, r.w)
	}
	copy(b.before, b.presented)
	for k := range b.members {
		b.members[k].saved.note(b.members[k].learner)
	}
}

func (b *block) back() {
	for _, r := range b.kinds {
		copy(r.w, r.saved)
	}
	copy(b.presented, b.before)
	for _, m := range b.members {
		m.saved.back(m.learner)
	}
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
	m := &b.members[k]
	if !b.tested {
		b.test()
	}
	presented, tested := make([]float64, len(b.presented)), make([]float64, len(b.presented))
	for mu := range presented {
		presented[mu], tested[mu] = b.presented[mu][k], b.next[mu][k]
	}
	b.kinds[0].store(k, m.learner.Neuron.Excitatory)
	b.kinds[1].store(k, m.learner.Neuron.Inhibitory)
	return m.associations.entry(m.learner.Epochs, presented, tested)
}

// test presents all patterns without anything being learned.
func (b *block) test() {
	b.tested = true
	for mu := range b.next {
		b.sense(mu)
	}
}

// A trial of a block is that of training.trial, in the order that lets a processor go
// on: what is drawn and follows from it comes before what waits for the weights.

// draw draws who releases on pattern mu.
func (b *block) draw(mu int) {
	b.trial = b.targets[mu]
	for k := range b.dice {
		b.trial |= b.dice[k].release(b.targets[mu])
	}
}

// get gives a neuron acetylcholine, or none. From the first that has another amplitude
// than 1 all rules of the neuron are asked, as those that are tabulated are so for one
// amplitude. What they do at that is the same, bit for bit.
func (b *block) get(lane int, ach bool, amplitude float64) {
	b.trial, b.excess[lane] = b.trial&^each(lane, getsACh), 0
	if !ach {
		return
	}
	b.trial |= each(lane, getsACh)
	if amplitude != 1 {
		b.excess[lane] = amplitude - 1
		if m := &b.members[lane]; !m.varies {
			m.varies = true
			b.lay(lane)
		}
	}
}

// prepare draws what releases do, and lays out what the rules do then.
func (b *block) prepare() {
	b.gains = [2]lanes.Row{}
	for released := b.trial & (b.everyone * (getsACh | getsNE)); released != 0; {
		bit := bits.TrailingZeros64(uint64(released)) // of a lane 2 is ACh, and comes first, and 3 is NE
		d, modulator := &b.dice[b.diceOf[bit/8&7]], bit&1
		d.disinhibit(&b.gains[modulator], &b.disinhibition[modulator])
		released &^= d.bytes << (bit % 8)
	}
	for kind := range b.effects {
		b.choices[kind], b.lines[kind] = b.effects[kind].choice(b.trial, b.everyone), b.effects[kind].lines
	}
}

// sense presents pattern mu: currents and potentials.
func (b *block) sense(mu int) {
	b.gather(b.patterns.excitatory[mu], b.patterns.inhibitory[mu])
	lanes.Potentials(&b.next[mu], &b.sums, b.scale, &b.threshold)
}

// respond is the neurons' outputs and what their synapses learn.
func (b *block) respond(mu int) {
	lanes.Respond(&b.response, &b.next[mu], &b.gains, &b.sums, &b.choices, &b.lines)
	for _, lane := range b.asked {
		b.ask(lane)
	}
	for _, lane := range b.remember {
		l := b.members[lane].learner
		l.MeanOutput += (float64(b.caseOf(lane)&fires) - l.MeanOutput) / l.Memory
	}
	b.learn(b.patterns.excitatory[mu], b.patterns.inhibitory[mu])
}

// caseOf is the case of a lane.
func (b *block) caseOf(lane int) int { return b.trial.of(lane) | b.response.Fires>>lane&fires }

// ask asks the rules of a lane what they do.
func (b *block) ask(lane int) {
	m, s, k := &b.members[lane], &b.signals, b.caseOf(lane)
	*s = Signals{MeanOutput: m.learner.MeanOutput, Excitation: b.sums[0][lane], Inhibition: b.sums[1][lane], Threshold: b.threshold[lane], AChExcess: b.excess[lane]}
	s.set(k)
	for kind := range m.effects {
		if e := &m.effects[kind]; e.ask() {
			b.bring(kind, lane, e.rules.total(s, k), e.rate, e.decay)
		}
	}
}
