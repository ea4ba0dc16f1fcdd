package theory

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/internal/gauss"

	"gonum.org/v1/gonum/stat/distuv"
)

// Online is the state that learning one pattern at a time reaches at a rate λ
// and load α = P/N: potentials that scatter about their stationary values.
type Online struct {
	V1, V0           float64 // stationary potentials
	Var1, Var0       float64 // variance by the noise of single presentations
	Spread1, Spread0 float64 // quenched standard deviation; see [Heterosynaptic]
	Miss, FalseAlarm float64 // probability of a wrong answer, by target 1 and 0
	Error            float64 // P(y ≠ Y)
}

// Online returns that state,
//
//	Var V_Y = λ [g D̄ᶜ + 2 g m(α) (D_Yᶜ − D̄ᶜ) + f² D̄ᵉ] / (2 k_Y (1 − λ k_1 f/2)),
//
// with g = f(1−f), m(α) from pairRelaxation, k_Y = −∂F/∂V at the root (a_I
// for Y = 1), D_Yᶜ the variance in a presentation of Active − Silent and D_Yᵉ
// that of Active + Silent (1−f)/f, at V_Y, and bars for the mean over both
// classes. Without change of silent synapses both are TrialVariance. With
// inhibition plastic only when firing only Y = 1 patterns act,
//
//	Var V_1 = λ f σ_1² / (2 a_I (1 − λ a_I f/2)),
//
// and Var0 and Spread0 are NaN, FalseAlarm is the Condition's Chatter.
//
// Errors are those of Gaussian potentials of variance Var + Spread². Simulated
// errors below 5 percent are up to 1.4 times as large (Y = 1), and those of
// Y = 0 patterns kicked by rare noradrenaline up to 6 times; see
// [Theory.ShotNoise]. Regime: α < 1, slopes of both classes alike. It returns
// an error if the circuit has no stationary potentials, or λ or α is outside
// its range: λ k_1 f < 2 is needed for stability. Derived here.
func (t *Theory) Online(load, rate float64) (Online, error) {
	c := t.circuit
	h, err := t.Heterosynaptic(load)
	if err != nil {
		return Online{}, err
	}
	d, err := t.Condition()
	if err != nil {
		return Online{}, err
	}
	f := t.force()
	f.learner.MeanOutput = d.MeanOutput
	k1 := -f.slope(true, h.V1)
	if most := 2 / (k1 * c.Coding); !(rate >= 0 && rate < most) {
		return Online{}, fmt.Errorf("theory: rate = %v outside [0, %.4g), where learning is stable", rate, most)
	}
	o := Online{V1: h.V1, V0: h.V0, Spread1: h.Spread1, Spread0: h.Spread0, Var0: math.NaN()}
	kick := rate / (2 * (1 - rate*k1*c.Coding/2))
	coding, targets := c.Coding, c.TargetCoding
	g := coding * (1 - coding)
	if d.Gated {
		o.Var1 = kick * (g*f.variance(true, h.V1, -1) + coding*coding*f.variance(true, h.V1, (1-coding)/coding)) / k1
		o.FalseAlarm = d.Chatter
	} else {
		var centred, even [2]float64
		v := [2]float64{h.V0, h.V1}
		for y, target := range [2]bool{false, true} {
			centred[y] = f.variance(target, v[y], -1)
			even[y] = f.variance(target, v[y], (1-coding)/coding)
		}
		mean := targets*centred[1] + (1-targets)*centred[0]
		common := coding * coding * (targets*even[1] + (1-targets)*even[0])
		m := pairRelaxation(load)
		o.Var1 = kick * (g*mean + 2*g*m*(centred[1]-mean) + common) / k1
		o.Var0 = kick * (g*mean + 2*g*m*(centred[0]-mean) + common) / -f.slope(false, h.V0)
		o.FalseAlarm = tail(h.V0, o.Var0+h.Spread0*h.Spread0)
	}
	o.Miss = tail(-h.V1, o.Var1+h.Spread1*h.Spread1)
	o.Error = targets*o.Miss + (1-targets)*o.FalseAlarm
	return o, nil
}

// tail is Φ(v/√variance).
func tail(v, variance float64) float64 {
	if variance == 0 {
		return gauss.CDF(math.Copysign(math.Inf(1), v))
	}
	return gauss.CDF(v / math.Sqrt(variance))
}

// LargestRate returns the largest rate λ at which neither the misses nor the
// false alarms of [Theory.Online] exceed eps in (0, 1/2). For each class
//
//	λ_max = λ_0/(1 + λ_0 k_1 f/2),  λ_0 = ((V_Y/z)² − Spread_Y²)/(Var V_Y/λ at λ → 0),
//
// with Φ(−z) = eps. It is 0 if the quenched spread alone gives more errors.
// As the Gaussian errors are somewhat too small, the true rate is 11 to 20
// percent smaller for eps of 1 to 5 percent; λ_max/1.3 is on the safe side.
// Derived here.
func (t *Theory) LargestRate(load, eps float64) (float64, error) {
	if err := domain.Between(0, 0.5).Check("theory: eps", eps); err != nil {
		return 0, err
	}
	const small = 1e-9
	c := t.circuit
	o, err := t.Online(load, small)
	if err != nil {
		return 0, err
	}
	if o.FalseAlarm > eps && c.Balance.WhenFiring {
		return 0, nil
	}
	z := distuv.UnitNormal.Quantile(1 - eps)
	f := t.force()
	half := -f.slope(true, o.V1) * c.Coding / 2
	most := 1 / half
	for _, x := range [2][3]float64{{o.V1, o.Var1, o.Spread1}, {o.V0, o.Var0, o.Spread0}} {
		if math.IsNaN(x[1]) {
			continue // silent Y = 0 patterns, gated
		}
		if room := x[0]*x[0]/(z*z) - x[2]*x[2]; x[1] > 0 || room <= 0 {
			lambda := max(0, room) / (x[1] / small * (1 - small*half))
			if room <= 0 {
				lambda = 0
			}
			most = min(most, lambda/(1+lambda*half))
		}
	}
	return most, nil
}
