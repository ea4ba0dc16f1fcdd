package influence_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"credo/internal/lesson"
	"credo/internal/refusal"
	"credo/pkg/influence"
	"credo/pkg/model"
)

// settings are the rows for which there is a formula.
func settings() (list []setting) {
	for _, load := range []float64{0.2, 0.5, 0.9, 2} {
		for _, k := range []influence.Feedback{influence.None, influence.Global, influence.Detailed, influence.Delta} {
			list = append(list, setting{k, task(400, int(400*load), 1)})
		}
	}
	for _, load := range []float64{0.2, 0.5} {
		for _, r := range []float64{0, 0.5, 0.8, 0.95} {
			s := setting{influence.Detailed, task(400, int(400*load), r)}
			list = append(list, s)
			s.task.ByChannel = true
			list = append(list, s)
		}
	}
	// Coding and target coding apart, and another N.
	for _, k := range []influence.Feedback{influence.None, influence.Global, influence.Detailed} {
		list = append(list, setting{k, sparse(100, 0.6)}, setting{k, sparse(150, 0.3)})
	}
	return list
}

// sparse is a task whose coding levels differ from each other and from task's.
func sparse(patterns int, coTuning float64) model.Task {
	return model.Task{Channels: 300, Patterns: patterns, Coding: 0.4, TargetCoding: 0.5, CoTuning: coTuning}
}

type setting struct {
	feedback influence.Feedback
	task     model.Task
}

// survey measures the setting on random tasks.
func (s setting) survey(runs int) influence.Survey {
	return influence.Survey{Feedback: s.feedback, Task: s.task, Seed: 11, Runs: runs}
}

// The closed forms against the operators of random tasks.
func TestPredictAgainstOperators(t *testing.T) {
	t.Parallel()
	list := settings()
	if testing.Short() { // at P/N = 0.2, each feedback, and r = 0.5 by channel; and None at another N
		list = slices.Concat(list[:4], list[19:20], list[33:34])
	}
	for _, s := range list {
		for _, c := range []struct {
			compare   func(context.Context) (influence.Comparison, error)
			tolerance float64
		}{
			{s.survey(4).Own, 0.03},
			{s.survey(4).Number, 0.04},
		} {
			found, err := c.compare(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			lesson.Near(t, found.Label, found.Deviation(), 0, c.tolerance)
		}
		common, err := s.survey(4).CommonMode(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if common.Predicted > 0 { // the theory is for many channels: overload fits a constant only nearly
			lesson.Near(t, common.Label+": common mode", common.Deviation(), 0, 0.2)
		}
	}
}

// With few patterns on a channel, P f from 1 to 8, and few active channels the terms of order 1/(Pf) and 1/(Nf)
// count: without them N_eff − 1 was 5 to 18 percent off here, and the common mode up to 29.
func TestPredictFewActive(t *testing.T) {
	for seed, s := range []setting{
		{influence.None, model.Task{Channels: 400, Patterns: 80, Coding: 0.05, TargetCoding: 0.2, CoTuning: 1}},
		{influence.None, model.Task{Channels: 100, Patterns: 20, Coding: 0.05, TargetCoding: 0.2, CoTuning: 1}},
		{influence.None, model.Task{Channels: 100, Patterns: 40, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}},
		{influence.Global, model.Task{Channels: 400, Patterns: 80, Coding: 0.05, TargetCoding: 0.2, CoTuning: 1}},
		{influence.Global, model.Task{Channels: 100, Patterns: 40, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}},
	} {
		survey := influence.Survey{Feedback: s.feedback, Task: s.task, Seed: uint64(40 + seed), Runs: 200}
		number, err := survey.Number(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		common, err := survey.CommonMode(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]influence.Comparison{"N_eff − 1": less(number, 1), "common mode": common} {
			_, half := c.At(0.999)
			name = fmt.Sprintf("%s, f = %v, N = %v: %s", c.Label, s.task.Coding, s.task.Channels, name)
			lesson.Near(t, name, c.Deviation(), 0, half/c.Predicted)
			lesson.Near(t, name+", half-width", half/c.Predicted, 0, 0.05)
		}
	}
}

// less is a comparison of what is measured less a number.
func less(c influence.Comparison, by float64) influence.Comparison {
	c.Predicted -= by
	c.Measured.Mean -= by
	return c
}

// Special cases known by other means.
func TestPredictLimits(t *testing.T) {
	for _, load := range []float64{0.1, 0.5, 0.9} {
		for _, byChannel := range []bool{false, true} {
			c := influence.CoTuning{Load: load, Degree: 1, ByChannel: byChannel}
			if h := c.Hearing(); math.Abs(h.Own-1) > 1e-12 || math.Abs(h.Noise) > 1e-12 {
				t.Errorf("%+v: %+v, want the identity", c, h)
			}
			// Independent inputs are independent in either way.
			c.Degree = 0
			lesson.Near(t, "N_eff of independent inputs", c.Hearing().Number(), (1+load)/(1-load), 1e-9)
		}
	}
	// Few patterns: every output hears its own signal, whatever the wiring.
	for _, r := range []float64{0, 0.3, 1} {
		lesson.Near(t, "N_eff of no load", influence.CoTuning{Degree: r}.Hearing().Number(), 1, 1e-12)
		lesson.Near(t, "N_eff of no load", influence.CoTuning{Degree: r, ByChannel: true}.Hearing().Number(), 1, 1e-12)
	}
}

func TestPredictRefuses(t *testing.T) {
	_, err := influence.Detailed.Predict(task(40, 40, 0.5))
	refusal.Mentions(t, err, "load P/N = 1 outside [0, 1)")
	_, err = influence.Detailed.CommonMode(task(40, 80, 0.5))
	refusal.Mentions(t, err, "load P/N = 2 outside [0, 1)")
	_, err = influence.Global.Predict(task(0, 80, 0.5))
	refusal.Mentions(t, err, "Channels = 0")
	_, err = influence.Feedback(4).Predict(task(40, 20, 1))
	refusal.Mentions(t, err, "Feedback(4)")
	few := task(40, 20, 0)
	few.InhibitoryChannels = 10
	_, err = influence.None.Predict(few)
	refusal.Mentions(t, err, "InhibitoryChannels = 10 with Channels = 40")
	refusal.Mentions(t, influence.CoTuning{Degree: 1.5}.Check(), "r = 1.5")
	_, err = influence.Global.Discriminability(task(40, 20, 1), 0, -1)
	refusal.Mentions(t, err, "σ_q = -1")
	_, err = influence.Global.Discriminability(task(40, 20, 1), math.NaN(), 0)
	refusal.Mentions(t, err, "mean drive = NaN")
}

// Separation of what an operator makes of a drive, against the prediction, for
// centred drive, with noise, and for the target alone.
func TestDiscriminabilityAgainstOperators(t *testing.T) {
	t.Parallel()
	for k, c := range []struct {
		setting
		mean, noise float64
	}{
		{setting{influence.None, task(400, 200, 1)}, 0, 0},
		{setting{influence.None, task(400, 200, 1)}, 0.2, 0},
		{setting{influence.Global, task(400, 200, 1)}, 0.2, 0.2},
		{setting{influence.Detailed, task(400, 120, 0)}, 0, 0.3},
		{setting{influence.Detailed, task(400, 120, 0.8)}, 0, 0.3},
		{setting{influence.Detailed, task(400, 120, 0.8)}, 0.2, 0},
		{setting{influence.Detailed, task(400, 120, 1)}, 0.2, 0.3},
		{setting{influence.Detailed, task(400, 600, 1)}, 0.2, 0.3},
		{setting{influence.Delta, task(400, 800, 1)}, 0, 0},
		{setting{influence.None, sparse(150, 1)}, 0, 0.2},
		{setting{influence.Global, sparse(150, 1)}, 0.5, 0.2},
		{setting{influence.Global, sparse(150, 0.9)}, 0.1, 0},
		{setting{influence.Detailed, sparse(100, 0.5)}, 0, 0.2},
		{setting{influence.Detailed, sparse(100, 0.9)}, 0.1, 0},
		{setting{influence.Detailed, sparse(450, 1)}, 0.5, 0.2},
	} {
		if testing.Short() && (k%5 != 3 || c.task.Patterns > 400) { // one of the detailed, and two at another N
			continue
		}
		found, err := c.survey(12).Separation(context.Background(), c.mean, c.noise)
		if err != nil {
			t.Fatal(err)
		}
		lesson.Near(t, fmt.Sprintf("%s, mean %v, noise %v: d′", found.Label, c.mean, c.noise), found.Deviation(), 0, 0.12)
	}
}

// Separation against d′ worked out by hand: means 3 and 1, deviations ±1.
func TestSeparation(t *testing.T) {
	a, err := model.NewAssociations(1, [][]int32{{}, {}, {}, {}}, nil, []bool{true, false, true, false})
	if err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "d′", influence.Separation(a, []float64{2, 0, 4, 2}), 2/math.Sqrt2, 1e-12)
	if d := influence.Separation(a, []float64{1, 0, 1, 0}); !math.IsInf(d, 1) {
		t.Errorf("d′ of equal values %v", d)
	}
	none, err := model.NewAssociations(1, [][]int32{{}, {}, {}}, nil, []bool{true, true, true})
	if err != nil {
		t.Fatal(err)
	}
	if d := influence.Separation(none, []float64{1, 2, 3}); !math.IsNaN(d) {
		t.Errorf("d′ of one class %v", d)
	}
	two, err := model.NewAssociations(1, [][]int32{{}, {}}, nil, []bool{true, false})
	if err != nil {
		t.Fatal(err)
	}
	if d := influence.Separation(two, []float64{1, 2}); !math.IsNaN(d) {
		t.Errorf("d′ of one pattern of each class %v", d)
	}
}
