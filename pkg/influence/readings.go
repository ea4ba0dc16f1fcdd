package influence

import (
	"fmt"
	"math"

	"credo/pkg/model"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Readings are four numbers that have been, or may be, called the dimension of
// a learning problem, of an operator M of P patterns. They do not mean the same
// and do not move the same way when inhibition balances excitation.
type Readings struct {
	// Participation is that of the eigenvalues of M, P/N_eff: up.
	Participation float64
	// Freedom is tr M in units of the largest eigenvalue, the effective degrees
	// of freedom that the targets have: up; decay of the weights lowers it.
	Freedom float64
	// Signals is N_eff, on how many teaching signals one answer depends: down.
	Signals float64
	// Components is K*, how many components of its answers the neuron's teacher
	// must see for an error of 0: down.
	Components float64
}

// Readings predicts the four for a task of many channels, with Freedom = P
// Own/λ_1 and the largest eigenvalue
//
//	None      λ_1 = P f² + f(1−f)(1 + α)
//	Global    λ_1 = f(1−f)(1 + √α)², for signals of mean 0
//	Detailed  λ_1 = Own, co-tuned only: all eigenvalues are alike
//	Delta     as Detailed
//
// It returns an error as [Feedback.Predict] and Rest do, or where it knows none.
func (k Feedback) Readings(t model.Task) (Readings, error) {
	h, err := k.Predict(t)
	if err != nil {
		return Readings{}, err
	}
	rest, err := k.Rest(t)
	if err != nil {
		return Readings{}, err
	}
	if k == Detailed && t.CoTuning < 1 {
		return Readings{}, fmt.Errorf("influence: CoTuning = %v, the largest eigenvalue is known for 1 only", t.CoTuning)
	}
	p, alpha, f := float64(t.Patterns), load(t), t.Coding
	largest := h.Own // of Detailed and Delta all are alike
	switch k {
	case None:
		largest = f*f*p + f*(1-f)*(1+alpha)
	case Global:
		largest = f * (1 - f) * (1 + math.Sqrt(alpha)) * (1 + math.Sqrt(alpha))
	}
	return Readings{p / h.Number(), p * h.Own / largest, h.Number(), float64(rest)}, nil
}

// MeasureReadings returns the first three of a given operator, of signals of mean
// 0 if centred, and NaN for the fourth, which is no property of M alone. The
// largest singular value stands for the largest eigenvalue. NaN if an element
// is not finite; it panics as Measure does.
func MeasureReadings(m mat.Matrix, centred bool) Readings {
	h := Measure(m)
	if centred {
		h = MeasureCentred(m)
		m = centredRows(m)
	}
	p, _ := m.Dims()
	none := Readings{math.NaN(), math.NaN(), math.NaN(), math.NaN()}
	var svd mat.SVD
	if math.IsNaN(h.Own) || !svd.Factorize(m, mat.SVDNone) {
		return none
	}
	return Readings{float64(p) / h.Number(), float64(p) * h.Own / svd.Values(nil)[0], h.Number(), math.NaN()}
}

// centredRows returns M without what a signal that all patterns share does.
func centredRows(m mat.Matrix) *mat.Dense {
	c := mat.DenseCopyOf(m)
	_, columns := c.Dims()
	for mu := range c.RawMatrix().Rows {
		row := c.RawRowView(mu)
		floats.AddConst(-floats.Sum(row)/float64(columns), row)
	}
	return c
}
