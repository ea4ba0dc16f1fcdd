package model

import (
	"iter"
	"math"
)

// Mean returns the mean change that the rules make on a trial of the given
// target and currents, averaged over the release of both neuromodulators and
// over their disinhibition, separately for excitatory and inhibitory
// synapses. As a rule sees the disinhibition only through y, the mean is a sum
// over eight cases,
//
//	Σ_ACh Σ_NE Σ_y P(ACh|Y, V) P(NE|Y, V) P(y | ACh, NE, V) Change(y, ACh, NE, …),
//
// and more where amplitudes vary, exact for any rule. The running mean is
// l.MeanOutput, held constant. The result is in units of λ/√N, before bounds
// and before l.Decay. It is NaN if release may be late, which makes the mean a
// matter of the other patterns: see [Modulator.Prompt]. Derived here.
func (l *Learner) Mean(target bool, iE, iI float64) (excitatory, inhibitory Change) {
	return l.mean(target, iE, iI, 0)
}

// mean is Mean on a trial on which a teacher says told.
func (l *Learner) mean(target bool, iE, iI, told float64) (excitatory, inhibitory Change) {
	for s, p := range l.trials(Signals{MeanOutput: l.MeanOutput, Excitation: iE, Inhibition: iI, Threshold: l.Neuron.Threshold, Target: target, Told: told}) {
		excitatory.add(total(l.Excitatory, s).times(p))
		inhibitory.add(total(l.Inhibitory, s).times(p))
	}
	return excitatory, inhibitory
}

// Firing returns the mean output on a trial of the given target and
// potential, averaged over the release and the disinhibition of both
// neuromodulators,
//
//	ȳ(Y, V) = Σ_ACh Σ_NE P(ACh|Y, V) P(NE|Y, V) P(y = 1 | ACh, NE, V).
//
// NaN if release may be late. Derived here.
func (l *Learner) Firing(target bool, v float64) (mean float64) {
	for s, p := range l.trials(Signals{Excitation: v, Target: target}) {
		mean += p * s.Output
	}
	return mean
}

// outcome is one of the things that can happen to a modulator on a trial.
type outcome struct {
	released             bool
	amplitude, excess, p float64 // amplitude: A if released
}

// outcomes are not released, and released in the lower and the higher amplitude
// 1 ∓ σ or, without variation, in one; the rest has probability 0. If release
// may be late their probabilities are NaN.
func (m Modulator) outcomes(target bool, v float64) [3]outcome {
	p := m.release(target) * m.kept(v)
	switch {
	case m.Late > 0:
		p = math.NaN()
	case m.Variation == 0:
		return [3]outcome{{p: 1 - p}, {true, m.Disinhibition, 0, p}}
	}
	return [3]outcome{{p: 1 - p}, {true, m.Disinhibition, -m.Variation, p / 2}, {true, m.Disinhibition, m.Variation, p / 2}}
}

// trials goes through what can happen on a trial of the given target, currents
// and running mean: all signals of it, and its probability.
func (l *Learner) trials(s Signals) iter.Seq2[*Signals, float64] {
	return func(yield func(*Signals, float64) bool) {
		v := s.Excitation - s.Inhibition - s.Threshold
		noradrenaline := l.NE.outcomes(s.Target, v)
		for _, ach := range l.ACh.outcomes(s.Target, v) {
			for _, ne := range noradrenaline {
				p := ach.p * ne.p
				if p == 0 {
					continue
				}
				s.ACh, s.AChExcess, s.NE, s.NEExcess = ach.released, ach.excess, ne.released, ne.excess
				fires := Modulator{Disinhibition: ach.amplitude}.SpikeWith(Modulator{Disinhibition: ne.amplitude}, v)
				for y, py := range [2]float64{1 - fires, fires} {
					s.Output, s.Reward = float64(y), (y == 1) == s.Target
					if py != 0 && !yield(&s, p*py) {
						return
					}
				}
			}
		}
	}
}
