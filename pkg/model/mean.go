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
	s := Signals{MeanOutput: l.MeanOutput, Excitation: iE, Inhibition: iI, Threshold: l.Neuron.Threshold, Target: target}
	for r := range l.releases(target, iE-iI-l.Neuron.Threshold) {
		s.ACh, s.NE = r.ach.released, r.ne.released
		s.AChExcess, s.NEExcess = r.ach.excess, r.ne.excess
		for y, py := range [2]float64{1 - r.fires, r.fires} {
			if py == 0 {
				continue
			}
			s.Output = float64(y)
			s.Reward = (y == 1) == target
			excitatory.add(total(l.Excitatory, &s).times(r.p * py))
			inhibitory.add(total(l.Inhibitory, &s).times(r.p * py))
		}
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
	for r := range l.releases(target, v) {
		mean += r.p * r.fires
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

// release is what happens to the neuromodulators on a trial, how probable that
// is, and how probable it then is that the neuron fires.
type release struct {
	ach, ne  outcome
	p, fires float64
}

// releases goes through the releases that are possible on a trial of the given
// target and potential.
func (l *Learner) releases(target bool, v float64) iter.Seq[release] {
	return func(yield func(release) bool) {
		noradrenaline := l.NE.outcomes(target, v)
		for _, ach := range l.ACh.outcomes(target, v) {
			for _, ne := range noradrenaline {
				p := ach.p * ne.p
				if p == 0 {
					continue
				}
				fires := Modulator{Disinhibition: ach.amplitude}.SpikeWith(Modulator{Disinhibition: ne.amplitude}, v)
				if !yield(release{ach, ne, p, fires}) {
					return
				}
			}
		}
	}
}
