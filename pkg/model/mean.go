package model

import "iter"

// Mean returns the mean change that the rules make on a trial of the given
// target and currents, averaged over the release of both neuromodulators and
// over their disinhibition, separately for excitatory and inhibitory
// synapses. As a rule sees the disinhibition only through y, the mean is a sum
// over eight cases,
//
//	Σ_ACh Σ_NE Σ_y P(ACh|Y) P(NE|Y) P(y | ACh, NE, V) Change(y, ACh, NE, …),
//
// exact for any rule. The running mean is l.MeanOutput, held constant. The
// result is in units of λ/√N, before bounds and before l.Decay. Derived here.
func (l *Learner) Mean(target bool, iE, iI float64) (excitatory, inhibitory Change) {
	v := iE - iI - l.Neuron.Threshold
	s := Signals{
		MeanOutput: l.MeanOutput,
		Excitation: iE, Inhibition: iI, Threshold: l.Neuron.Threshold,
		Target: target,
	}
	for r := range l.releases(target, v) {
		s.ACh, s.NE = r.ach, r.ne
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
//	ȳ(Y, V) = Σ_ACh Σ_NE P(ACh|Y) P(NE|Y) P(y = 1 | ACh, NE, V).
//
// Derived here.
func (l *Learner) Firing(target bool, v float64) float64 {
	mean := 0.
	for r := range l.releases(target, v) {
		mean += r.p * r.fires
	}
	return mean
}

// release is which neuromodulators are released on a trial, how probable that
// is, and how probable it then is that the neuron fires.
type release struct {
	ach, ne  bool
	p, fires float64
}

// releases goes through the releases that are possible on a trial of the given
// target and potential.
func (l *Learner) releases(target bool, v float64) iter.Seq[release] {
	return func(yield func(release) bool) {
		for _, ach := range [2]bool{false, true} {
			for _, ne := range [2]bool{false, true} {
				p := chance(l.ACh.release(target), ach) * chance(l.NE.release(target), ne)
				if p > 0 && !yield(release{ach, ne, p, l.spike(v, ach, ne)}) {
					return
				}
			}
		}
	}
}

// chance is the probability that an event of probability p has the outcome.
func chance(p float64, outcome bool) float64 {
	if outcome {
		return p
	}
	return 1 - p
}

// spike is the probability that a neuron of potential v fires, given which
// modulators are released.
func (l *Learner) spike(v float64, ach, ne bool) float64 {
	switch {
	case ach && ne:
		return l.ACh.SpikeWith(l.NE, v)
	case ach:
		return l.ACh.Spike(v)
	case ne:
		return l.NE.Spike(v)
	case v > 0:
		return 1
	}
	return 0
}
