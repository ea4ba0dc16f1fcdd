package model

import (
	"iter"
	"math"

	"credo/internal/domain"
	"credo/internal/gauss"

	"gonum.org/v1/gonum/integrate/quad"
)

// Modulator is a neuromodulator that is released on some trials. It
// disinhibits: where released, the potential gains
//
//	M = A max(0, 1 + ξ),  ξ ~ N(0, 1),
//
// a rectified Gaussian drawn anew on every trial, of mean
// (Φ(1) + φ(1)) A = 1.083 A and standard deviation 0.867 A; it is 0 with
// probability Φ(−1) = 0.159.
//
// Release may be imperfect in three further ways, all absent by default; absent
// they cost neither time nor random words in training.
type Modulator struct {
	Probability   float64 // ρ, P(released | Y = 1), in [0, 1]
	Error         float64 // ε, P(released | Y = 0), in [0, 1]; equal to ρ if release ignores the target
	Disinhibition float64 // A ≥ 0, in units of the currents

	// Late is q in [0, 1], the probability that release on a trial is decided
	// by the target of an earlier trial, Delay ≥ 0 trials ago, 0 meaning 1.
	Late  float64
	Delay int
	// Coupling is κ in [−1, 1], how release goes with the answer that the
	// neuron gives by itself: where V ≤ 0 a share κ > 0 of the releases is
	// missing, where V > 0 a share −κ if κ < 0.
	Coupling float64
	// Variation is σ in [0, 1], the standard deviation of the amplitude of a
	// release over its mean, as rules see it in Signals.AChExcess or NEExcess.
	Variation float64
}

// fields are those of the modulator of the given name, with their domains.
func (m Modulator) fields(name string) []domain.Field {
	return []domain.Field{
		{Name: name + ".Probability", Value: m.Probability, In: domain.Probability},
		{Name: name + ".Error", Value: m.Error, In: domain.Probability},
		{Name: name + ".Disinhibition", Value: m.Disinhibition, In: domain.NonNegative},
		{Name: name + ".Late", Value: m.Late, In: domain.Probability},
		{Name: name + ".Delay", Value: float64(m.Delay), In: domain.NonNegative},
		{Name: name + ".Coupling", Value: m.Coupling, In: domain.Signed},
		{Name: name + ".Variation", Value: m.Variation, In: domain.Probability},
	}
}

// release is the probability of release given the target. It and gain take a
// pointer because the loop calls them, and a copy would be made of a struct of
// more than four fields.
func (m *Modulator) release(target bool) float64 {
	if target {
		return m.Probability
	}
	return m.Error
}

// gain is the disinhibition M of a release whose Gaussian variable is xi,
// rounded before anything is added to it.
func (m *Modulator) gain(xi float64) float64 { return float64(m.Disinhibition * max(0, 1+xi)) }

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

// Spike returns the probability that a neuron of potential v fires when the
// modulator is released,
//
//	p(V) = P(V + M > 0) = 1 for V > 0 and Φ(1 + V/A) for V ≤ 0,
//
// which jumps by 1 − Φ(1) = 0.159 at V = 0 because M is 0 that often. With
// A = 0 it is the step 1[V > 0]. Derived here.
func (m Modulator) Spike(v float64) float64 {
	switch {
	case v > 0:
		return 1
	case m.Disinhibition == 0:
		return 0
	}
	return gauss.CDF(1 + v/m.Disinhibition)
}

// SpikeWith returns the probability that a neuron of potential v fires when
// both modulators are released, P(V + M + M' > 0): 1 for V > 0, and for
// u = −V ≥ 0
//
//	Φ(1 − u/A) + Φ(−1) Φ(1 − u/A') + ∫₀ᵘ φ(m/A − 1) Φ(1 − (u − m)/A') dm/A,
//
// the three terms being M alone sufficient, M = 0 and M' sufficient, and
// neither. It is symmetric in the two and accurate to 1e-14. Derived here.
func (m Modulator) SpikeWith(other Modulator, v float64) float64 {
	// With the smaller amplitude outside, the inner function varies no
	// faster than the Gaussian, and a fixed quadrature suffices.
	a, b := min(m.Disinhibition, other.Disinhibition), max(m.Disinhibition, other.Disinhibition)
	if v > 0 || a == 0 {
		return Modulator{Disinhibition: b}.Spike(v)
	}
	u := -v
	const nodes, tail = 64, 9 // φ(9) = 1e-18
	neither := func(t float64) float64 { return gauss.PDF(t) * gauss.CDF(1-(u-a*(1+t))/b) }
	return gauss.CDF(1-u/a) + gauss.CDF(-1)*gauss.CDF(1-u/b) +
		quad.Fixed(neither, -1, min(u/a-1, tail), nodes, quad.Legendre{}, 0)
}

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
	for s, p := range l.trials(Signals{MeanOutput: l.MeanOutput, Excitation: iE, Inhibition: iI, Threshold: l.Neuron.Threshold, Target: target}) {
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
