package experiment_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/experiment"
	"credo/pkg/model"
	"credo/pkg/rules"
)

// scanned are small studies that differ in offset, rate, release and gate: more
// than a block of neurons, and one that learns alone because its release is late.
func scanned() (s experiment.Scan) {
	for k := range 11 {
		c := lesson.Circuit()
		c.Balance.Offset = 0.05 * float64(k)
		c.Balance.WhenFiring = k%3 == 2
		if k == 5 {
			c.ACh.Late = 0.2
		}
		study := small()
		study.Learner = func() *model.Learner {
			l := c.Learner(model.NewNeuron(40, 20), 0.1+0.01*float64(k))
			l.Every = 10
			return l
		}
		s = append(s, study)
	}
	return s
}

// Every point of a scan is its study alone, to the bit.
func TestScanIsItsStudies(t *testing.T) {
	s := scanned()
	measure := func(r experiment.Trained) []float64 {
		_, end := r.History.Recall()
		return []float64{end.Error, r.Learner.Neuron.Excitatory[0]}
	}
	points, err := s.Measure(t.Context(), 3, measure)
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.Run(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	for k, study := range s {
		want, err := study.Run(t.Context(), 2)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(all[k].Learner.Neuron, want.Learner.Neuron) || !reflect.DeepEqual(all[k].History, want.History) {
			t.Errorf("run 2 of study %d differs from the study alone", k)
		}
		alone, err := study.Measure(t.Context(), 3, measure)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(points[k], alone) {
			t.Errorf("study %d: %v, alone %v", k, points[k], alone)
		}
		if k > 0 && slices.Equal(points[k], points[k-1]) {
			t.Errorf("studies %d and %d give the same", k-1, k)
		}
	}
}

// What is due to the task cancels in a difference of points, so that its interval
// is narrower than that of neurons with tasks of their own.
func TestScanSharpensDifferences(t *testing.T) {
	point := func(offset float64, seed uint64) experiment.Study {
		c := lesson.Circuit()
		c.Balance.Offset = offset
		s := small()
		s.Seed, s.Learner = seed, func() *model.Learner { return c.Learner(model.NewNeuron(40, 20), 0.1) }
		return s
	}
	mean := func(r experiment.Trained) float64 {
		v, sum := r.Learner.Neuron.Potentials(r.Associations), 0.
		for _, x := range v {
			sum += x / float64(len(v))
		}
		return sum
	}
	difference := func(of func(ctx context.Context, i int) (a, b experiment.Trained)) float64 {
		v, err := experiment.Measure(t.Context(), 40, func(ctx context.Context, i int) ([]float64, error) {
			a, b := of(ctx, i)
			return []float64{mean(a) - mean(b)}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return v[0].Half
	}
	must := func(all []experiment.Trained, err error) []experiment.Trained {
		if err != nil {
			t.Error(err)
		}
		return all
	}
	shared := difference(func(ctx context.Context, i int) (a, b experiment.Trained) {
		all := must(experiment.Scan{point(0.2, 1), point(0.3, 1)}.Run(ctx, i))
		return all[0], all[1]
	})
	own := difference(func(ctx context.Context, i int) (a, b experiment.Trained) {
		return must(experiment.Scan{point(0.2, 1)}.Run(ctx, i))[0], must(experiment.Scan{point(0.3, 2)}.Run(ctx, i))[0]
	})
	if shared > own/2 {
		t.Errorf("interval of the difference %v with common random numbers, %v with each its own", shared, own)
	}
}

func TestScanRefuses(t *testing.T) {
	ctx := t.Context()
	for _, bad := range []struct {
		change func(s experiment.Scan) experiment.Scan
		words  []string
	}{
		{func(experiment.Scan) experiment.Scan { return nil }, []string{"Scan is empty"}},
		{func(s experiment.Scan) experiment.Scan { s[2].Seed = 8; return s }, []string{"Seed of study 2 = 8", "7"}},
		{func(s experiment.Scan) experiment.Scan { s[3].Task.Patterns = 9; return s }, []string{"Task of study 3", "Patterns:9", "Patterns:20"}},
		{func(s experiment.Scan) experiment.Scan { s[1].Epochs = 49; return s }, []string{"Epochs of study 1 = 49", "50"}},
		{func(s experiment.Scan) experiment.Scan { s[4].Learner = nil; return s }, []string{"Study.Learner is nil", "study 4"}},
		{func(s experiment.Scan) experiment.Scan {
			s[4].Learner = func() *model.Learner { return nil }
			return s
		}, []string{"made no learner", "study 4"}},
		{func(s experiment.Scan) experiment.Scan { s[9].Draw = s[9].Task.Draw; return s }, []string{"study 9", "Draw or Train", "nil"}},
		{func(s experiment.Scan) experiment.Scan {
			s[9].Train = func(context.Context, *model.Learner, *model.Associations, *rand.Rand) (model.History, error) {
				return nil, nil
			}
			return s
		}, []string{"study 9", "Draw or Train", "nil"}},
		{func(s experiment.Scan) experiment.Scan {
			l := s[0].Learner()
			s[6].Learner, s[7].Learner = func() *model.Learner { return l }, func() *model.Learner { return l }
			return s
		}, []string{"neurons 6 and 7", "one and the same"}},
		{func(s experiment.Scan) experiment.Scan {
			s[6].Learner = func() *model.Learner { return rules.Reported().Learner(model.NewNeuron(41, 20), 0.1) }
			return s
		}, []string{"neuron 6", "41"}},
	} {
		s := bad.change(scanned())
		_, err := s.Run(ctx, 0)
		refusal.Mentions(t, err, bad.words...)
		_, err = s.Measure(ctx, 2, func(experiment.Trained) []float64 { return nil })
		refusal.Mentions(t, err, bad.words...)
	}
	_, err := scanned().Run(ctx, -1)
	refusal.Mentions(t, err, "run = -1")
	_, err = scanned()[:2].Measure(ctx, 3, func(r experiment.Trained) []float64 { return make([]float64, len(r.Associations.Excitatory(0))) })
	refusal.Mentions(t, err, "values")
}

// A scan that is cancelled returns what its neurons have learned.
func TestScanCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	all, err := scanned().Run(ctx, 0)
	if !errors.Is(err, context.Canceled) || len(all) != 11 || all[10].Learner.Epochs != 0 || all[10].Associations.Len() != 20 {
		t.Errorf("%d points, %v", len(all), err)
	}
}

func ExampleScan() {
	circuit := rules.Reported()
	circuit.Acetylcholine.Depression = 0
	task := experiment.Task(circuit, 100, 0.5)
	var scan experiment.Scan
	for _, offset := range []float64{0, 0.05, 0.3, 0.6} {
		c := circuit
		c.Balance.Offset = offset
		scan = append(scan, experiment.Design{Circuit: c, Task: task, Weight: 20, Rate: 0.1, Duration: 200, Seed: 1}.Study())
	}
	points, err := scan.Measure(context.Background(), 4, func(t experiment.Trained) []float64 {
		r := t.Learner.Neuron.Recall(t.Associations)
		return []float64{1 - r.Hits, r.FalseAlarms}
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for k, p := range points {
		fmt.Printf("b = %.2f: misses %.2f, false alarms %.2f\n", []float64{0, 0.05, 0.3, 0.6}[k], p[0].Mean, p[1].Mean)
	}
	// Output:
	// b = 0.00: misses 0.00, false alarms 1.00
	// b = 0.05: misses 0.00, false alarms 0.00
	// b = 0.30: misses 0.00, false alarms 0.00
	// b = 0.60: misses 1.00, false alarms 0.00
}
