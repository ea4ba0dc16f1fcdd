package model_test

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/model"
)

// naive trains as the comments on Learner say, in the most pedestrian way: all
// inputs dense, every weight changed and clipped on every trial. It draws its
// randomness as Train does: two words an epoch seed a generator, which gives
// the order, then on each trial two uniform numbers for the releases and a
// normal one for each release.
func naive(l *model.Learner, a *model.Associations, epochs int, rng *rand.Rand) {
	nE, nI := a.Channels()
	xE, xI := dense(nE, a.Len(), a.Excitatory), dense(nI, a.Len(), a.Inhibitory)
	root := math.Sqrt(float64(nE))
	current := func(w, x []float64) float64 {
		sum := 0.0
		for i := range w {
			sum += w[i] * x[i]
		}
		return sum / root
	}
	learn := func(rules []model.Rule, s model.Signals, w, x []float64, bound float64) {
		var change []model.Change
		for _, r := range rules {
			change = append(change, r.Change(&s))
		}
		for i := range w {
			sum := 0.0
			for _, c := range change {
				sum += x[i]*(c.Active-c.ActiveLoss*w[i]) + (1-x[i])*(c.Silent-c.SilentLoss*w[i])
			}
			w[i] = (1-l.Decay)*w[i] + l.Rate/root*sum
			w[i] = max(0, min(bound, w[i]))
		}
	}
	release := func(m model.Modulator, target bool, source rand.Source) bool {
		p := m.Error
		if target {
			p = m.Probability
		}
		return p > 0 && float64(source.Uint64()>>11)/(1<<53) < p
	}
	boundE, boundI := l.MaxWeight, l.MaxInhibitory
	if boundE == 0 {
		boundE = math.Inf(1)
	}
	if boundI == 0 {
		boundI = boundE
	}
	for range epochs {
		pcg := rand.NewPCG(rng.Uint64(), rng.Uint64())
		rng := rand.New(pcg)
		var order []int // each next pattern takes a random place, whose pattern goes last
		for mu := range a.Len() {
			place, _ := bits.Mul64(pcg.Uint64(), uint64(mu+1))
			order = append(order, mu)
			order[mu], order[place] = order[place], order[mu]
		}
		for _, mu := range order {
			s := model.Signals{
				MeanOutput: l.MeanOutput,
				Excitation: current(l.Neuron.Excitatory, xE[mu]),
				Inhibition: current(l.Neuron.Inhibitory, xI[mu]),
				Threshold:  l.Neuron.Threshold,
				Target:     a.Target(mu),
			}
			s.ACh = release(l.ACh, s.Target, pcg)
			s.NE = release(l.NE, s.Target, pcg)
			v := s.Excitation - s.Inhibition - s.Threshold
			if s.ACh {
				v += l.ACh.Disinhibition * max(0, 1+rng.NormFloat64())
			}
			if s.NE {
				v += l.NE.Disinhibition * max(0, 1+rng.NormFloat64())
			}
			if v > 0 {
				s.Output = 1
			}
			s.Reward = (s.Output == 1) == s.Target
			learn(l.Excitatory, s, l.Neuron.Excitatory, xE[mu], boundE)
			learn(l.Inhibitory, s, l.Neuron.Inhibitory, xI[mu], boundI)
			if l.Memory > 0 {
				l.MeanOutput = (1-1/l.Memory)*l.MeanOutput + s.Output/l.Memory
			}
		}
		l.Epochs++
	}
}

func TestTrainAgainstNaiveLoop(t *testing.T) {
	t.Parallel()
	inf := math.Inf(1)
	atBound := [2]int{} // weights found at 0, and at an upper bound
	inside := 0
	seeds := uint64(150)
	if testing.Short() {
		seeds = 50
	}
	for seed := range seeds {
		rng := model.Stream(seed, 99)
		pick := func(x ...float64) float64 { return x[rng.IntN(len(x))] }
		task := model.Task{
			Channels: 1 + rng.IntN(80), Patterns: 1 + rng.IntN(40),
			Coding: pick(0.02, 0.2, 0.5, 0.97), TargetCoding: pick(0.2, 0.5),
			CoTuning: pick(0, 0.5, 1), ByChannel: rng.IntN(2) == 0,
		}
		if task.CoTuning == 0 {
			task.InhibitoryChannels = rng.IntN(100)
		}
		a := lesson.Drawn(t, task, seed)
		nE, nI := a.Channels()
		w := pick(0, 0.5, 3)
		fresh := func() *model.Learner {
			rng := model.Stream(seed, 100)
			l := &model.Learner{
				Neuron:    &model.Neuron{Excitatory: model.NewNeuron(nE, w).Excitatory, Inhibitory: model.NewNeuron(nI, w).Inhibitory, Threshold: 0.1 * float64(seed%3)},
				ACh:       model.Modulator{Probability: rng.Float64(), Error: rng.Float64() / 3, Disinhibition: rng.ExpFloat64()},
				NE:        model.Modulator{Probability: rng.Float64() / 5, Error: rng.Float64() / 5, Disinhibition: rng.ExpFloat64()},
				Rate:      []float64{0, 0.03, 0.3, 1}[rng.IntN(4)],
				Decay:     []float64{0, 0, 1e-3, 0.1}[rng.IntN(4)],
				MaxWeight: []float64{0, 3, 10, inf}[rng.IntN(4)], MaxInhibitory: []float64{0, 4, inf}[rng.IntN(3)],
				Memory: []float64{0, 1, 30}[rng.IntN(3)], MeanOutput: rng.Float64(),
			}
			for range rng.IntN(4) {
				l.Excitatory = append(l.Excitatory, everything(rng))
			}
			for range rng.IntN(3) {
				l.Inhibitory = append(l.Inhibitory, everything(rng))
			}
			if rng.IntN(5) == 0 {
				// Losses above 1 turn the order of weights over; without a
				// bound they would diverge.
				l.Rate, l.MaxWeight, l.MaxInhibitory = 20, 3, 4
			}
			if rng.IntN(3) > 0 { // the published kinds: one change of active synapses only
				k := rng.NormFloat64()
				l.Excitatory = append(l.Excitatory, rule(func(s *model.Signals) model.Change { return model.Change{Active: k * (s.Output - 0.3)} }))
				l.Inhibitory = append(l.Inhibitory, rule(func(s *model.Signals) model.Change {
					return model.Change{Active: s.Excitation + 0.05 - s.Inhibition}
				}))
			}
			return l
		}
		fast, slow := fresh(), fresh()
		const epochs = 25
		lesson.Train(t, fast, a, epochs, model.Stream(seed, 101))
		naive(slow, a, epochs, model.Stream(seed, 101))
		for k, pair := range [][2][]float64{
			{fast.Neuron.Excitatory, slow.Neuron.Excitatory}, {fast.Neuron.Inhibitory, slow.Neuron.Inhibitory},
		} {
			upper := []float64{fast.MaxWeight, fast.MaxInhibitory}[k]
			for i, got := range pair[0] {
				lesson.Near(t, fmt.Sprintf("seed %d, kind %d, weight %d", seed, k, i), got, pair[1][i], 1e-12*(1+math.Abs(pair[1][i])))
				switch {
				case got == 0:
					atBound[0]++
				case got == upper:
					atBound[1]++
				default:
					inside++
				}
			}
		}
		lesson.Near(t, "running mean", fast.MeanOutput, slow.MeanOutput, 1e-12)
		if t.Failed() {
			t.Fatalf("%+v, %+v", task, fast)
		}
	}
	// The comparison means something only if all three happen.
	if n := int(seeds); atBound[0] < 1000*n/150 || atBound[1] < 2*n || inside < 2000*n/150 {
		t.Errorf("only %d weights at 0, %d at the upper bound and %d between", atBound[0], atBound[1], inside)
	}
}

// Losses above 1/rate turn the order of weights over: what was highest becomes
// lowest, and may need clipping although no low weight did.
func TestTrainWithOverturningLosses(t *testing.T) {
	const n = 16 // 1/√N is exact
	a := lesson.Drawn(t, model.Task{Channels: n, Patterns: 10, Coding: 0.5, TargetCoding: 0.5, CoTuning: 1}, 14)
	fresh := func() *model.Learner {
		rng := model.Stream(14, 2)
		l := &model.Learner{Neuron: model.NewNeuron(n, 0), Rate: 4, MaxWeight: 3}
		for i := range l.Neuron.Excitatory {
			l.Neuron.Excitatory[i] = 0.5 + 2.5*rng.Float64()
		}
		l.Excitatory = []model.Rule{rule(func(*model.Signals) model.Change {
			switch rng.IntN(6) {
			case 0: // w ← 1.4 − w/2
				return model.Change{Active: 1.4, Silent: 1.4, ActiveLoss: 1.5, SilentLoss: 1.5}
			case 1: // w ← 2w − 0.1
				return model.Change{Active: -0.1, Silent: -0.1, ActiveLoss: -1, SilentLoss: -1}
			}
			return model.Change{Active: 0.05, Silent: 0.02}
		})}
		return l
	}
	fast, slow := fresh(), fresh()
	for epoch := range 200 {
		lesson.Train(t, fast, a, 1, model.Stream(14, uint64(epoch)))
		naive(slow, a, 1, model.Stream(14, uint64(epoch)))
		for i, w := range slow.Neuron.Excitatory {
			lesson.Near(t, fmt.Sprintf("epoch %d, weight %d", epoch, i), fast.Neuron.Excitatory[i], w, 1e-9)
			fast.Neuron.Excitatory[i] = w // doubling doubles rounding errors too
		}
		if t.Failed() {
			return
		}
	}
}
