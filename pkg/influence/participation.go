package influence

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// ParticipationRatio returns the effective dimension of a covariance matrix C with eigenvalues λ_i ≥ 0,
//
//	(tr C)²/tr C² = (Σ λ_i)²/Σ λ_i²,
//
// between 1 (one direction has all the variance) and the size of the matrix (all directions share it equally). It has no
// unit and does not depend on the scale of C. That C is positive semidefinite is not checked; if it is not, the value may be
// below 1. NaN for the empty matrix, the zero matrix, and a matrix with an element that is not finite.
//
// Source: for neural covariances, Abbott, Rajan & Sompolinsky (2011), arXiv:0912.3832.
func ParticipationRatio(cov mat.Symmetric) float64 {
	n := cov.SymmetricDim()
	largest := 0.0
	for i := range n {
		for j := i; j < n; j++ {
			largest = max(largest, math.Abs(cov.At(i, j)))
		}
	}
	trace, square := 0.0, 0.0
	for i := range n {
		diagonal := cov.At(i, i) / largest
		trace += diagonal
		square += diagonal * diagonal
		for j := i + 1; j < n; j++ {
			x := cov.At(i, j) / largest
			square += 2 * x * x
		}
	}
	return trace * trace / square
}
