package model_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/model"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/stat"
)

// The potentials drift to the roots of the mean force, V_1 in closed form and
// V_0 found to 40 digits by an independent program from the same equation, and
// there every pattern stands still.
func TestDriftEndsAtTheRootsOfTheMeanForce(t *testing.T) {
	t.Parallel()
	channels := 200
	if testing.Short() {
		channels = 80
	}
	c := lesson.Circuit()
	v1 := (c.ACh.Probability*c.Acetylcholine.Rate*(1-c.Acetylcholine.Reference)+
		c.NE.Probability*c.Noradrenaline.Rate*(1-c.Noradrenaline.Reference)+
		c.Hebbian.Rate*(1-c.Hebbian.MeanOutput))/c.Balance.Rate - c.Balance.Offset
	const v0 = -0.0427879
	a := lesson.HalfLoad(t, channels, 1)
	l := c.Learner(model.NewNeuron(channels, 20), 1)
	if err := (model.Drift{Learner: l}).Integrate(context.Background(), a, 2000); err != nil {
		t.Fatal(err)
	}
	want := [2]float64{v0, v1}
	for mu, v := range l.Neuron.Potentials(a) {
		class := 0
		if a.Target(mu) {
			class = 1
		}
		if math.Abs(v-want[class]) > 1e-5 {
			t.Fatalf("pattern %d of target %d ends at V = %.6f, want %.6f", mu, class, v, want[class])
		}
		iE, iI := l.Neuron.Currents(a, mu)
		e, i := l.Mean(a.Target(mu), iE, iI)
		if force := e.Active - i.Active; math.Abs(force) > 1e-5 {
			t.Fatalf("pattern %d ends where the mean force is %v", mu, force)
		}
	}
}

// With the running mean as the Hebbian reference, V_1 = 0.72034 (independent
// evaluation of the self-consistent mean output).
func TestDriftFollowsTheRunningMean(t *testing.T) {
	t.Parallel()
	channels := 200
	if testing.Short() {
		channels = 80
	}
	c := lesson.Circuit()
	hebb := c.Hebbian.Rate
	c.Hebbian.Rate = 0
	c.Excitatory = []model.Rule{rules.Func(func(s *model.Signals) model.Change {
		return model.Change{Active: hebb * (s.Output - s.MeanOutput)}
	})}
	a := lesson.HalfLoad(t, channels, 1)
	l := c.Learner(model.NewNeuron(channels, 20), 1)
	l.Memory = 1000
	if err := (model.Drift{Learner: l}).Integrate(context.Background(), a, 2000); err != nil {
		t.Fatal(err)
	}
	one, _ := a.ByTarget(l.Neuron.Potentials(a))
	if v := stat.Mean(one, nil); math.Abs(v-0.72034) > 2e-5 {
		t.Errorf("V_1 = %.6f, want 0.72034", v)
	}
}

// As the rate goes to 0 at fixed T = λ·epochs, Train goes to the drift: the
// distance of the potentials is noise of order √λ.
func TestTrainTendsToTheDrift(t *testing.T) {
	t.Parallel()
	const channels, duration = 200, 40
	a := lesson.HalfLoad(t, channels, 2)
	c := lesson.Circuit()
	drift := c.Learner(model.NewNeuron(channels, 20), 1)
	if err := (model.Drift{Learner: drift}).Integrate(context.Background(), a, duration); err != nil {
		t.Fatal(err)
	}
	want := drift.Neuron.Potentials(a)
	distance := func(rate float64) float64 {
		square := 0.
		for run := range uint64(4) {
			l := c.Learner(model.NewNeuron(channels, 20), rate)
			if _, err := l.Train(context.Background(), a, int(duration/rate), model.Stream(3, run)); err != nil {
				t.Fatal(err)
			}
			for mu, v := range l.Neuron.Potentials(a) {
				square += (v - want[mu]) * (v - want[mu])
			}
		}
		return math.Sqrt(square / 4 / float64(len(want)))
	}
	coarse, fine := distance(0.2), distance(0.0125)
	t.Logf("root mean square distance %.4f at λ = 0.2, %.4f at λ = 0.0125", coarse, fine)
	if ratio := coarse / fine; ratio < 3 || ratio > 5.5 {
		t.Errorf("16 times the rate, %.2f times the distance; want about 4", ratio)
	}
	if fine > 0.02 {
		t.Errorf("distance %v at λ = 0.0125", fine)
	}
}

// A common decay d is the linear problem of ridge regression where the force
// is linear: here one pattern, one channel, w* = S/(ℓ) in closed form.
func TestDriftDecayAndBounds(t *testing.T) {
	a, err := model.NewAssociations(1, [][]int32{{0}}, nil, []bool{true})
	if err != nil {
		t.Fatal(err)
	}
	push := func(by float64) []model.Rule {
		return []model.Rule{rules.Func(func(*model.Signals) model.Change { return model.Change{Active: by} })}
	}
	for _, test := range []struct {
		name    string
		learner model.Learner
		want    float64
	}{
		// dw/dT = 0.3 − (0.01/0.1) w
		{"decay", model.Learner{Excitatory: push(0.3), Rate: 0.1, Decay: 0.01}, 3},
		{"upper bound", model.Learner{Excitatory: push(0.3), Rate: 0.1, MaxWeight: 2}, 2},
		{"lower bound", model.Learner{Excitatory: push(-0.3), Rate: 0.1}, 0},
		{"loss", model.Learner{Excitatory: []model.Rule{rules.Func(func(*model.Signals) model.Change {
			return model.Change{Active: 0.3, ActiveLoss: 0.25}
		})}, Rate: 0.1}, 1.2},
	} {
		l := test.learner
		l.Neuron = model.NewNeuron(1, 1)
		l.MaxInhibitory = 5
		l.Inhibitory = push(0.3 + l.Decay) // up, to its own bound or, with decay, below it
		if err := (model.Drift{Learner: &l}).Integrate(context.Background(), a, 200); err != nil {
			t.Errorf("%s: %v", test.name, err)
		} else if w := l.Neuron.Excitatory[0]; math.Abs(w-test.want) > 1e-3 {
			t.Errorf("%s: w = %v, want %v", test.name, w, test.want)
		}
		if w, want := l.Neuron.Inhibitory[0], min(5, (0.3+l.Decay)*l.Rate/l.Decay); math.Abs(w-want) > 1e-3 {
			t.Errorf("%s: w_I = %v, want %v", test.name, w, want)
		}
	}
}

// Every trial decays, so that P patterns have P times the decay of one: with
// one channel that only the first of four patterns drives,
//
//	dw/dT = 0.3 − 4 (0.01/0.1) w,  w* = 0.75.
func TestDriftDecayCountsThePatterns(t *testing.T) {
	a, err := model.NewAssociations(1, [][]int32{{0}, {}, {}, {}}, nil, []bool{true, false, true, false})
	if err != nil {
		t.Fatal(err)
	}
	push := []model.Rule{rules.Func(func(*model.Signals) model.Change { return model.Change{Active: 0.3} })}
	l := model.Learner{Neuron: model.NewNeuron(1, 2), Excitatory: push, Inhibitory: push, Rate: 0.1, Decay: 0.01}
	if err := (model.Drift{Learner: &l}).Integrate(t.Context(), a, 100); err != nil {
		t.Fatal(err)
	}
	lesson.Near(t, "w_E", l.Neuron.Excitatory[0], 0.75, 1e-3)
	lesson.Near(t, "w_I", l.Neuron.Inhibitory[0], 0.75, 1e-3)
	// Train comes there too: within one trial's push and decay.
	l.Neuron = model.NewNeuron(1, 2)
	lesson.Train(t, &l, a, 2000, model.Stream(71, 0))
	lesson.Near(t, "w_E of Train", l.Neuron.Excitatory[0], 0.75, 0.03)
}

func TestDriftRefusesBadInput(t *testing.T) {
	a := lesson.HalfLoad(t, 20, 1)
	for _, test := range []struct {
		duration  float64
		change    func(*model.Drift)
		wantError string
	}{
		{-1, func(*model.Drift) {}, "T = -1 outside [0, ∞)"},
		{math.NaN(), func(*model.Drift) {}, "T = NaN"},
		{1, func(d *model.Drift) { d.Learner = nil }, "Drift.Learner is nil"},
		{1, func(d *model.Drift) { d.Tolerance = 2 }, "Tolerance = 2 outside (0, 1)"},
		{1, func(d *model.Drift) { d.Learner.Rate = math.Inf(1) }, "Rate = +Inf"},
		{1, func(d *model.Drift) { d.Learner.Rate, d.Learner.Decay = 0, 0.1 }, "Decay = 0.1 without a Rate"},
		{1, func(d *model.Drift) { d.Learner.Neuron = model.NewNeuron(7, 1) }, "7 excitatory and 7 inhibitory weights"},
		{1, func(d *model.Drift) {
			d.Learner.Excitatory = []model.Rule{rules.Func(func(*model.Signals) model.Change { return model.Change{Active: math.NaN()} })}
		}, "NaN"},
	} {
		d := model.Drift{Learner: lesson.Circuit().Learner(model.NewNeuron(20, 1), 1)}
		test.change(&d)
		if err := d.Integrate(context.Background(), a, test.duration); err == nil || !strings.Contains(err.Error(), test.wantError) {
			t.Errorf("error %v, want %q in it", err, test.wantError)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := (model.Drift{Learner: lesson.Circuit().Learner(model.NewNeuron(20, 1), 1)}).Integrate(ctx, a, 1); err == nil {
		t.Error("a cancelled context is no error")
	}
}
