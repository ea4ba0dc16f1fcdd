package separable

import (
	"fmt"
	"math"
	"runtime"
	"testing"

	"credo/pkg/model"
)

// ladder has two patterns a channel: its excitatory weight has to be above the
// sum of the inhibitory ones before it, and its inhibitory weight at least that.
// So weights double from channel to channel, at least.
func ladder(t *testing.T, channels int) *model.Associations {
	t.Helper()
	var excitatory, inhibitory [][]int32
	var targets []bool
	before := []int32{}
	for k := range int32(channels) {
		excitatory = append(excitatory, []int32{k}, []int32{k})
		inhibitory = append(inhibitory, before[:k:k], []int32{k})
		targets = append(targets, true, false)
		before = append(before, k)
	}
	a, err := model.NewAssociations(channels, excitatory, inhibitory, targets)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Weights that span more than the binary digits of rounded ones are found.
func TestStoreLadder(t *testing.T) {
	for _, channels := range []int{10, 40, 52} {
		a := ladder(t, channels)
		for _, c := range []Constraints{{}, {Threshold: 1}} {
			got, err := Store(a, c) // whose sums cancel too much for floating point
			if err != nil || got.Answer != Feasible || got.Verify(a, c) != nil {
				t.Errorf("%d channels, %+v: %v because %q, %v", channels, c, got.Answer, got.Reason, err)
				continue
			}
			w := got.Neuron.Excitatory
			if span := math.Log2(w[channels-1] / w[0]); c.Threshold == 0 && span < float64(channels-3) {
				t.Errorf("%d channels, %+v: weights span 2^%.1f", channels, c, span)
			}
		}
	}
}

// For θ ≠ 0 without a margin only its sign decides, and a bound far above it
// decides nothing.
func TestStoreScales(t *testing.T) {
	t.Parallel()
	var count [3]int
	for k := range uint64(30) {
		task := model.Task{Channels: 30, InhibitoryChannels: 30, Patterns: 30 + 2*int(k), Coding: 0.3, TargetCoding: 0.5}
		a, err := task.Draw(model.Stream(3, k))
		if err != nil {
			t.Fatal(err)
		}
		for _, sign := range []float64{1, -1} {
			want := stored(t, a, Constraints{Threshold: sign}).Answer
			count[want]++
			for _, c := range []Constraints{
				{Threshold: 5e-324}, {Threshold: 1e-310}, {Threshold: 1e300}, {Threshold: 1, MaxWeight: 1e300}, {Threshold: 1, MaxWeight: 1e19},
				{Threshold: 1e-300, MaxWeight: 1e300}, {Threshold: 1, Margin: 1e-300},
			} {
				c.Threshold *= sign
				if got := stored(t, a, c); got.Answer != want {
					t.Errorf("%+v, task %d: %v because %q, want %v", c, k, got.Answer, got.Reason, want)
				}
			}
		}
	}
	if count[Feasible] < 10 || count[Infeasible] < 10 {
		t.Errorf("the test has only %v", count)
	}
}

// Bounds on many channels, and equalities, take no matrix of their number where
// there are few patterns: 20 kB in place of 12.8 GB here.
func TestManyChannels(t *testing.T) {
	channels := 20000
	if testing.Short() {
		channels = 2000
	}
	a, err := model.Task{Channels: channels, InhibitoryChannels: channels, Patterns: 50, Coding: 0.3, TargetCoding: 0.5}.Draw(model.Stream(1, 1))
	if err != nil {
		t.Fatal(err)
	}
	var count [3]int
	for _, most := range []float64{0.01, 1} {
		count[stored(t, a, Constraints{Threshold: 1, MaxWeight: most}).Answer]++
	}
	if fmt.Sprint(count) != "[0 1 1]" {
		t.Errorf("%v undecided, feasible, infeasible", count)
	}
	for k := range uint64(2) { // with equalities
		if got := decided(t, ensembles[k].draw(model.Stream(5, k), channels, 40)); got.Answer != Feasible {
			t.Errorf("%s: %v because %q", ensembles[k].name, got.Answer, got.Reason)
		}
	}
	var memory runtime.MemStats
	if runtime.ReadMemStats(&memory); memory.HeapSys > 1<<30 {
		t.Errorf("the heap has %d MB", memory.HeapSys>>20)
	}
}
