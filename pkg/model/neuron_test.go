package model_test

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/model"
)

func TestCurrentsAgainstDenseAlgebra(t *testing.T) {
	for _, task := range []model.Task{
		{Channels: 97, Patterns: 31, Coding: 0.3, TargetCoding: 0.5, CoTuning: 0.4},
		{Channels: 97, Patterns: 31, Coding: 0.3, TargetCoding: 0.5, CoTuning: 1},
		{Channels: 90, InhibitoryChannels: 30, Patterns: 31, Coding: 0.3, TargetCoding: 0.5},
	} {
		a, rng := lesson.Drawn(t, task, 2), model.Stream(2, 2)
		nE, nI := a.Channels()
		n := &model.Neuron{Excitatory: make([]float64, nE), Inhibitory: make([]float64, nI), Threshold: 0.3}
		for i := range n.Excitatory {
			n.Excitatory[i] = rng.Float64()
		}
		for i := range n.Inhibitory {
			n.Inhibitory[i] = rng.Float64()
		}
		// i = X w / √N with N the number of excitatory channels in both.
		product := func(channels int, list func(int) []int32, w []float64) *mat.VecDense {
			x := mat.NewDense(a.Len(), channels, slices.Concat(dense(channels, a.Len(), list)...))
			var i mat.VecDense
			i.MulVec(x, mat.NewVecDense(channels, w))
			i.ScaleVec(1/math.Sqrt(float64(nE)), &i)
			return &i
		}
		wantE, wantI := product(nE, a.Excitatory, n.Excitatory), product(nI, a.Inhibitory, n.Inhibitory)
		v := n.Potentials(a)
		if len(v) != a.Len() {
			t.Fatalf("%d potentials of %d patterns", len(v), a.Len())
		}
		for mu := range v {
			iE, iI := n.Currents(a, mu)
			lesson.Near(t, "i_E", iE, wantE.AtVec(mu), 1e-13)
			lesson.Near(t, "i_I", iI, wantI.AtVec(mu), 1e-13)
			lesson.Near(t, "V", v[mu], wantE.AtVec(mu)-wantI.AtVec(mu)-0.3, 1e-13)
		}
	}
}

// four has one active channel a pattern, so that weight i is √4 times the
// current of pattern i.
func four(t *testing.T, targets ...bool) *model.Associations {
	t.Helper()
	a, err := model.NewAssociations(4, [][]int32{{0}, {1}, {2}, {3}}[:len(targets)], make([][]int32, len(targets)), targets)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestRecall(t *testing.T) {
	n := &model.Neuron{Excitatory: []float64{2, 1, 4, 0}, Inhibitory: make([]float64, 4), Threshold: 0.5}
	// Potentials 0.5, 0, 1.5, −0.5: at exactly 0 the neuron is silent.
	nan := math.NaN()
	for _, c := range []struct {
		targets []bool
		want    model.Recall
	}{
		{[]bool{true, true, false, false}, model.Recall{Hits: 0.5, FalseAlarms: 0.5, Error: 0.5}},
		{[]bool{true, false, true, false}, model.Recall{Hits: 1, FalseAlarms: 0, Error: 0}},
		{[]bool{false, true, false, true}, model.Recall{Hits: 0, FalseAlarms: 1, Error: 1}},
		{[]bool{true, true, true, false}, model.Recall{Hits: 2. / 3, FalseAlarms: 0, Error: 0.25}},
		{[]bool{true, true, true, true}, model.Recall{Hits: 0.5, FalseAlarms: nan, Error: 0.5}},
		{[]bool{false}, model.Recall{Hits: nan, FalseAlarms: 1, Error: 1}},
	} {
		got := n.Recall(four(t, c.targets...))
		for _, pair := range [][2]float64{{got.Hits, c.want.Hits}, {got.FalseAlarms, c.want.FalseAlarms}, {got.Error, c.want.Error}} {
			if math.IsNaN(pair[1]) != math.IsNaN(pair[0]) || math.Abs(pair[0]-pair[1]) > 1e-15 {
				t.Errorf("targets %v: %+v, want %+v", c.targets, got, c.want)
			}
		}
	}
}

func TestNeuronOfAnotherSizePanics(t *testing.T) {
	a := lesson.Drawn(t, sound, 1)
	for _, n := range []*model.Neuron{
		model.NewNeuron(49, 1),
		{Excitatory: make([]float64, 50), Inhibitory: make([]float64, 20)},
		{},
	} {
		refusal.Panics(t, func() { n.Currents(a, 0) }, "50 and 50 channels")
		refusal.Panics(t, func() { n.Potentials(a) }, "50 and 50 channels")
		refusal.Panics(t, func() { n.Recall(a) }, "50 and 50 channels")
	}
	refusal.Panics(t, func() { model.NewNeuron(0, 1) }, "channels = 0", "[1, ∞)")
	refusal.Panics(t, func() { model.NewNeuron(3, -1) }, "weight = -1", "[0, ∞)")
	refusal.Panics(t, func() { model.NewNeuron(3, math.NaN()) }, "weight = NaN", "[0, ∞)")
	refusal.Panics(t, func() { model.NewNeuron(3, math.Inf(1)) }, "weight = +Inf", "[0, ∞)")
}

func TestCloneIsIndependent(t *testing.T) {
	n := model.NewNeuron(3, 2)
	n.Threshold = 0.4
	c := n.Clone()
	c.Excitatory[0], c.Inhibitory[1], c.Threshold = 7, 8, 9
	if n.Excitatory[0] != 2 || n.Inhibitory[1] != 2 || n.Threshold != 0.4 {
		t.Errorf("a change of the clone changed the neuron: %+v", n)
	}
	if n.Excitatory[2] != c.Excitatory[2] || len(c.Inhibitory) != 3 {
		t.Errorf("the clone differs: %+v", c)
	}
}
