package experiment_test

import (
	"math"
	"slices"
	"testing"

	"credo/internal/refusal"
	"credo/pkg/experiment"
	"credo/pkg/rules"
)

func reported() experiment.Design {
	c := rules.Reported()
	return experiment.Design{Name: "s", Circuit: c, Task: experiment.Task(c, 40, 0.5), Weight: 20, Rate: 0.1, Duration: 3, Seed: 5}
}

func set(t *testing.T, d experiment.Design, name string, value float64) experiment.Design {
	t.Helper()
	d, err := d.Set(name, value)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Names lead to the fields that they say, and f, f_Y and θ to all that depend on them.
func TestSet(t *testing.T) {
	d := reported()
	for name, get := range map[string]func(experiment.Design) float64{
		"Rate":                       func(d experiment.Design) float64 { return d.Rate },
		"Task.CoTuning":              func(d experiment.Design) float64 { return d.Task.CoTuning },
		"Balance.Offset":             func(d experiment.Design) float64 { return d.Circuit.Balance.Offset },
		"Circuit.ACh.Probability":    func(d experiment.Design) float64 { return d.Circuit.ACh.Probability },
		"Acetylcholine.Depression":   func(d experiment.Design) float64 { return d.Circuit.Acetylcholine.Depression },
		"Threshold":                  func(d experiment.Design) float64 { return d.Circuit.Threshold },
		"Task.Coding":                func(d experiment.Design) float64 { return d.Task.Coding },
		"Circuit.TargetCoding":       func(d experiment.Design) float64 { return d.Circuit.TargetCoding },
		"Circuit.Hebbian.MeanOutput": func(d experiment.Design) float64 { return d.Circuit.Hebbian.MeanOutput },
	} {
		if get(d) == 0.375 || get(set(t, d, name, 0.375)) != 0.375 {
			t.Errorf("%s is not set", name)
		}
	}
	if !set(t, d, "Balance.WhenFiring", 1).Circuit.Balance.WhenFiring || set(t, d, "InhibitoryChannels", 7).Task.InhibitoryChannels != 7 {
		t.Error("a bool or a whole number is not set")
	}
	moved := set(t, set(t, d, "Coding", 0.1), "TargetCoding", 0.3)
	want := d.Circuit.With(0.1, 0.3, 0)
	if moved.Task.Coding != 0.1 || moved.Task.TargetCoding != 0.3 || moved.Circuit.String() != want.String() {
		t.Errorf("%v %v", moved.Task, moved.Circuit)
	}
	loaded := set(t, set(t, d, "Load", 0.8), "Channels", 100)
	if loaded.Task.Patterns != 80 || set(t, loaded, "Patterns", 7).Task.Patterns != 7 || d.Task.Patterns != 20 {
		t.Errorf("%d patterns", loaded.Task.Patterns)
	}
	for name, value := range map[string]float64{"Channels": 1.5, "Balance.WhenFiring": 2, "Rate": math.NaN(), "Load": math.Inf(1)} {
		_, err := d.Set(name, value)
		refusal.Mentions(t, err, name+" = ")
	}
	for _, name := range []string{"", "rate", "Raet", "Seeds", "Entries", "Circuit", "Circuit.ACh", "load", "Rate.Rate", "Name", "Task..Coding", "Circuit.Excitatory"} {
		_, err := d.Set(name, 1)
		refusal.Mentions(t, err, "unknown parameter", "must be one of Load, Coding")
	}
}

// Several parameters are moved alike in any order: a reference of one's own beside the coding that it would follow stays, and so does one
// that a point does not name. One parameter under two names is refused.
func TestSetAll(t *testing.T) {
	d, err := reported().SetAll(map[string]float64{"Acetylcholine.Coding": 0.3, "Coding": 0.1, "Hebbian.MeanOutput": 0.4, "TargetCoding": 0.2, "Channels": 100, "Load": 0.8})
	if err != nil || d.Circuit.Acetylcholine.Coding != 0.3 || d.Circuit.Coding != 0.1 || d.Circuit.Hebbian.MeanOutput != 0.4 || d.Task.Patterns != 80 {
		t.Errorf("%v: %+v %v", err, d.Task, d.Circuit)
	}
	for name, get := range map[string]func(experiment.Design) float64{
		"Coding":       func(d experiment.Design) float64 { return d.Circuit.Hebbian.MeanOutput - 0.4 },
		"TargetCoding": func(d experiment.Design) float64 { return d.Circuit.Acetylcholine.Coding - 0.3 },
		"Threshold": func(d experiment.Design) float64 {
			return d.Circuit.Acetylcholine.Coding - 0.3 + d.Circuit.Hebbian.MeanOutput - 0.4
		},
	} {
		if get(set(t, d, name, 0.15)) != 0 {
			t.Errorf("%s moves a reference that does not follow it", name)
		}
	}
	for _, twice := range []map[string]float64{{"Balance.Offset": 1, "Circuit.Balance.Offset": 1}, {"Load": 1, "Patterns": 40}, {"Load": 1, "Task.Patterns": 40}} {
		_, err := reported().SetAll(twice)
		refusal.Mentions(t, err, "are one, must be said once")
	}
}

// All names that are listed can be set.
func TestParameters(t *testing.T) {
	names := experiment.Parameters()
	for _, name := range names {
		set(t, reported(), name, 1)
	}
	if len(names) < 40 || !slices.Contains(names, "Threshold") {
		t.Errorf("only %q", names)
	}
}
