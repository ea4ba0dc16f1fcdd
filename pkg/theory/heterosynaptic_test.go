package theory_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/model"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/stat"
)

// Shift and spread of the reported circuit, from an independent program.
func TestHeterosynapticOfTheReportedCircuit(t *testing.T) {
	for _, test := range []struct{ beta, load, v0, spread1, spread0 float64 }{
		{0.33, 0.1, -0.10365831550501416, 0.02024272629310345, 0.020290990013412225},
		{0.33, 0.8, -0.10365831550501416, 0.12145635775862068, 0.12174594008047333},
		{1, 0.5, -0.22725945778230042, 0.1840247844827586, 0.1844950026134036},
	} {
		c := published()
		c.Acetylcholine.Depression = test.beta
		h, err := of(c).Heterosynaptic(test.load)
		if err != nil || math.Abs(h.V1-0.7205370062695924) > 1e-11 || math.Abs(h.V0-test.v0) > 1e-6 ||
			math.Abs(h.Spread1-test.spread1) > 1e-6 || math.Abs(h.Spread0-test.spread0) > 1e-6 {
			t.Errorf("β = %v, α = %v: %+v, %v; want %v", test.beta, test.load, h, err, test)
		}
	}
}

// The stationary potentials of given patterns solve the linear system that the
// drift of all weights reaches, and their means and spreads those of the
// closed form within sampling error. f_Y differs from f in one case.
func TestStationaryAgreesWithDriftAndClosedForm(t *testing.T) {
	for _, targets := range []float64{0.2, 0.4} {
		const n = 200
		a, err := model.Task{Channels: n, Patterns: n / 2, Coding: 0.2, TargetCoding: targets, CoTuning: 1}.Draw(model.Stream(21, 0))
		if err != nil {
			t.Fatal(err)
		}
		c := published()
		c.TargetCoding, c.Hebbian.MeanOutput, c.Balance.Offset = targets, targets, 0.3
		want, err := of(c).Stationary(a)
		if err != nil {
			t.Fatal(err)
		}
		neuron := started(t, a, 0, 0)
		if err := (model.Drift{Learner: c.Learner(neuron, 1)}).Integrate(t.Context(), a, 1000); err != nil {
			t.Fatal(err)
		}
		got := neuron.Potentials(a)
		for mu := range got {
			if math.Abs(got[mu]-want[mu]) > 2e-3 {
				t.Fatalf("f_Y = %v, pattern %d: drift to %v, want %v", targets, mu, got[mu], want[mu])
			}
		}
		h, err := of(c).Heterosynaptic(0.5)
		if err != nil {
			t.Fatal(err)
		}
		v1, v0 := a.ByTarget(want)
		m0, s0 := stat.MeanStdDev(v0, nil)
		m1, s1 := stat.MeanStdDev(v1, nil)
		for _, x := range [][2]float64{{m0, h.V0}, {m1, h.V1}} {
			if math.Abs(x[0]-x[1]) > 4*h.Spread1/math.Sqrt(n/2*targets) {
				t.Errorf("f_Y = %v: mean %v, want %v", targets, x[0], x[1])
			}
		}
		for _, x := range [][2]float64{{s0, h.Spread0}, {s1, h.Spread1}} {
			if math.Abs(x[0]/x[1]-1) > 0.35 { // 20 patterns: 16 percent
				t.Errorf("f_Y = %v: spread %v, want %v", targets, x[0], x[1])
			}
		}
	}
}

func TestHeterosynapticRefuses(t *testing.T) {
	if _, err := of(published()).Heterosynaptic(1.2); err == nil {
		t.Error("load 1.2 accepted")
	}
	if _, err := of(gated(published())).Heterosynaptic(1.2); err != nil {
		t.Error("gated, load 1.2:", err)
	}
	delta := rules.Circuit{Excitatory: []model.Rule{rules.Delta{Rate: 1}}, Coding: 0.2, TargetCoding: 0.2}
	if _, err := of(delta).Heterosynaptic(0.5); err == nil {
		t.Error("delta rule accepted: it has no restoring force")
	}
	if _, err := of(published().Without("ACh")).Heterosynaptic(0.5); err == nil {
		t.Error("accepted without acetylcholine")
	}
	a, err := model.Task{Channels: 20, Patterns: 30, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}.Draw(model.Stream(1, 0))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := of(published()).Stationary(a); err == nil {
		t.Error("30 patterns over 20 channels accepted")
	}
	if _, err := of(gated(published())).Stationary(a); err == nil {
		t.Error("gated circuit accepted")
	}
	a, err = model.Task{Channels: 20, Patterns: 5, Coding: 0.2, TargetCoding: 0.2, CoTuning: 0.5}.Draw(model.Stream(1, 0))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := of(published()).Stationary(a); err == nil {
		t.Error("partially co-tuned patterns accepted")
	}
}

// The pull on a class by hand, where f_Y and f differ: −κ(1 − f_Y/f) A_1 and
// κ(f_Y/f) A_1, with κ = β f/(1−f) and A_1 = ρ_A a_A (1 − y_A).
func TestHeterosynapticPullByHand(t *testing.T) {
	c := published().With(0.2, 0.1, 0)
	c.Balance.Offset = 0.3
	h, err := of(c).Heterosynaptic(0.5)
	if err != nil {
		t.Fatal(err)
	}
	pull := c.Acetylcholine.Depression * 0.25 * c.ACh.Probability * c.Acetylcholine.Rate * (1 - c.Acetylcholine.Reference)
	lesson.Near(t, "F(0, V_0)", of(c).Force(false, h.V0), pull/2, 1e-9)
	lesson.Near(t, "F(1, V_1)", of(c).Force(true, h.V1), -pull/2, 1e-9)
}
