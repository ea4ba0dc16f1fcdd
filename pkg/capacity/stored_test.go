package capacity_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"credo/pkg/capacity"
	"credo/pkg/model"
	"credo/pkg/separable"

	"gonum.org/v1/gonum/stat"
)

// draw returns patterns with these coding levels, channel by channel, and targets by coins of probability targetCoding.
func draw(t *testing.T, excitatory, inhibitory []float64, patterns int, targetCoding float64, rng *rand.Rand) *model.Associations {
	t.Helper()
	active := func(levels []float64) (list []int32) {
		for i, f := range levels {
			if rng.Float64() < f {
				list = append(list, int32(i))
			}
		}
		return list
	}
	var e, i [][]int32
	var targets []bool
	for range patterns {
		e, i = append(e, active(excitatory)), append(i, active(inhibitory))
		targets = append(targets, rng.Float64() < targetCoding)
	}
	a, err := model.NewAssociations(max(len(excitatory), len(inhibitory)), e, i, targets)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// storable reports what is proved.
func storable(t *testing.T, a *model.Associations, c separable.Constraints) bool {
	t.Helper()
	proof, err := separable.Store(a, c)
	if err != nil || proof.Answer == separable.Undecided {
		t.Fatalf("%v, %v", proof.Answer, err)
	}
	return proof.Answer == separable.Feasible
}

// Far below the capacity sparse patterns fail by contradictions of one or of two, and by hardly anything else.
func TestContradictionsAreWhatFailsFirst(t *testing.T) {
	const patterns, draws, coding = 50, 300, 0.05
	levels := func(n int) []float64 {
		l := make([]float64, n)
		for i := range l {
			l[i] = coding
		}
		return l
	}
	rng := model.Stream(19, 1)
	for _, c := range []struct {
		kind        capacity.ThresholdKind
		constraints separable.Constraints
	}{{capacity.PositiveThreshold, separable.Constraints{Threshold: 1}}, {capacity.FreeThreshold, separable.Constraints{FreeThreshold: true}}} {
		ask := capacity.Contradictions{Excitatory: 80, Inhibitory: 20, Coding: coding, TargetCoding: 0.5, Threshold: c.kind}
		alone, pairs, err := ask.Expected(patterns)
		if err != nil {
			t.Fatal(err)
		}
		failed := 0.0
		for range draws {
			if !storable(t, draw(t, levels(80), levels(20), patterns, 0.5, rng), c.constraints) {
				failed++
			}
		}
		got, want := failed/draws, 1-math.Exp(-alone-pairs)
		t.Logf("%v: %.3f of tasks cannot be stored, %.3f by contradictions: %.3f alone and %.3f pairs", c.kind, got, want, alone, pairs)
		if free := c.kind == capacity.FreeThreshold; math.Abs(got-want) > 0.08 && !free || got > want && free { // three standard errors
			t.Errorf("%v: %.3f of tasks cannot be stored, %.3f by contradictions", c.kind, got, want)
		}
	}
}

// The load at which half of the tasks can be stored, of few excitatory and many inhibitory synapses, where coding
// levels are equal or differ as widely as 0.1 and 0.8 with the same mean of r.
func TestChannelsByStore(t *testing.T) {
	const n, runs = 160, 30
	same := (math.Sqrt(0.1/0.9) + math.Sqrt(0.8/0.2)) / 2
	level := same * same / (1 + same*same)
	for _, two := range [][2]float64{{level, level}, {0.1, 0.8}} {
		ch := capacity.Channels{Threshold: capacity.PositiveThreshold}
		for i := range n {
			if i < n/8 {
				ch.Excitatory = append(ch.Excitatory, two[i%2])
			} else {
				ch.Inhibitory = append(ch.Inhibitory, two[i%2])
			}
		}
		var loads []float64
		for run := range uint64(runs) {
			var most int
			for low, high := 0, 2*n; high-low > 1; { // patterns are nested: a longer draw continues a shorter one
				most = (low + high) / 2
				if storable(t, draw(t, ch.Excitatory, ch.Inhibitory, most, 0.5, model.Stream(20, run)), separable.Constraints{Threshold: 1}) {
					low = most
				} else {
					high = most
				}
				most = low
			}
			loads = append(loads, float64(most)/n)
		}
		d, err := ch.Dimension()
		want := 2 * d
		mean, sd := stat.MeanStdDev(loads, nil)
		t.Logf("levels %v: load %.3f(%.3f) by certified decisions, theory %.3f", two, mean, sd/math.Sqrt(runs), want)
		if err != nil || math.Abs(mean-want) > 3*sd/math.Sqrt(runs)+2.0/n {
			t.Errorf("levels %v: load %.3f(%.3f) by certified decisions, theory %.3f, %v", two, mean, sd/math.Sqrt(runs), want, err)
		}
	}
}
