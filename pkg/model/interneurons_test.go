package model_test

import (
	"context"
	"slices"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/model"
)

// Three cells whose weights say when they fire, on three patterns, by hand:
// with √N = 2, cell 0 fires on channel 0, cell 1 on channels 0 or 1, and cell 2
// on any input. Inhibited by those before them, cell 1 fires only where cell 0
// does not, and cell 2 where neither does.
func TestInterneuronsByHand(t *testing.T) {
	a, err := model.NewAssociations(4, [][]int32{{0, 3}, {1}, {2}}, nil, []bool{true, false, true})
	if err != nil {
		t.Fatal(err)
	}
	weights := [][]float64{{2, 0, 0, 0}, {2, 2, 0, 0}, {2, 2, 2, 2}}
	for _, c := range []struct {
		lateral bool
		want    [][]int32
	}{
		{false, [][]int32{{0, 1, 2}, {1, 2}, {2}}},
		{true, [][]int32{{0}, {1}, {2}}},
	} {
		var cells model.Interneurons
		cells.Lateral = c.lateral
		for k, w := range weights {
			inhibition := []float64{1}
			if c.lateral {
				inhibition = append(inhibition, slices.Repeat([]float64{9}, k)...)
			}
			cells.Cells = append(cells.Cells, &model.Neuron{Excitatory: w, Inhibitory: inhibition})
		}
		b, err := cells.Inhibit(a)
		if err != nil {
			t.Fatal(err)
		}
		if e, i := b.Channels(); e != 4 || i != 3 {
			t.Errorf("%d excitatory and %d inhibitory channels, want 4 and 3", e, i)
		}
		for mu := range b.Len() {
			if !slices.Equal(b.Inhibitory(mu), c.want[mu]) {
				t.Errorf("lateral %v, pattern %d: %v fire, want %v", c.lateral, mu, b.Inhibitory(mu), c.want[mu])
			}
			if !slices.Equal(b.Excitatory(mu), a.Excitatory(mu)) || b.Target(mu) != a.Target(mu) {
				t.Errorf("pattern %d is another one", mu)
			}
		}
	}
}

// At exactly its threshold a cell is silent, as every neuron is, and inhibits no
// later one: V = (1 − 1)/√4 for cell 0, and cell 1 needs only to be left alone.
func TestInterneuronAtThresholdIsSilent(t *testing.T) {
	a, err := model.NewAssociations(4, [][]int32{{0}, {0, 1}}, nil, []bool{true, false})
	if err != nil {
		t.Fatal(err)
	}
	c := model.Interneurons{Lateral: true, Cells: []*model.Neuron{
		{Excitatory: []float64{1, 1, 0, 0}, Inhibitory: []float64{1}},
		{Excitatory: []float64{2, 0, 0, 0}, Inhibitory: []float64{1, 9}},
	}}
	b, err := c.Inhibit(a)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(b.Inhibitory(0), []int32{1}) || !slices.Equal(b.Inhibitory(1), []int32{0}) {
		t.Errorf("%v and %v fire, want [1] and [0]", b.Inhibitory(0), b.Inhibitory(1))
	}
}

// A cell is trained on what those before it do, so that the first ones are the
// same however many follow, and a cell that learns alone is what Learner.Train
// makes of it.
func TestInterneuronsLearnInOrder(t *testing.T) {
	a, err := model.Task{Channels: 20, Patterns: 50, Coding: 0.3, TargetCoding: 0.5, CoTuning: 1}.Draw(model.Stream(51, 0))
	if err != nil {
		t.Fatal(err)
	}
	learner := func(k int) *model.Learner {
		n := &model.Neuron{Excitatory: slices.Repeat([]float64{1}, 20), Inhibitory: slices.Repeat([]float64{1}, k+1)}
		return &model.Learner{Neuron: n, Excitatory: []model.Rule{hebb}, Inhibitory: []model.Rule{hebb}, Rate: 0.1}
	}
	train := func(count int) *model.Interneurons {
		c := &model.Interneurons{Lateral: true}
		if err := c.Train(t.Context(), a, count, 5, learner, model.Stream(51, 1)); err != nil {
			t.Fatal(err)
		}
		return c
	}
	few, many := train(2), train(5)
	if len(few.Cells) != 2 || len(many.Cells) != 5 {
		t.Fatalf("%d and %d cells, want 2 and 5", len(few.Cells), len(many.Cells))
	}
	for k, cell := range few.Cells {
		if !slices.Equal(cell.Excitatory, many.Cells[k].Excitatory) || !slices.Equal(cell.Inhibitory, many.Cells[k].Inhibitory) {
			t.Errorf("cell %d depends on those after it", k)
		}
	}
	inhibited, err := few.Inhibit(a)
	if err != nil {
		t.Fatal(err)
	}
	alone, err := (&model.Interneurons{Cells: few.Cells[:1]}).Inhibit(a)
	if err != nil {
		t.Fatal(err)
	}
	for mu := range a.Len() {
		if slices.Contains(inhibited.Inhibitory(mu), 0) != slices.Contains(alone.Inhibitory(mu), 0) {
			t.Errorf("pattern %d: cell 0 depends on cell 1", mu)
		}
	}
}

// hebb potentiates what is active when the neuron fires.
var hebb = ruleFunc(func(s *model.Signals) model.Change { return model.Change{Active: s.Output - 0.3} })

type ruleFunc func(s *model.Signals) model.Change

func (f ruleFunc) Change(s *model.Signals) model.Change { return f(s) }

func TestInterneuronsRefuse(t *testing.T) {
	a, err := model.Task{Channels: 5, Patterns: 3, Coding: 0.5, TargetCoding: 0.5}.Draw(model.Stream(52, 0))
	if err != nil {
		t.Fatal(err)
	}
	var c model.Interneurons
	_, err = c.Inhibit(a)
	refusal.Mentions(t, err, "interneurons = 0", "[1, ∞)")
	ctx, cancel := context.WithCancel(t.Context())
	learner := func(k int) *model.Learner {
		if k == 2 {
			cancel()
		}
		return &model.Learner{Neuron: &model.Neuron{Excitatory: make([]float64, 5), Inhibitory: []float64{0}}}
	}
	refusal.Mentions(t, c.Train(ctx, a, 4, 1, learner, model.Stream(52, 1)), "interneuron 2", "canceled")
	if len(c.Cells) != 2 {
		t.Errorf("%d cells left, want the 2 that were trained", len(c.Cells))
	}
	wrong := func(int) *model.Learner { return &model.Learner{Neuron: model.NewNeuron(4, 1)} }
	refusal.Mentions(t, c.Train(t.Context(), a, 1, 1, wrong, model.Stream(52, 1)), "interneuron 0", "4 excitatory")
}
