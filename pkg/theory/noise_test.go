package theory_test

import (
	"math"
	"testing"

	"credo/pkg/model"
	"credo/pkg/rules"
	"credo/pkg/theory"

	"gonum.org/v1/gonum/stat"
)

// Values of the double integral over the Marchenko-Pastur law by an independent
// program (adaptive quadrature), and two exact limits.
func TestPairRelaxation(t *testing.T) {
	for _, test := range [][2]float64{
		{0, 0.5}, {0.1, 0.47561011948630405}, {0.3, 0.4302584182089302}, {0.5, 0.38906742442314435}, {0.9, 0.3179104793780354},
	} {
		if m := theory.PairRelaxation(test[0]); math.Abs(m-test[1]) > 1e-8 {
			t.Errorf("m(%v) = %v, want %v", test[0], m, test[1])
		}
	}
	// ⟨ww'/(w+w')⟩ = 1/2 − ⟨(w−w')²/(w+w')⟩/4 ≈ 1/2 − α/4 for small α.
	if m := theory.PairRelaxation(1e-5); math.Abs(m-0.5+1e-5/4) > 1e-9 {
		t.Errorf("m(1e-5) = %v", m)
	}
	for _, load := range []float64{-0.1, 1, math.NaN()} {
		if !math.IsNaN(theory.PairRelaxation(load)) {
			t.Errorf("m(%v) is a number", load)
		}
	}
}

// Variance of a single presentation, by an independent program.
func TestTrialVariance(t *testing.T) {
	for _, test := range []struct{ v, want1, want0 float64 }{
		{-1, 0.01354533056322524, 0.004690190887346127}, {-0.1, 0.09283468074594908, 0.005973911185232096}, {0.05, 0.053709451262487884, 0.0069253731765504},
	} {
		c := published()
		if v1, v0 := of(c).TrialVariance(true, test.v), of(c).TrialVariance(false, test.v); math.Abs(v1-test.want1) > 1e-12 || math.Abs(v0-test.want0) > 1e-12 {
			t.Errorf("V = %v: variances %v, %v; want %v, %v", test.v, v1, v0, test.want1, test.want0)
		}
	}
	slope := published()
	slope.Balance.Slope = 0.9
	if v := of(slope).TrialVariance(true, 0.1); !math.IsNaN(v) {
		t.Errorf("variance %v without a force", v)
	}
}

// Variance at rate 1 by an independent
// program that takes k_0 = a_I; ours is larger by a_I/k_0 for Y = 0.
func TestOnlineVarianceOfTheReportedCircuit(t *testing.T) {
	for _, test := range []struct{ beta, load, var1, var0 float64 }{
		{0, 0.1, 0.007465957965641017, 0.0013924937734880057}, {0, 0.8, 0.006022934882532186, 0.0017532495442652135},
		{0.33, 0.3, 0.00778355056440897, 0.0013549066893083516}, {1, 0.9, 0.008025206431654816, 0.0017060871090513565},
	} {
		c := published()
		c.Acetylcholine.Depression = test.beta
		o, err := of(c).Online(test.load, 1)
		if err != nil {
			t.Fatal(err)
		}
		if v1, v0 := o.Var1, o.Var0; math.Abs(v1/test.var1-1) > 1e-6 || math.Abs(v0/test.var0-1) > 0.004 {
			t.Errorf("β = %v, α = %v: variances %v, %v; want %v, %v", test.beta, test.load, v1, v0, test.var1, test.var0)
		}
	}
}

// Training one pattern at a time: the variance in time of the potentials about
// their means, b = 0.3 to stay away from threshold.
func TestOnlineVarianceAgreesWithTraining(t *testing.T) {
	const n, rate = 200, 0.1
	for _, gate := range []bool{false, true} {
		a, err := model.Task{Channels: n, Patterns: n / 2, Coding: 0.2, TargetCoding: 0.2, CoTuning: 1}.Draw(model.Stream(31, 0))
		if err != nil {
			t.Fatal(err)
		}
		c := published()
		if gate {
			c = bare()
		}
		c.Acetylcholine.Depression, c.Balance.Offset = 0, 0.3
		want, err := of(c).Online(0.5, rate)
		if err != nil {
			t.Fatal(err)
		}
		l := c.Learner(model.NewNeuron(n, 100), rate)
		if _, err := l.Train(t.Context(), a, 3000, model.Stream(32, 0)); err != nil {
			t.Fatal(err)
		}
		l.Every = 30
		history, err := l.Train(t.Context(), a, 9000, model.Stream(33, 0))
		if err != nil {
			t.Fatal(err)
		}
		var sum [2]float64
		for mu := range a.Len() {
			series := make([]float64, len(history))
			for k, e := range history {
				series[k] = e.Potentials[mu]
			}
			if a.Target(mu) {
				sum[1] += stat.Variance(series, nil) / 20
			} else {
				sum[0] += stat.Variance(series, nil) / 80
			}
		}
		if math.Abs(sum[1]/want.Var1-1) > 0.15 {
			t.Errorf("gated %v: Var V_1 = %.5f, want %.5f", gate, sum[1], want.Var1)
		}
		if !gate && math.Abs(sum[0]/want.Var0-1) > 0.15 {
			t.Errorf("Var V_0 = %.6f, want %.6f", sum[0], want.Var0)
		}
		t.Logf("gated %v: %.6f/%.6f, %.6f/%.6f", gate, sum[1], want.Var1, sum[0], want.Var0)
	}
}

// At vanishing rate the quenched spread alone makes errors: false alarms of the
// reported circuit by an independent evaluation. N = 400 simulations at rate
// 0.03 gave 0.013, 0.074, 0.189 and 0.274: the tail of the spread is heavier
// than Gaussian.
func TestErrorAtVanishingRate(t *testing.T) {
	for _, test := range [][2]float64{{0.1, 0}, {0.3, 0.0046}, {0.5, 0.044}, {0.8, 0.197}, {0.9, 0.285}} {
		o, err := of(published()).Online(test[0], 0)
		if err != nil || math.Abs(o.FalseAlarm-test[1]) > 6e-4 || o.Miss > 1e-4 {
			t.Errorf("α = %v: false alarms %v, misses %v, %v; want %v", test[0], o.FalseAlarm, o.Miss, err, test[1])
		}
	}
}

// ρ_A = 0.5, a_A = 1, a_I = 0.5, b = 0.7, α = 0.5 without disinhibition's limit:
// λ_max = 0.4654 at 1 percent and 0.9098 at 5 percent by an independent
// program. At that rate the errors are eps.
func TestLargestRate(t *testing.T) {
	c := rules.Circuit{
		Acetylcholine: rules.Acetylcholine{Rate: 1}, Balance: rules.Balance{Rate: 0.5, Slope: 1, Offset: 0.7},
		ACh: model.Modulator{Probability: 0.5, Disinhibition: 1e6}, Coding: 0.2, TargetCoding: 0.2,
	}
	for _, test := range [][2]float64{{0.01, 0.4654}, {0.05, 0.9098}} {
		rate, err := of(c).LargestRate(0.5, test[0])
		if err != nil || math.Abs(rate-test[1]) > 1e-4 {
			t.Errorf("eps = %v: λ_max = %v, %v; want %v", test[0], rate, err, test[1])
		}
		if o, err := of(c).Online(0.5, rate); err != nil || math.Abs(max(o.Miss, o.FalseAlarm)-test[0]) > 1e-6 {
			t.Errorf("at λ_max errors %v and %v, want %v", o.Miss, o.FalseAlarm, test[0])
		}
	}
	if rate, err := of(published()).LargestRate(0.8, 0.01); err != nil || rate != 0 { // the quenched spread makes 20 percent
		t.Errorf("λ_max = %v, %v under a quenched spread", rate, err)
	}
	if _, err := of(c).LargestRate(0.5, 0.6); err == nil {
		t.Error("eps = 0.6 accepted")
	}
	if _, err := of(c).Online(0.5, 30); err == nil {
		t.Error("rate 30 accepted")
	}
}
