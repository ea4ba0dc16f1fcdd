package theory_test

import (
	"math"
	"testing"

	"credo/internal/gauss"
	"credo/pkg/model"
	"credo/pkg/theory"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat"
)

// Capacities to eleven digits, from a program in Python.
func TestGatedCapacity(t *testing.T) {
	for _, test := range [][2]float64{
		{0.5, 1.4375431485720367}, {0.4, 1.6268990636100917}, {0.3, 1.91758160377}, {0.2, 2.439598853987004}, {0.1, 3.76925630931}, {0.05, 5.98508969291},
		{0.02, 11.4454372437}, {0.01, 19.15025361825482}, {0.001, 118.82843273906002}, {1e-6, 50666.08096449768}, {0.6, 1.302533379942164}, {0.9, 1.05449226},
	} {
		if a, err := (theory.Gated{test[0]}).Capacity(); err != nil || math.Abs(a/test[1]-1) > 1e-8 || test[0] > 0.1 && test[0] < 0.9 && math.Abs(a-test[1]) > 1e-10 {
			t.Errorf("f_Y = %v: capacity %.14g, %v; want %.14g", test[0], a, err, test[1])
		}
	}
	for _, test := range [][3]float64{{0.2, 0.5, 1.7734197286664977}, {0.2, 3, 0.43903153376287746}, {0.5, 1, 0.8822088740217789}, {0.01, 0.2, 16.827427213962523}} {
		if a, err := (theory.Gated{test[0]}).Load(test[1]); err != nil || math.Abs(a-test[2]) > 1e-9 {
			t.Errorf("f_Y = %v, δ = %v: load %v, %v; want %v", test[0], test[1], a, err, test[2])
		}
	}
	for _, test := range [][2]float64{{0.5, 2.7196921702878356}, {1.2, 1.116101630035627}, {2.3, 0.09418732066942276}} {
		if d, err := (theory.Gated{0.2}).Separation(test[0]); err != nil || math.Abs(d-test[1]) > 1e-9 {
			t.Errorf("load %v: separation %v, %v; want %v", test[0], d, err, test[1])
		}
	}
	// Quadratic programs of N = 400 gave 0.658(0.023) and 0.865(0.003).
	for _, test := range [][2]float64{{0.5, 0.3538}, {1.2, 0.656}, {1.8, 0.846}} {
		if a, err := (theory.Gated{0.2}).Active(test[0]); err != nil || math.Abs(a-test[1]) > 6e-4 {
			t.Errorf("load %v: %v active constraints a channel, %v; want %v", test[0], a, err, test[1])
		}
	}
}

// The bound as a minimum over B of a literal Gaussian integral.
func TestGatedLoadIsAMinimum(t *testing.T) {
	for _, f := range []float64{0.1, 0.5} {
		for _, delta := range []float64{0, 0.7} {
			least := math.Inf(1)
			for b := -3.; b < 2; b += 0.002 {
				integral := quad.Fixed(func(z float64) float64 { return gauss.PDF(z) * (b + z) * (b + z) }, -b, -b+12, 60, quad.Legendre{}, 0)
				least = min(least, f*(1+(b-delta)*(b-delta))+(1-f)*integral)
			}
			if a, err := (theory.Gated{f}).Load(delta); err != nil || math.Abs(a*least-1) > 1e-5 {
				t.Errorf("f_Y = %v, δ = %v: load %v, %v; minimum gives %v", f, delta, a, err, 1/least)
			}
		}
	}
}

func TestGatedRefuses(t *testing.T) {
	if _, err := (theory.Gated{1}).Capacity(); err == nil {
		t.Error("f_Y = 1 accepted")
	}
	if _, err := (theory.Gated{0.2}).Load(-0.1); err == nil {
		t.Error("δ = −0.1 accepted")
	}
	for _, load := range []float64{0, 2.44, math.NaN()} {
		if _, err := (theory.Gated{0.2}).Separation(load); err == nil {
			t.Errorf("load %v accepted", load)
		}
	}
	if _, err := of(published()).FalseAlarmBudget(0.5); err == nil {
		t.Error("ungated circuit accepted")
	}
}

// Values of the bound used in simulations of N = 200, where 1.64 to 18.2 false
// alarms were counted.
func TestFalseAlarmBudget(t *testing.T) {
	for _, test := range [][2]float64{{0.8, 2.39}, {1.5, 7.20}, {2, 31.8}} {
		if c, err := of(bare()).FalseAlarmBudget(test[0]); err != nil || math.Abs(c/test[1]-1) > 0.003 {
			t.Errorf("load %v: budget %v, %v; want %v", test[0], c, err, test[1])
		}
	}
}

// The weights of least norm for given patterns, V = 1 for Y = 1 and V ≤ 0 for
// Y = 0, by coordinate ascent on the dual problem: separation in standard
// deviations and number of active constraints, at α = 1.2.
func TestGatedSeparationByQuadraticProgram(t *testing.T) {
	const n, p, f = 200, 240, 0.2
	var separation, active []float64
	for run := range uint64(4) {
		a, err := model.Task{Channels: n, Patterns: p, Coding: f, TargetCoding: 0.2, CoTuning: 1}.Draw(model.Stream(71, run))
		if err != nil {
			t.Fatal(err)
		}
		weights, multiplier := make([]float64, n), make([]float64, p)
		for range 3000 {
			for mu := range p {
				x := a.Excitatory(mu)
				v, target := 0., 0.
				for _, i := range x {
					v += weights[i]
				}
				if a.Target(mu) {
					target = 1
				}
				next := multiplier[mu] + (target-v)/float64(len(x))
				if !a.Target(mu) {
					next = min(next, 0)
				}
				for _, i := range x {
					weights[i] += next - multiplier[mu]
				}
				multiplier[mu] = next
			}
		}
		count := 0.
		for _, m := range multiplier {
			if m != 0 {
				count++
			}
		}
		active = append(active, count/n)
		separation = append(separation, 1/math.Sqrt(n*f*(1-f)*stat.PopVariance(weights, nil)))
	}
	g := theory.Gated{TargetCoding: 0.2}
	wantSeparation, err1 := g.Separation(1.2)
	wantActive, err2 := g.Active(1.2)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	t.Logf("separation %v, want %.3f; active %v, want %.3f", separation, wantSeparation, active, wantActive)
	if m := stat.Mean(separation, nil); math.Abs(m/wantSeparation-1) > 0.1 { // simulated N = 200: 1.05(.02)
		t.Errorf("separation %v, want %v", m, wantSeparation)
	}
	if m := stat.Mean(active, nil); math.Abs(m/wantActive-1) > 0.05 {
		t.Errorf("%v active constraints a channel, want %v", m, wantActive)
	}
}
