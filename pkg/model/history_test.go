package model_test

import (
	"reflect"
	"slices"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/model"
)

func TestTrainInTwoPartsIsTrainingAtOnce(t *testing.T) {
	for _, every := range []int{0, 7, 30, 50} {
		whole, a := busy(t, 2)
		parts, _ := busy(t, 2)
		whole.Every, parts.Every = every, every

		rng := model.Stream(2, 1)
		once := lesson.Train(t, whole, a, 200, rng)
		rng = model.Stream(2, 1)
		twice := slices.Concat(lesson.Train(t, parts, a, 100, rng), lesson.Train(t, parts, a, 100, rng))
		same(t, "100 + 100 epochs", whole, parts)

		// The end of the first part is an entry of its own, unless it was due.
		if every == 0 || 100%every != 0 {
			twice = slices.DeleteFunc(twice, func(e model.Entry) bool { return e.Epoch == 100 })
		}
		if !reflect.DeepEqual(once, twice) {
			t.Errorf("Every = %d: histories differ", every)
		}
		var epochs, want []int
		for _, e := range once {
			epochs = append(epochs, e.Epoch)
		}
		for e := 1; e <= 200; e++ {
			if e == 200 || every > 0 && e%every == 0 {
				want = append(want, e)
			}
		}
		if !slices.Equal(epochs, want) {
			t.Errorf("Every = %d: entries at epochs %v, want %v", every, epochs, want)
		}
	}
}

func TestHistory(t *testing.T) {
	l, a := busy(t, 3)
	h := lesson.Train(t, l, a, 5, model.Stream(3, 1))
	if len(h) != 1 || h[0].Epoch != 5 {
		t.Fatalf("%d entries", len(h))
	}
	last := h[0]
	if got := l.Neuron.Potentials(a); !slices.Equal(got, last.Potentials) {
		t.Error("potentials at the end are not those of the trained neuron")
	}
	if got := l.Neuron.Recall(a); got != last.AtEnd {
		t.Errorf("recall at the end %+v, of the neuron %+v", last.AtEnd, got)
	}
	hits, targets := 0., 0.
	for mu, v := range last.PresentedPotentials {
		if a.Target(mu) {
			targets++
			if v > 0 {
				hits++
			}
		}
	}
	if last.AtPresentation.Hits != hits/targets {
		t.Errorf("hits at presentation %v, potentials say %v", last.AtPresentation.Hits, hits/targets)
	}
	if h := lesson.Train(t, l, a, 0, model.Stream(3, 1)); h != nil {
		t.Error("no epoch, but a history")
	}

	// Entries do not change when training goes on.
	before := slices.Clone(last.PresentedPotentials)
	lesson.Train(t, l, a, 5, model.Stream(3, 2))
	if !slices.Equal(before, last.PresentedPotentials) {
		t.Error("training changed an earlier entry")
	}

	// A learner without rules presents the potentials of its neuron.
	still, _ := busy(t, 3)
	still.Excitatory, still.Inhibitory, still.Decay = nil, nil, 0
	h = lesson.Train(t, still, a, 1, model.Stream(3, 1))
	if want := still.Neuron.Potentials(a); !slices.Equal(h[0].PresentedPotentials, want) || h[0].AtPresentation != h[0].AtEnd {
		t.Error("without learning, presentation and end differ")
	}
}
