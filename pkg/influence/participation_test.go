package influence

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestParticipationRatio(t *testing.T) {
	one := []float64{1, 2, 3}
	for _, c := range []struct {
		name string
		cov  mat.Symmetric
		want float64
	}{
		{"identity", mat.NewDiagDense(5, []float64{1, 1, 1, 1, 1}), 5},
		{"one direction", outer(one), 1},
		{"eigenvalues 3 and 1", mat.NewSymDense(2, []float64{2, 1, 1, 2}), 16. / 10},
		{"huge", mat.NewDiagDense(2, []float64{1e300, 1e300}), 2},
		{"tiny", mat.NewDiagDense(2, []float64{1e-300, 1e-300}), 2},
	} {
		if got := ParticipationRatio(c.cov); !(math.Abs(got/c.want-1) <= 1e-14) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	for name, cov := range map[string]mat.Symmetric{
		"empty": &mat.SymDense{}, "zero": mat.NewSymDense(2, nil),
		"NaN":      mat.NewSymDense(2, []float64{1, math.NaN(), math.NaN(), 1}),
		"infinite": mat.NewSymDense(2, []float64{math.Inf(1), 0, 0, 1}),
	} {
		if got := ParticipationRatio(cov); !math.IsNaN(got) {
			t.Errorf("%s matrix: %v, want NaN", name, got)
		}
	}
}

// By the eigenvalues, for the covariance of correlated random data; and unchanged by a change of scale.
func TestParticipationRatioByEigenvalues(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	cov := mat.NewSymDense(6, nil)
	for range 9 {
		x := make([]float64, 6)
		common := rng.NormFloat64()
		for i := range x {
			x[i] = common + rng.NormFloat64()
		}
		cov.AddSym(cov, outer(x))
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(cov, false) {
		t.Fatal("no eigenvalues")
	}
	sum, square := 0.0, 0.0
	for _, l := range eigen.Values(nil) {
		sum += l
		square += l * l
	}
	got := ParticipationRatio(cov)
	if !(math.Abs(got/(sum*sum/square)-1) <= 1e-12) || got < 1 || got > 6 {
		t.Errorf("participation ratio %v, by eigenvalues %v", got, sum*sum/square)
	}
	cov.ScaleSym(1e-200, cov)
	if !(math.Abs(ParticipationRatio(cov)/got-1) <= 1e-12) {
		t.Errorf("participation ratio %v after scaling, %v before", ParticipationRatio(cov), got)
	}
}

func outer(x []float64) *mat.SymDense {
	cov := mat.NewSymDense(len(x), nil)
	cov.SymOuterK(1, mat.NewDense(len(x), 1, x))
	return cov
}
