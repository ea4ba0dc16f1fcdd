package influence

import (
	"fmt"
	"math"
	"slices"

	"credo/internal/domain"

	"gonum.org/v1/gonum/mat"
)

// Hearing is what one output hears on average of the supervisory signals: of
// its own the weight Own, and of the others a sum of variance Noise, for
// signals that are independent, of mean 0 and of variance 1. Both are in the
// operator's unit, Noise in its square.
type Hearing struct {
	Own   float64 // tr M/P
	Noise float64 // tr(MMᵀ)/P − (tr M/P)²
}

// Measure returns what the outputs of a given P × P operator M hear; NaN if an
// element is not finite. It panics if M is not square or empty.
func Measure(m mat.Matrix) Hearing { return hearing(m, 0) }

// MeasureCentred is Measure for signals whose sum over patterns is 0: with the
// projector Π = 1 − 11ᵀ/P,
//
//	Own = tr(MΠ)/(P−1),  Noise = tr(MΠMᵀ)/(P−1) − Own².
//
// It panics if there are fewer than two patterns.
func MeasureCentred(m mat.Matrix) Hearing {
	if p, _ := m.Dims(); p == 1 {
		panic("influence: 1 pattern, a centred signal needs two")
	}
	return hearing(centredRows(m), 1)
}

// hearing is the mean of M over all directions but lost ones.
func hearing(m mat.Matrix, lost int) Hearing {
	p, columns := m.Dims()
	if p != columns || p == 0 {
		panic(fmt.Sprintf("influence: operator of %d × %d, must be square and not empty", p, columns))
	}
	norm, directions := mat.Norm(m, 2), float64(p-lost)
	if !domain.Finite.Has(norm) {
		return undefined
	}
	own := mat.Trace(m) / directions
	return Hearing{Own: own, Noise: norm*norm/directions - own*own}
}

// Number returns the effective number of signals on which one output depends,
//
//	N_eff = P tr(MMᵀ)/(tr M)² = 1 + Noise/Own²,
//
// the squared influence of all signals over that of the output's own: 1 if
// every output hears its own signal alone. It has no unit and does not depend
// on the scale of M. For a symmetric M it is P over the participation ratio of
// the eigenvalues, (Σ λ)²/Σ λ². NaN if Own and Noise are 0, +Inf if Own alone is.
func (h Hearing) Number() float64 { return 1 + h.Noise/(h.Own*h.Own) }

// Mean returns what a drive that is the same for all patterns does to each,
// (M1)^μ, as mean and standard deviation over patterns. The mean is a shift
// that a threshold absorbs, the deviation is not.
func Mean(m mat.Matrix) (mean, sd float64) {
	p, columns := m.Dims()
	sum := mat.NewVecDense(p, nil)
	sum.MulVec(m, ones(columns))
	mean = mat.Sum(sum) / float64(p)
	for _, x := range sum.RawVector().Data {
		sd += (x - mean) * (x - mean) / float64(p)
	}
	return mean, math.Sqrt(sd)
}

// ones returns the signal 1 for n patterns.
func ones(n int) mat.Vector {
	return mat.NewVecDense(n, slices.Repeat([]float64{1}, n))
}

// undefined is what comes with an error.
var undefined = Hearing{math.NaN(), math.NaN()}

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
