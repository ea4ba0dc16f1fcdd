package theory_test

import (
	"math"
	"strings"
	"testing"

	"credo/pkg/model"
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// States of the bare gated rule (f_Y = 0.2, c = 0.7, b = 0.5, disinhibition
// without limit) above capacity and with decay, from a program in Python that
// solves the equations for the map in closed form.
func TestOverloadOfGatedInhibition(t *testing.T) {
	c := bare()
	c.ACh.Disinhibition = 1e9
	for _, test := range []struct{ load, decay, miss, fa, v1, v0, q float64 }{
		{2.5, 0, 0.11155993185015117, 0.04607088128600941, 0.11096474595710626, -0.41916907278914034, 0.330643848407485},
		{2.6, 0, 0.16311942546496525, 0.05746483781512716, 0.08931099252403421, -0.23556538640240043, 0.11158134687339531},
		{3, 0, 0.2801341857026072, 0.08209574766940629, 0.04311978196763344, -0.0968648545259418, 0.01959666141242132},
		{0.8, 0.1, 0, 0.015404591505258218, 0.16919081698948354, -0.031576235276535344, 0.008008289908971565},
		{1.5, 0.03, 0, 0.01326813476649673, 0.17346373046700653, -0.11136296586331222, 0.041513840024709696},
	} {
		o, err := of(c).Overload(test.load, test.decay)
		if err != nil {
			t.Fatal(err)
		}
		got := []float64{o.Miss, o.FalseAlarm, o.V1, o.V0, o.SD * o.SD}
		for k, want := range []float64{test.miss, test.fa, test.v1, test.v0, test.q} {
			if math.Abs(got[k]-want) > 1e-7 {
				t.Errorf("α = %v, ℓ = %v: %v, want %v", test.load, test.decay, got, test)
				break
			}
		}
	}
	if _, err := of(c).Overload(2.4, 0); err == nil || !strings.Contains(err.Error(), "below capacity") {
		t.Errorf("load 2.4 below capacity 2.44: %v", err)
	}
}

// teacher is a force linear in V: t − V in units of a_I, with targets 1 − b, −b.
func teacher(slope float64) rules.Circuit {
	return rules.Circuit{
		Excitatory: []model.Rule{rules.Func(func(s *model.Signals) model.Change {
			if s.Target {
				return model.Change{Active: slope}
			}
			return model.Change{}
		})},
		Balance: rules.Balance{Rate: slope, Slope: 1, Offset: 0.45}, Coding: 0.2, TargetCoding: 0.2,
	}
}

// For a linear force the equations must give the closed form of least squares,
// and with decay that of ridge regression: V = m_1 (t − t̄) + …, m_1 = 1 − ℓS,
// S = (−(1−α+ℓ) + √((1−α+ℓ)² + 4αℓ))/(2αℓ).
func TestOverloadOfALinearForce(t *testing.T) {
	for _, slope := range []float64{1, 0.5} {
		for _, load := range []float64{1.2, 2, 4} {
			l := theory.Linear{TargetCoding: 0.2, Load: load}
			miss, fa, _ := l.Errors(0.45)
			m1, sd := l.Potential(true, 0.45)
			o, err := of(teacher(slope)).Overload(load, 0)
			if err != nil || math.Abs(o.Miss-miss) > 1e-9 || math.Abs(o.FalseAlarm-fa) > 1e-9 || math.Abs(o.V1-m1) > 1e-9 {
				t.Errorf("α = %v: %+v, %v; want %v, %v, V_1 = %v ± %v", load, o, err, miss, fa, m1, sd)
			}
		}
		for _, test := range [][2]float64{{0.5, 0.1}, {1, 1}, {2, 1}} {
			load, decay := test[0], test[1]
			a := 1 - load + decay
			own := 1 - decay*(-a+math.Sqrt(a*a+4*load*decay))/(2*load*decay)
			o, err := of(teacher(slope)).Overload(load, decay)
			if err != nil || math.Abs(o.V1-o.V0-own) > 1e-9 {
				t.Errorf("α = %v, ℓ = %v: separation %v, %v; want %v", load, decay, o.V1-o.V0, err, own)
			}
		}
	}
}

// Training far above capacity, errors at presentation.
func TestOverloadAgreesWithTraining(t *testing.T) {
	const n, load, rate = 200, 3, 0.1
	c := bare()
	want, err := of(c).Overload(load, 0)
	if err != nil {
		t.Fatal(err)
	}
	var miss, fa, v1, count float64
	for run := range uint64(3) {
		a, err := model.Task{Channels: n, Patterns: load * n, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}.Draw(model.Stream(51, run))
		if err != nil {
			t.Fatal(err)
		}
		l := c.Learner(model.NewNeuron(n, 20), rate)
		rng := model.Stream(52, run)
		if _, err := l.Train(t.Context(), a, 800, rng); err != nil {
			t.Fatal(err)
		}
		l.Every = 10
		history, err := l.Train(t.Context(), a, 400, rng)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range history {
			miss += 1 - e.AtPresentation.Hits
			fa += e.AtPresentation.FalseAlarms
			up, _ := a.ByTarget(e.PresentedPotentials)
			for _, v := range up {
				v1 += v / float64(len(up))
			}
			count++
		}
	}
	t.Logf("miss %.3f/%.3f, false alarms %.4f/%.4f, V_1 %.3f/%.3f", miss/count, want.Miss, fa/count, want.FalseAlarm, v1/count, want.V1)
	if math.Abs(miss/count/want.Miss-1) > 0.2 || math.Abs(fa/count/want.FalseAlarm-1) > 0.1 {
		t.Errorf("miss %.3f, want %.3f; false alarms %.4f, want %.4f", miss/count, want.Miss, fa/count, want.FalseAlarm)
	}
}

// At large loads the forces of patterns at threshold can balance without any
// weights: f_Y F_1 = −(1−f_Y) F_0 with F_1 in [V_1, F_m] and F_0 in [−b, 0].
func TestOverloadEndsAtThreshold(t *testing.T) {
	if _, err := of(wide(0.2, 0.95)).Overload(4, 0); err == nil || !strings.Contains(err.Error(), "at threshold") {
		t.Errorf("α = 4: %v", err)
	}
}

func TestOverloadRefuses(t *testing.T) {
	flat, beta := published(), published()
	flat.Acetylcholine.Depression = 0
	low := bare()
	low.Balance.Offset = 0.3 // b/c = 0.43, convex from 0.518
	slope := flat
	slope.Balance.Slope = 0.9
	for _, test := range []struct {
		c           rules.Circuit
		load, decay float64
		want        string
	}{
		{flat, 2, 0, "not convex"}, {low, 3, 0, "F(1, V) jumps up at V = 0, from 0.38"},
		{beta, 2, 0, "Depression = 0.33"}, {slope, 2, 0, "Slope = 0.9"},
		{bare(), -1, 0, "load P/N = -1"}, {bare(), math.Inf(1), 0, "load P/N = +Inf"}, {bare(), 3, -0.1, "decay ℓ = -0.1"},
	} {
		if _, err := of(test.c).Overload(test.load, test.decay); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want %q in it", err, test.want)
		}
	}
}
