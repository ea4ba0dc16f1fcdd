package theory

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

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
	if !(eps > 0 && eps < 0.5) {
		return 0, fmt.Errorf("theory: eps = %v outside (0, 1/2)", eps)
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
