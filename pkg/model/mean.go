package model

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
	for _, s.ACh = range [2]bool{false, true} {
		for _, s.NE = range [2]bool{false, true} {
			p := chance(l.ACh.release(target), s.ACh) * chance(l.NE.release(target), s.NE)
			if p == 0 {
				continue
			}
			fires := l.spike(v, s.ACh, s.NE)
			for y, py := range [2]float64{1 - fires, fires} {
				if py == 0 {
					continue
				}
				s.Output = float64(y)
				s.Reward = (y == 1) == target
				excitatory.add(p*py, total(l.Excitatory, &s))
				inhibitory.add(p*py, total(l.Inhibitory, &s))
			}
		}
	}
	return excitatory, inhibitory
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
