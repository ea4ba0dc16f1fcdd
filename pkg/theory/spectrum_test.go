package theory_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"credo/pkg/theory"

	"gonum.org/v1/gonum/mat"
)

// Against the eigenvalues of a large random Gram matrix, and the law's moments.
func TestRelaxation(t *testing.T) {
	const patterns, channels = 300, 600
	rng := rand.New(rand.NewPCG(5, 1))
	x := mat.NewDense(patterns, channels, nil)
	for i := range patterns {
		for j := range channels {
			x.Set(i, j, rng.NormFloat64()/math.Sqrt(channels))
		}
	}
	var gram mat.SymDense
	gram.SymOuterK(1, x)
	var eigen mat.EigenSym
	if !eigen.Factorize(&gram, false) {
		t.Fatal("no eigenvalues")
	}
	for _, tau := range []float64{0, 0.3, 1, 3, 10} {
		mean := 0.0
		for _, w := range eigen.Values(nil) {
			mean += math.Exp(-tau*w) / patterns
		}
		if got := theory.Relaxation(0.5, tau); !(math.Abs(got-mean) < 0.01) {
			t.Errorf("φ(%v) = %v, of a matrix %v", tau, got, mean)
		}
	}
	if got := theory.Relaxation(0.5, 0); math.Abs(got-1) > 1e-12 {
		t.Errorf("φ(0) = %v", got)
	}
	if slope := (theory.Relaxation(0.5, 1e-6) - 1) / 1e-6; math.Abs(slope+1) > 1e-5 { // the mean of w is 1
		t.Errorf("φ'(0) = %v, want -1", slope)
	}
	// Beyond one pattern a channel a share 1 − 1/α of the modes never moves; at α = 1 no
	// eigenvalue is exactly 0.
	if got := theory.Relaxation(1.5, 1e6); math.Abs(got-1./3) > 1e-9 {
		t.Errorf("φ(∞) = %v at α = 1.5, want 1/3", got)
	}
	if got := theory.Relaxation(1.5, 0); math.Abs(got-1) > 1e-12 {
		t.Errorf("φ(0) = %v at α = 1.5", got)
	}
	if got := theory.Relaxation(1, 100); !(got > 0.05 && got < 0.06) { // (2/π)∫√(1/w−1/4)…, about 1/√(πτ)
		t.Errorf("φ(100) = %v at α = 1, want about 1/√(100π) = 0.056", got)
	}
	for _, bad := range [][2]float64{{-1, 1}, {math.Inf(1), 1}, {0.5, -1}, {math.NaN(), 1}} {
		if !math.IsNaN(theory.Relaxation(bad[0], bad[1])) {
			t.Errorf("Relaxation(%v, %v) is a number", bad[0], bad[1])
		}
	}
}
