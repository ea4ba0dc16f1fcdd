package theory_test

import (
	"math"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/model"
	"credo/pkg/rules"
	"credo/pkg/theory"
)

// The stuck root of a circuit with little disinhibition, −0.1933 stable and
// −0.0364 unstable, from an independent root search.
func TestRootsOfAStuckPattern(t *testing.T) {
	c := published()
	c.ACh.Disinhibition, c.Balance.Offset = 0.02, 0.2
	roots, err := of(c).Roots(true)
	if err != nil || len(roots) != 3 {
		t.Fatalf("roots %+v, %v; want three", roots, err)
	}
	for i, want := range []theory.Root{{Potential: -0.1933, Stable: true}, {Potential: -0.0364}, {Potential: 0.5705, Stable: true}} {
		if r := roots[i]; math.Abs(r.Potential-want.Potential) > 1e-4 || r.Stable != want.Stable || r.Jump {
			t.Errorf("root %d: %+v, want %+v", i, r, want)
		}
	}
	for _, test := range [][2]float64{{-1.5, roots[0].Potential}, {-0.05, roots[0].Potential}, {-0.03, roots[2].Potential}, {2, roots[2].Potential}} {
		if end := of(c).End(true, test[0]); end != test[1] {
			t.Errorf("from V = %v a pattern ends at %v, want %v", test[0], end, test[1])
		}
	}
	if end := of(c).End(true, math.Inf(1)); !math.IsNaN(end) {
		t.Errorf("from V = +Inf a pattern ends at %v, want NaN", end)
	}
}

// A pattern that F drives up to threshold, and down again from above, ends
// there, also if it starts there.
func TestEndAtThreshold(t *testing.T) {
	c := published()
	c.Balance.Offset, c.ACh.Error, c.ACh.Disinhibition, c.Balance.WhenFiring = 0.6, 0.5, 2, true
	d := condition(c)
	if d.Chatter == 0 {
		t.Fatalf("no chatter: %+v", d)
	}
	for _, start := range []float64{-0.01, 0, 0.2} {
		if end := of(c).End(false, start); end != 0 {
			t.Errorf("from V = %v it ends at %v", start, end)
		}
	}
}

// A narrow dip of known place, at −d: F(1, V) = 1/2 − cos²(π(V+d)/2w) within w
// of it crosses 0 at −d ± w/2, and F falls to 0 from above threshold at V = 1.
func TestRootsSeeNarrowDips(t *testing.T) {
	for _, depth := range []float64{1, 0.07, 0.43, 3.3, 5.7, 7.1} {
		for _, width := range []float64{0.3 * depth, 0.1 * depth, 0.03 * depth} {
			dip := rules.Func(func(s *model.Signals) model.Change {
				v := s.Excitation - s.Inhibition - s.Threshold
				if v > 0 {
					return model.Change{Active: 1 - v}
				}
				if math.Abs(v+depth) > width {
					return model.Change{Active: 0.5}
				}
				cos := math.Cos(math.Pi * (v + depth) / (2 * width))
				return model.Change{Active: 0.5 - cos*cos}
			})
			c := rules.Circuit{Excitatory: []model.Rule{dip}, Coding: 0.2, TargetCoding: 0.2}
			roots, err := of(c).Roots(true)
			half := width / 2
			if err != nil || len(roots) != 3 || math.Abs(roots[0].Potential+depth+half) > 1e-6 || math.Abs(roots[1].Potential+depth-half) > 1e-6 ||
				!roots[0].Stable || roots[1].Stable || math.Abs(roots[2].Potential-1) > 1e-9 {
				t.Errorf("depth %v, width %v: roots %+v, %v", depth, width, roots, err)
			}
		}
	}
}

// The delta rule on the output has no force but for errors; the perceptron's
// force jumps at the margin.
func TestRootsOfReferenceRules(t *testing.T) {
	delta := rules.Circuit{Excitatory: []model.Rule{rules.Delta{Rate: 1}}, Coding: 0.2, TargetCoding: 0.2}
	d := condition(delta)
	if !d.Learnable || !math.IsNaN(d.Lower.Value) || d.V0 != 0 {
		t.Errorf("delta rule: %+v", d)
	}
	margin := rules.Circuit{Excitatory: []model.Rule{rules.Perceptron{Rate: 1, Margin: 0.25}}, Coding: 0.2, TargetCoding: 0.2}
	if d := condition(margin); !d.Learnable || math.Abs(d.V1-0.25) > 1e-9 || math.Abs(d.V0+0.25) > 1e-9 {
		t.Errorf("perceptron with margin: V_1 = %v, V_0 = %v, learnable %v", d.V1, d.V0, d.Learnable)
	}
	if d := condition(rules.Circuit{Excitatory: []model.Rule{rules.Delta{Rate: -1}}, Coding: 0.2, TargetCoding: 0.2}); d.Learnable {
		t.Error("the delta rule with its sign reversed learns")
	}
}

// With the running mean as reference the mean output is that of the resting
// potentials, f_Y + (1−f_Y) ρ_N p_N(V_0) = .208, and the lower edge falls with
// it: .03424 and V_1 = .72034, from an independent program.
func TestRunningReference(t *testing.T) {
	c := published()
	c.Acetylcholine.Depression = 0
	constant := condition(c)
	c.Hebbian.Running = true
	d := condition(c)
	lesson.Near(t, "mean output", d.MeanOutput, 0.2+0.8*c.NE.Error*c.NE.Spike(d.V0), 1e-9)
	lesson.Near(t, "mean output", d.MeanOutput, 0.208, 5e-4)
	lesson.Near(t, "b_min", d.Lower.Value, 0.03424, 1e-5)
	lesson.Near(t, "V_1", d.V1, 0.72034, 1e-5)
	lesson.Near(t, "b_min, constant reference", constant.Lower.Value-d.Lower.Value, 0.016*(d.MeanOutput-0.2)/0.638, 1e-12)
}
