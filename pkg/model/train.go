package model

import (
	"context"
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// training is the state of one call of Learner.Train. Everything that a trial
// needs is allocated here once.
type training struct {
	learner      *Learner
	associations *Associations
	rate, scale  float64 // λ/√N, 1/√N

	excitatory, inhibitory population
	excite, inhibit        effect // what the rules do
	saved                  progress
	signals                Signals
	pcg                    rand.PCG
	rng                    *rand.Rand
	order                  []int32
	presented, next        []float64 // V at presentation: last whole epoch, and the one under way
	before                 []float64 // presented when it was saved

	late, distorted   bool
	teachACh, teachNE []bool // the targets that decide release if late, by pattern
}

func newTraining(l *Learner, a *Associations) *training {
	n := l.Neuron
	maxE, maxI := l.bounds()
	t := &training{
		learner: l, associations: a,
		rate: l.perTrial(), scale: perRoot(len(n.Excitatory)),
		excitatory: newPopulation(n.Excitatory, maxE),
		inhibitory: newPopulation(n.Inhibitory, maxI),
		order:      make([]int32, a.Len()),
		presented:  make([]float64, a.Len()),
		next:       make([]float64, a.Len()),
		before:     make([]float64, a.Len()),
	}
	t.rng = rand.New(&t.pcg)
	t.teachACh, t.teachNE = slices.Clone(a.targets), slices.Clone(a.targets)
	t.late = l.ACh.Late > 0 || l.NE.Late > 0
	t.distorted = l.ACh.distorted() || l.NE.distorted()
	t.excite, t.inhibit = newEffect(l, l.Excitatory, t.distorted), newEffect(l, l.Inhibitory, t.distorted)
	return t
}

// perTrial is λ/√N, and perRoot is 1/√N.
func (l *Learner) perTrial() float64 { return l.Rate / math.Sqrt(float64(len(l.Neuron.Excitatory))) }
func perRoot(channels int) float64   { return 1 / math.Sqrt(float64(channels)) }

// patience is how many trials pass between two looks at the context, and
// patientWeights how many weights: a few milliseconds' work.
const patience, patientWeights = 256, 1 << 21

// present presents every pattern once, or returns an error before it has. All
// its randomness comes from the tape's two words.
func (t *training) present(ctx context.Context, words *tape) error {
	t.pcg.Seed(words.word1, words.word2)
	shuffle(t.order, &t.pcg)

	l := t.learner
	t.delayed(l.ACh, t.teachACh)
	t.delayed(l.NE, t.teachNE)
	look := looks(len(t.excitatory.w))
	for trial, mu := range t.order {
		if trial%look == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t.trial(int(mu))
	}
	if !(t.excitatory.finite() && t.inhibitory.finite()) {
		return l.escaped()
	}
	return nil
}

func (t *training) save() {
	t.excitatory.save()
	t.inhibitory.save()
	t.saved.note(t.learner)
	copy(t.before, t.presented)
}

func (t *training) back() {
	t.excitatory.restore()
	t.inhibitory.restore()
	t.saved.back(t.learner)
	copy(t.presented, t.before)
}

// progress is what changes of a learner besides its weights.
type progress struct {
	mean   float64 // MeanOutput
	epochs int
}

func (p *progress) note(l *Learner) { p.mean, p.epochs = l.MeanOutput, l.Epochs }
func (p *progress) back(l *Learner) { l.MeanOutput, l.Epochs = p.mean, p.epochs }

// keep ends an epoch.
func (t *training) keep() {
	t.presented, t.next = t.next, t.presented
	t.learner.Epochs++
}

// looks is the number of trials from one look at the context to the next.
func looks(weights int) int { return max(1, min(patience, patientWeights/max(1, weights))) }

// escaped is the error of a weight that is not finite, nil if all are.
func (l *Learner) escaped() error {
	if err := l.checkWeights(); err != nil {
		return fmt.Errorf("a rule left the finite numbers in epoch %d: %w", l.Epochs+1, err)
	}
	return nil
}

// shuffle puts the patterns in a new random order, whatever their order was. No
// order is favoured by more than P/2⁶⁴.
func shuffle(order []int32, pcg *rand.PCG) {
	for mu := range order {
		other, _ := bits.Mul64(pcg.Uint64(), uint64(mu+1))
		order[mu] = order[other]
		order[other] = int32(mu)
	}
}

// trial presents pattern mu and lets the synapses learn from it.
func (t *training) trial(mu int) {
	l, s := t.learner, &t.signals
	excitatory, inhibitory := t.associations.excitatory[mu], t.associations.inhibitory[mu]

	s.Target = t.associations.targets[mu]
	ach, ne := s.Target, s.Target
	if t.late {
		ach, ne = t.teachACh[mu], t.teachNE[mu]
	}
	s.ACh, s.NE = t.chance(l.ACh.release(ach)), t.chance(l.NE.release(ne))
	s.MeanOutput, s.Told = l.MeanOutput, l.told(mu)
	s.Threshold = l.Neuron.Threshold
	sumE, sumI := gather(&t.excitatory, &t.inhibitory, excitatory, inhibitory)
	iE, iI := float64(sumE*t.scale), float64(sumI*t.scale) // no fused rounding, as in Currents
	s.Excitation, s.Inhibition = iE, iI
	v := iE - iI - l.Neuron.Threshold
	t.next[mu] = v

	if t.distorted {
		t.distort(v)
	}
	if s.ACh {
		v += gain(l.ACh.Disinhibition, t.rng.NormFloat64())
	}
	if s.NE {
		v += gain(l.NE.Disinhibition, t.rng.NormFloat64())
	}
	var y int // a jump on v would be mispredicted
	if v > 0 {
		y = 1
	}
	s.Output = float64(y)
	s.Reward = (v > 0) == s.Target

	// Both populations see the trial as it was before either changes.
	k := caseOf(y, s.Target, s.ACh, s.NE)
	extraE, commonE, askE := t.excite.on(k, iE, iI)
	extraI, commonI, askI := t.inhibit.on(k, iE, iI)
	switch shared := one(excitatory, inhibitory); {
	case askE || askI:
		e, i := t.excite.rules.total(s, k), t.inhibit.rules.total(s, k)
		if shared {
			learnBoth(&t.excitatory, &t.inhibitory, excitatory, e, i, t.rate, l.Decay)
			break
		}
		t.excitatory.learn(excitatory, e, t.rate, l.Decay)
		t.inhibitory.learn(inhibitory, i, t.rate, l.Decay)
	case shared:
		moveBoth(&t.excitatory, &t.inhibitory, excitatory, extraE, extraI, commonE, commonI)
	default:
		t.excitatory.move(excitatory, extraE, commonE)
		t.inhibitory.move(inhibitory, extraI, commonI)
	}
	if l.Memory > 0 {
		l.MeanOutput += (s.Output - l.MeanOutput) / l.Memory
	}
}

// chance is true with probability p. It draws directly from the generator,
// which saves two indirect calls, and nothing if p is 0.
func (t *training) chance(p float64) bool {
	return p > 0 && float64(t.pcg.Uint64()>>11)*0x1p-53 < p
}
