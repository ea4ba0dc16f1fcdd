package model

import "math"

// kept is the share of the releases that the neuron's own answer at potential
// v leaves.
func (m Modulator) kept(v float64) float64 {
	missing := m.Coupling
	if v > 0 {
		missing = -missing
	}
	return 1 - max(0, missing)
}

// Prompt returns the modulator that is never late and is released as often on
// trials of either target: with patterns in random order the target of an
// earlier trial says nothing about this one's, so that
//
//	ρ' = (1−q) ρ + q ρ̄,  ε' = (1−q) ε + q ρ̄,  ρ̄ = f_Y ρ + (1−f_Y) ε,
//
// whatever the delay: the lateness of a teacher is an error of release. Domain:
// f_Y = targetCoding in [0, 1]. With P patterns the earlier trial is one of the
// P−1 others, whose share of Y = 1 differs from f_Y by less than 1/(P−1).
// Derived here.
func (m Modulator) Prompt(targetCoding float64) Modulator {
	if m.Late == 0 {
		return m
	}
	anyone := targetCoding*m.Probability + (1-targetCoding)*m.Error
	m.Probability += m.Late * (anyone - m.Probability)
	m.Error += m.Late * (anyone - m.Error)
	m.Late, m.Delay = 0, 0
	return m
}

// distorted reports whether releases depend on the potential or vary in
// amplitude.
func (m Modulator) distorted() bool { return m.Coupling != 0 || m.Variation != 0 }

// delayed fills in the teachers of an epoch whose order is given, if release may
// be late. The epoch is a ring: its first trials are taught by the targets of
// its last, so that each target is met once whatever the delay, and nothing is
// carried over from one epoch to the next.
func (t *training) delayed(m Modulator, teachers []bool) {
	if m.Late == 0 {
		return
	}
	n, late := len(t.order), max(1, m.Delay)
	for trial, mu := range t.order {
		from := mu
		if t.chance(m.Late) {
			from = t.order[((trial-late)%n+n)%n]
		}
		teachers[mu] = t.associations.targets[from]
	}
}

// distort lets the neuron's own answer take releases away and draws the excess
// of the amplitude of those that it leaves.
func (t *training) distort(v float64) {
	l, s := t.learner, &t.signals
	s.ACh = s.ACh && t.chance(l.ACh.kept(v))
	s.NE = s.NE && t.chance(l.NE.kept(v))
	s.AChExcess, s.NEExcess = t.excess(s.ACh, l.ACh), t.excess(s.NE, l.NE)
}

// excess is −σ or σ with equal probability, and 0 without release.
func (t *training) excess(released bool, m Modulator) float64 {
	if !released || m.Variation == 0 {
		return 0
	}
	return math.Copysign(m.Variation, float64(int64(t.pcg.Uint64())))
}
