package experiment_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/experiment"
	"credo/pkg/model"
)

// The neuron of a design has the mean potential that it asks for, over many
// patterns, whatever the number of inhibitory channels; time is rounded to
// epochs, and entries are about as many as asked for.
func TestDesign(t *testing.T) {
	c := lesson.Circuit()
	c.Threshold = 0.1
	d := experiment.Design{Circuit: c, Task: experiment.Task(c, 80, 25), Weight: 20, Rate: 0.1, Duration: 40.26, Seed: 3, Potential: 0.4}
	if d.Task.Patterns != 2000 || d.Task.CoTuning != 1 || d.Epochs() != 403 {
		t.Errorf("%d patterns, co-tuning %v, %d epochs", d.Task.Patterns, d.Task.CoTuning, d.Epochs())
	}
	// Own inhibitory channels leave V scatter; their means are those of f N.
	for _, inhibitory := range []int{0, 80, 120} {
		d.Task.InhibitoryChannels = inhibitory
		if inhibitory > 0 {
			d.Task.CoTuning = 0
		}
		n := d.Neuron()
		want := 20 - (0.4+0.1)/(0.2*math.Sqrt(80))
		for _, w := range n.Inhibitory {
			lesson.Near(t, "w_I", w, want, 1e-12)
		}
		if len(n.Inhibitory) != max(80, inhibitory) || n.Threshold != 0.1 || n.Excitatory[79] != 20 {
			t.Errorf("%d inhibitory weights, threshold %v, w_E = %v", len(n.Inhibitory), n.Threshold, n.Excitatory[79])
		}
	}
	d.Task.InhibitoryChannels, d.Task.CoTuning = 0, 1
	a, err := d.Task.Draw(model.Stream(3, 0))
	if err != nil {
		t.Fatal(err)
	}
	mean := 0.
	for _, v := range d.Neuron().Potentials(a) {
		mean += v / 2000
	}
	lesson.Near(t, "mean potential", mean, 0.4, 0.02) // sd of V: 0.5 √(0.8/16)/√2000 = 0.0025
	if every := d.Learner().Every; every != 403/80 {
		t.Errorf("an entry each %d epochs", every)
	}
	d.Entries = 20
	if every := d.Learner().Every; every != 403/20 {
		t.Errorf("an entry each %d epochs of 20 entries", every)
	}
	d.Entries = 1000
	if every := d.Learner().Every; every != 1 {
		t.Errorf("an entry each %d epochs of 1000 entries", every)
	}
	if s := d.Study(); s.Epochs != 403 || s.Seed != 3 || s.Learner().Rate != 0.1 {
		t.Errorf("study %+v", s)
	}
}
