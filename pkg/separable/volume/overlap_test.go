package volume

import (
	"math"
	"testing"

	"credo/pkg/model"
)

// Of values x_t = ρ x_{t-1} + noise the effective number is n (1-ρ)/(1+ρ).
func TestEffectiveSize(t *testing.T) {
	const n = 40000
	for _, rho := range []float64{0, 0.5, 0.9} {
		rng, x := model.Stream(10, uint64(100*rho)), make([]float64, n)
		for i := 1; i < n; i++ {
			x[i] = rho*x[i-1] + rng.NormFloat64()
		}
		if got, want := EffectiveSize(x)/n, (1-rho)/(1+rho); math.Abs(got/want-1) > 0.15 {
			t.Errorf("ρ = %v: %.3f of the values are effective, want %.3f", rho, got, want)
		}
	}
	if got := EffectiveSize([]float64{1, 1, 1, 1}); !math.IsNaN(got) {
		t.Errorf("%v of four equal values are effective, want NaN", got)
	}
}
