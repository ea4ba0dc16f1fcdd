package model

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// hostile draws numbers about as large as scale, and now and then one that is
// apt to break things.
func hostile(rng *rand.Rand, scale float64, often bool) float64 {
	if often && rng.IntN(40) == 0 {
		bad := []float64{0, math.Copysign(0, -1), math.NaN(), math.Inf(1), math.Inf(-1), 1e300, -1e300, 5e-324, 1, -1}
		return bad[rng.IntN(len(bad))]
	}
	return scale * rng.NormFloat64()
}

// clipEvery does what population.learn does, and clips every weight.
func clipEvery(w []float64, active []int32, c Change, rate, decay, bound float64) {
	on, off := rate*c.Active, rate*c.Silent
	additive := c.additive(off, decay)
	for i, x := range w {
		_, isActive := slices.BinarySearch(active, int32(i))
		switch {
		case additive && isActive:
			x = x + (on - off) + off
		case additive:
			x = x + off
		case isActive:
			x = affine{1 - decay - rate*c.ActiveLoss, on}.of(x)
		default:
			x = affine{1 - decay - rate*c.SilentLoss, off}.of(x)
		}
		w[i] = clipped(x, bound)
	}
}

func sameBits(x, y float64) bool {
	return math.Float64bits(x) == math.Float64bits(y) || math.IsNaN(x) && math.IsNaN(y)
}

// guarded is a population with a guard, also where there are fast loops.
func guarded(w []float64, bound float64) population {
	p := newPopulation(w, bound)
	p.fast = false
	return p
}

// FuzzGuard compares the guarded weights, and those of the fast loops, bit for bit
// with those of clipping every weight on every trial, and holds them to their bounds.
func FuzzGuard(f *testing.F) {
	seeds := uint64(24)
	if testing.Short() {
		seeds = 16 // each of the options
	}
	for seed := range seeds {
		for _, scale := range []float64{1e-4, 0.02, 0.3} {
			f.Add(seed, uint8(seed), scale, 1.0)
		}
	}
	f.Add(uint64(1), uint8(0), 0.01, math.Inf(1))
	f.Add(uint64(1), uint8(7), 0.01, 5e-324)
	f.Fuzz(func(t *testing.T, seed uint64, options uint8, scale, bound float64) {
		if options&1 != 0 {
			bound = math.Inf(1)
		}
		if !(bound > 0) {
			t.Skip("a bound is positive")
		}
		losses, silent, bad := options&2 != 0, options&4 != 0, options&8 != 0
		rng := rand.New(rand.NewPCG(seed, 0))
		const n = 80
		w := make([]float64, n)
		for i := range w {
			w[i] = clipped(rng.Float64(), bound)
			if options&16 != 0 && i%3 == 0 {
				w[i] = 0
			}
		}
		every := slices.Clone(w)
		p, q := guarded(w, bound), newPopulation(slices.Clone(w), bound)
		q.fast = true
		for trial := range 1500 {
			active := draw(nil, n, 0.2, rng)
			c := Change{Active: hostile(rng, scale, bad)}
			if silent && rng.IntN(4) == 0 {
				c.Silent = hostile(rng, scale, bad)
			}
			decay := 0.0
			if losses && rng.IntN(4) == 0 {
				c.ActiveLoss, c.SilentLoss = hostile(rng, scale, bad), hostile(rng, scale, bad)
				decay = scale * scale
			}
			rate := 1 + rng.Float64()
			p.learn(active, c, rate, decay)
			q.learn(active, c, rate, decay)
			clipEvery(every, active, c, rate, decay, bound)
			for i := range w {
				if !sameBits(q.w[i], every[i]) {
					t.Fatalf("trial %d: weight %d = %v without a guard, with every weight clipped %v", trial, i, q.w[i], every[i])
				}
				if !sameBits(w[i], every[i]) {
					t.Fatalf("trial %d: weight %d = %v, with every weight clipped %v", trial, i, w[i], every[i])
				}
				if !(w[i] >= 0 && w[i] <= bound || math.IsNaN(w[i])) {
					t.Fatalf("trial %d: weight %d = %v outside [0, %v]", trial, i, w[i], bound)
				}
			}
			if trial%300 == 299 { // anew, as NaN stays where it is
				for i := range w {
					w[i] = clipped(rng.Float64(), bound)
				}
				copy(every, w)
				copy(q.w, w)
				p.guard.restart()
			}
		}
	})
}

// The comparison above is of worth only if the guard then does all that it can
// do: list some weights, list none, go off duty, and come back.
func TestGuardIsExercised(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 0))
	w := make([]float64, 400)
	for i := range w {
		w[i] = 1 + rng.Float64()
	}
	p := guarded(w, math.Inf(1))
	seen := map[string]int{}
	for trial := range 40_000 {
		d := 1e-3 * rng.NormFloat64()
		if trial > 15_000 && trial < 25_000 {
			d -= 1e-3 // many weights come to zero
		}
		if trial > 25_000 {
			d += 1e-3 // and leave it
		}
		p.learn(draw(nil, len(w), 0.2, rng), Change{Active: d}, 1, 0)
		switch {
		case p.guard.off && trial > 15_000:
			seen["off duty"]++
		case p.guard.off:
			seen["starting"]++
		case trial > 35_000:
			seen["back on duty"]++
		case len(p.guard.listed) > 0:
			seen["some listed"]++
		default:
			seen["none listed"]++
		}
	}
	for _, state := range []string{"none listed", "some listed", "off duty", "back on duty"} {
		if seen[state] < 100 {
			t.Errorf("guard was %q on %d trials of 40000, want at least 100 (of all: %v)", state, seen[state], seen)
		}
	}
}

// hostileRule changes weights by whatever its generator comes up with.
type hostileRule struct {
	rng   *rand.Rand
	scale float64
	bad   bool
}

func (r hostileRule) Change(*Signals) Change {
	return Change{
		Active: hostile(r.rng, r.scale, r.bad), Silent: hostile(r.rng, r.scale, r.bad),
		ActiveLoss: hostile(r.rng, r.scale, r.bad), SilentLoss: hostile(r.rng, r.scale, r.bad),
	}
}

// FuzzTrainBounds: whatever the rules do, Train leaves finite weights within
// their bounds, with an error or without.
func FuzzTrainBounds(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed, 3.0, 0.5, 0.0, seed%2 == 0)
		f.Add(seed, 0.1, 0.0, 0.01, seed%2 == 0)
	}
	f.Fuzz(func(t *testing.T, seed uint64, scale, maxWeight, decay float64, bad bool) {
		rng := Stream(seed, 0)
		a, err := Task{Channels: 30, Patterns: 15, Coding: 0.3, TargetCoding: 0.5, CoTuning: float64(seed % 2)}.Draw(rng)
		if err != nil {
			t.Fatal(err)
		}
		l := &Learner{
			Neuron:     NewNeuron(30, 0.4),
			Excitatory: []Rule{hostileRule{rng, scale, bad}},
			Inhibitory: []Rule{hostileRule{rng, scale, bad}},
			Rate:       0.5, MaxWeight: maxWeight, Decay: decay,
		}
		if l.Check() != nil {
			t.Skip("not a learner")
		}
		l.Train(context.Background(), a, 20, Stream(seed, 1)) // an error is as good
		if err := l.checkWeights(); err != nil {
			t.Error(err)
		}
	})
}

// onDuty returns a population of weights in [4, 6], bound 10, whose guard is on
// duty and lists none of them.
func onDuty(t *testing.T) population {
	rng := rand.New(rand.NewPCG(4, 0))
	w := randomWeights(80, rng)
	for i := range w {
		w[i] = 4 + 2*w[i]
	}
	p := guarded(w, 10)
	p.learn([]int32{0}, Change{Active: 1e-6}, 1, 0)
	if p.guard.off || len(p.guard.listed) > 0 {
		t.Fatalf("guard off duty: %v, lists %d weights, want on duty and none", p.guard.off, len(p.guard.listed))
	}
	return p
}

// A map that decreases turns the weights round: w ← 5 − w takes [4, 6] out of
// its bounds at what was the upper end.
func TestGuardKnowsDecreasingMaps(t *testing.T) {
	down := Change{Silent: 5, SilentLoss: 2}
	for name, c := range map[string]Change{
		"silent": down,
		"active": {Active: down.Silent, ActiveLoss: down.SilentLoss},
	} {
		p := onDuty(t)
		p.learn([]int32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, c, 1, 0)
		for i, x := range p.w {
			if x < 0 {
				t.Errorf("%s: weight %d = %v outside [0, 10]", name, i, x)
			}
		}
	}
}

// What the guard knew before weights were restored does not hold after it.
func TestGuardForgetsOnRestore(t *testing.T) {
	p := onDuty(t)
	all := make([]int32, len(p.w))
	for i := range all {
		all[i] = int32(i)
	}
	for i := range p.w {
		p.w[i] = 0
	}
	p.save()
	p.restore()
	p.learn(all, Change{Active: -0.001}, 1, 0)
	for i, x := range p.w {
		if x != 0 {
			t.Errorf("weight %d = %v, want 0", i, x)
		}
	}
}
