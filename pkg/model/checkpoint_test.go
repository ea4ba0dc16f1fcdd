package model_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/model"
)

// 100 epochs, a checkpoint, and 100 epochs of another learner are 200 epochs.
func TestCheckpointContinuesExactly(t *testing.T) {
	a := lesson.HalfLoad(t, 40, 1)
	learner := func() *model.Learner {
		l := lesson.Circuit().Learner(model.NewNeuron(40, 20), 0.1)
		l.Memory = 100
		return l
	}
	train := func(l *model.Learner, epochs int) {
		if _, err := l.Train(context.Background(), a, epochs, l.Resume(5, 9)); err != nil {
			t.Fatal(err)
		}
	}
	whole, first, second := learner(), learner(), learner()
	train(whole, 200)
	train(first, 100)
	var file bytes.Buffer
	if err := first.Save(&file); err != nil {
		t.Fatal(err)
	}
	if err := second.Restore(&file); err != nil {
		t.Fatal(err)
	}
	train(second, 100)
	if !slices.Equal(whole.Neuron.Excitatory, second.Neuron.Excitatory) || !slices.Equal(whole.Neuron.Inhibitory, second.Neuron.Inhibitory) ||
		whole.MeanOutput != second.MeanOutput || whole.Epochs != second.Epochs {
		t.Error("continued training differs from training in one go")
	}
}

func TestCheckpointRefusesWhatItCannotRestore(t *testing.T) {
	l := lesson.Circuit().Learner(model.NewNeuron(4, 20), 0.1)
	l.Neuron.Excitatory[2] = 7
	var file bytes.Buffer
	if err := l.Save(&file); err != nil {
		t.Fatal(err)
	}
	good := file.Bytes()
	damaged := slices.Clone(good)
	damaged[60] ^= 1
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "truncated: 0 bytes"},
		{"foreign", []byte("\x89PNG\r\n\x1a\n and so on"), "not a credo checkpoint"},
		{"newer", []byte("credo checkpoint 2\n" + string(good[19:])), "version 2, newer than 1"},
		{"damaged", damaged, "checksum"},
		{"longer", append(slices.Clone(good), 'x'), "followed by something else"},
	} {
		if err := l.Restore(bytes.NewReader(test.data)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q in it", test.name, err, test.want)
		}
	}
	fresh := lesson.Circuit().Learner(model.NewNeuron(4, 1), 0.1)
	for n := range good {
		if err := fresh.Restore(bytes.NewReader(good[:n])); err == nil || !strings.Contains(err.Error(), "truncated") {
			t.Errorf("%d of %d bytes: error %v", n, len(good), err)
		}
	}
	if fresh.Neuron.Excitatory[2] != 1 || fresh.Epochs != 0 {
		t.Error("a failed Restore changed the learner")
	}
	other := lesson.Circuit().Learner(model.NewNeuron(5, 1), 0.1)
	if err := other.Restore(bytes.NewReader(good)); err == nil || !strings.Contains(err.Error(), "4 excitatory and 4 inhibitory weights for a neuron of 5") {
		t.Errorf("error %v", err)
	}
}

func ExampleLearner_Save() {
	l := &model.Learner{Neuron: model.NewNeuron(2, 1.5), Epochs: 100}
	var file bytes.Buffer
	fmt.Println(l.Save(&file))
	again := &model.Learner{Neuron: model.NewNeuron(2, 0)}
	fmt.Println(again.Restore(&file), again.Epochs, again.Neuron.Excitatory)
	// Output:
	// <nil>
	// <nil> 100 [1.5 1.5]
}
