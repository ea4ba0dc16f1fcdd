package influence

import (
	"credo/pkg/model"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// Drive returns the drive of every pattern by its target, Y^μ − f_Y + mean:
// centred if mean is 0, and the target alone if it is f_Y.
func Drive(a *model.Associations, targetCoding, mean float64) *mat.VecDense {
	s := mat.NewVecDense(a.Len(), nil)
	for mu := range a.Len() {
		s.SetVec(mu, mean-targetCoding)
		if a.Target(mu) {
			s.SetVec(mu, 1+mean-targetCoding)
		}
	}
	return s
}

// Scaled returns M in units of the weight of an output's own signal, that of
// signals whose sum is 0.
func Scaled(m mat.Matrix) *mat.Dense {
	var scaled mat.Dense
	scaled.Scale(1/MeasureCentred(m).Own, m)
	return &scaled
}

// Potentials returns what a centred drive makes of the potentials, M s, from a
// threshold midway between the means of the two classes; NaN if one is empty.
func Potentials(a *model.Associations, m mat.Matrix, targetCoding float64) []float64 {
	var v mat.VecDense
	v.MulVec(m, Drive(a, targetCoding, 0))
	one, zero := a.ByTarget(v.RawVector().Data)
	floats.AddConst(-(stat.Mean(one, nil)+stat.Mean(zero, nil))/2, v.RawVector().Data)
	return v.RawVector().Data
}

// Flip returns the potentials after the signal of pattern nu is exchanged for
// that of the other class, which adds ± the column M_·ν to them, and which
// patterns are damaged by it: other ones that were answered right before and
// are wrong after. v is as [Potentials] returns it.
func Flip(a *model.Associations, m mat.Matrix, v []float64, nu int) (after []float64, damaged []bool) {
	change := 1.
	if a.Target(nu) {
		change = -1
	}
	after, damaged = mat.Col(nil, nu, m), make([]bool, len(v))
	for mu, before := range v {
		after[mu] = before + change*after[mu]
		right := before > 0 == a.Target(mu)
		damaged[mu] = mu != nu && right && after[mu] > 0 != a.Target(mu)
	}
	return after, damaged
}
