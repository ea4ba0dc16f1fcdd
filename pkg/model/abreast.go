package model

// A trial of a block is that of training.trial, in two halves: what the neurons
// sense, up to the release that each would have by itself, and how they respond
// to the release that they get.

// sense presents pattern mu: currents, potentials, and who releases.
func (b *block) sense(mu int) {
	b.excitatory.gather(b.patterns.excitatory[mu])
	b.inhibitory.gather(b.patterns.inhibitory[mu])
	next := &b.next[mu]
	for lane := range b.members {
		m := &b.members[lane]
		s := &m.signals
		s.Excitation = float64(b.excitatory.sums[lane&7] * b.scale)
		s.Inhibition = float64(b.inhibitory.sums[lane&7] * b.scale)
		m.v = s.Excitation - s.Inhibition - m.threshold
		next[lane&7] = m.v
		s.Threshold, s.MeanOutput = m.threshold, m.learner.MeanOutput
		s.Target = m.targets[mu]
		y := 0
		if s.Target {
			y = 1
		}
		s.ACh, s.NE = m.draws.chance(m.release[y]), m.draws.chance(m.rouse[y])
	}
}

// respond is the neurons' outputs and what their synapses learn.
func (b *block) respond(mu int) {
	for lane := range b.members {
		m := &b.members[lane]
		l, s, v := m.learner, &m.signals, m.v
		if s.ACh {
			v += l.ACh.gain(m.rng.NormFloat64())
		}
		if s.NE {
			v += l.NE.gain(m.rng.NormFloat64())
		}
		var y int
		if v > 0 {
			y = 1
		}
		s.Output, s.Reward = float64(y), (v > 0) == s.Target
		k := caseOf(y, s.Target, s.ACh, s.NE)
		m.excite.on(&b.excitatory, lane, s, k)
		m.inhibit.on(&b.inhibitory, lane, s, k)
		if l.Memory > 0 {
			l.MeanOutput += (s.Output - l.MeanOutput) / l.Memory
		}
	}
	b.excitatory.learn(b.patterns.excitatory[mu])
	b.inhibitory.learn(b.patterns.inhibitory[mu])
}
