package model

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
