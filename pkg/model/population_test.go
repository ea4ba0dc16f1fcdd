package model

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"credo/internal/sparse"
)

// randomWeights returns n weights in [0, 1).
func randomWeights(n int, rng *rand.Rand) []float64 {
	w := make([]float64, n)
	for i := range w {
		w[i] = rng.Float64()
	}
	return w
}

// A kernel may be clever, but must do what its name says, for all lengths of
// lists.
func TestKernels(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	for n := range 40 {
		w, x := randomWeights(n, rng), randomWeights(n, rng)
		active := draw(nil, n, 0.6, rng)

		sum := 0.0
		for _, i := range active {
			sum += w[i]
		}
		// At most 40 terms below 1: a dozen rounding errors of 1e-15.
		if got := sparse.Sum(w, active); math.Abs(got-sum) > 1e-13 {
			t.Errorf("n = %d: gather = %v, want %v", n, got, sum)
		}
		if w1, x1 := gatherBoth(w, x, active); w1 != sparse.Sum(w, active) || x1 != sparse.Sum(x, active) {
			t.Errorf("n = %d: gatherBoth = %v, %v, want %v, %v", n, w1, x1, sparse.Sum(w, active), sparse.Sum(x, active))
		}

		wantW, wantX := slices.Clone(w), slices.Clone(x)
		for _, i := range active {
			wantW[i] += 0.25
			wantX[i] -= 0.5
		}
		one := slices.Clone(w)
		shift(one, active, 0.25)
		shiftBoth(w, x, active, 0.25, -0.5)
		if !slices.Equal(one, wantW) || !slices.Equal(w, wantW) || !slices.Equal(x, wantX) {
			t.Errorf("n = %d: shift or shiftBoth changed other weights than the active, or by something else", n)
		}
		sweep(w, 0.125)
		for i := range w {
			if w[i] != wantW[i]+0.125 {
				t.Errorf("n = %d: sweep left weight %d at %v, want %v", n, i, w[i], wantW[i]+0.125)
			}
		}
	}
}

// learn is w ← clip((1 − d) w + λ/√N Δw), with Δw as Change defines it.
func TestLearnIsTheChange(t *testing.T) {
	const n, rate, decay, bound = 50, 0.3, 0.01, 1.2
	rng := rand.New(rand.NewPCG(2, 0))
	for _, c := range []Change{
		{},
		{Active: 0.7},
		{Active: -2},
		{Silent: -0.4},
		{Active: 0.7, Silent: -0.4},
		{Active: 0.5, Silent: 40},
		{Active: 1e9, Silent: -1e9},
		{Active: 0.1, Silent: 1e20},
		{Active: 0.1, Silent: 3e5},
		{ActiveLoss: 0.5},
		{SilentLoss: 0.2},
		{Active: 0.3, ActiveLoss: 0.5, Silent: 0.1, SilentLoss: -0.6},
		{Active: 2, ActiveLoss: 7, SilentLoss: 8},
	} {
		for _, d := range []float64{0, decay} {
			w := randomWeights(n, rng)
			before := slices.Clone(w)
			active := draw(nil, n, 0.3, rng)
			p, other := guarded(w, bound), newPopulation(slices.Clone(w), bound)
			p.learn(active, c, rate, d)
			other.fast = true
			if other.learn(active, c, rate, d); !slices.Equal(w, other.w) {
				t.Errorf("%+v, decay %v: a guard changes the weights", c, d)
			}
			for i, x := range before {
				change := c.Silent - c.SilentLoss*x
				if _, isActive := slices.BinarySearch(active, int32(i)); isActive {
					change = c.Active - c.ActiveLoss*x
				}
				want := min(max((1-d)*x+rate*change, 0), bound)
				// Rounding of numbers of order 1.
				if math.Abs(w[i]-want) > 1e-14 {
					t.Errorf("%+v, decay %v: weight %v became %v, want %v", c, d, x, w[i], want)
				}
			}
		}
	}
}

// A change common to all weights is added to all only where that costs weights
// of order 1 at most the rounding errors that they have anyway.
func TestAdditiveUpToOne(t *testing.T) {
	above := math.Nextafter(1, 2)
	for _, x := range []struct {
		c             Change
		silent, decay float64
		want          bool
	}{
		{Change{Active: 1e9}, 1, 0, true}, {Change{}, -1, 0, true}, {Change{}, above, 0, false}, {Change{}, -above, 0, false},
		{Change{}, math.NaN(), 0, false}, {Change{}, 0, 1e-9, false}, {Change{ActiveLoss: 1e-9}, 0, 0, false}, {Change{SilentLoss: -1e-9}, 0, 0, false},
	} {
		if got := x.c.additive(x.silent, x.decay); got != x.want {
			t.Errorf("%+v: %v", x, got)
		}
	}
}

// Two populations that learn in one pass learn what they would learn alone.
func TestLearnBoth(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 0))
	changes := []Change{{}, {Active: 0.01}, {Active: -0.02}, {Active: 0.01, Silent: -0.003}, {Active: 0.1, ActiveLoss: 0.1}}
	const n = 60
	p, q := newPopulation(randomWeights(n, rng), 1), newPopulation(randomWeights(n, rng), math.Inf(1))
	alone := [2]population{guarded(slices.Clone(p.w), 1), guarded(slices.Clone(q.w), math.Inf(1))}
	for trial := range 3000 {
		active := draw(nil, n, 0.2, rng)
		c, d := changes[rng.IntN(len(changes))], changes[rng.IntN(len(changes))]
		learnBoth(&p, &q, active, c, d, 0.5, 0)
		alone[0].learn(active, c, 0.5, 0)
		alone[1].learn(active, d, 0.5, 0)
		if !slices.Equal(p.w, alone[0].w) || !slices.Equal(q.w, alone[1].w) {
			t.Fatalf("trial %d: weights differ from those of populations that learn alone", trial)
		}
	}
}

// steadyRule is a rule with a change of its own for active and silent
// synapses.
type steadyRule struct{ change Change }

func (r steadyRule) Change(*Signals) Change { return r.change }

func TestTrialsAllocateNothing(t *testing.T) {
	for _, coTuning := range []float64{0, 1} {
		a, err := Task{Channels: 100, Patterns: 50, Coding: 0.2, TargetCoding: 0.2, CoTuning: coTuning}.Draw(Stream(1, 0))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []Change{{Active: -0.1}, {Active: 0.1, Silent: -0.1}, {Active: 0.1, ActiveLoss: 0.1}} {
			tr := newTraining(&Learner{
				Neuron: NewNeuron(100, 0.1), Rate: 0.1, Memory: 10,
				Excitatory: []Rule{steadyRule{c}}, Inhibitory: []Rule{steadyRule{c}},
				ACh: Modulator{Probability: 0.5, Error: 0.5, Disinhibition: 1},
				NE:  Modulator{Probability: 0.5, Error: 0.5, Disinhibition: 1},
			}, a)
			rng, c := Stream(1, 1), newCrew([]group{tr})
			epoch := func() {
				if err := c.train(context.Background(), 1, rng); err != nil {
					t.Fatal(err)
				}
			}
			if got := testing.AllocsPerRun(20, epoch); got != 0 {
				t.Errorf("co-tuning %v, %+v: %v allocations an epoch, want 0", coTuning, c, got)
			}
		}
	}
}
