package influence

import (
	"math"

	"credo/internal/domain"
	"credo/pkg/model"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// Discriminability predicts the distance of the mean potentials of the two
// classes in standard deviations within a class, d′, when pattern μ is driven
// by s^μ = Y^μ − f_Y + mean + σ_q z^μ, with independent normal z:
//
//	d′⁻² = (N_eff − 1) f_Y(1−f_Y) + N_eff σ_q² + (mean · CommonMode)².
//
// A drive centred over patterns has mean 0, one by the target alone, s = Y,
// has mean f_Y. N_eff is that of signals of mean 0, so that None counts as Global
// does: what it adds to all patterns alike does not part the classes. It is +Inf
// for detailed co-tuned balance below P = N without noise. noise σ_q is in
// units of the difference between the classes' drives. It returns an error for
// arguments outside their domains and as [Feedback.Predict] does. Derived here.
func (k Feedback) Discriminability(t model.Task, mean, noise float64) (float64, error) {
	err := domain.Check("influence: ",
		domain.Field{Name: "mean drive", Value: mean, In: domain.Finite},
		domain.Field{Name: "noise σ_q", Value: noise, In: domain.NonNegative})
	if err != nil {
		return math.NaN(), err
	}
	h, common, err := k.predict(t)
	if err != nil {
		return math.NaN(), err
	}
	number := h.Number()
	if k == None {
		global, _, _ := Global.predict(t)
		number = global.Number()
	}
	y := t.TargetCoding
	variance := (number-1)*y*(1-y) + number*noise*noise + mean*mean*common*common
	return 1 / math.Sqrt(variance), nil
}

// Separation returns the distance of the class means in standard deviations of
// given values, one a pattern, d′ = (mean of Y = 1 − mean of Y = 0)/s, with s²
// the unbiased variance within classes, pooled. NaN unless both classes have a
// pattern and one of them two; ±Inf if the values of each class are equal. It
// panics if there are not as many values as patterns.
func Separation(a *model.Associations, values []float64) float64 {
	one, zero := a.ByTarget(values)
	n1, n0 := float64(len(one)), float64(len(zero))
	if n1 == 0 || n0 == 0 {
		return math.NaN()
	}
	within := (n1*stat.PopVariance(one, nil) + n0*stat.PopVariance(zero, nil)) / (n1 + n0 - 2)
	return (stat.Mean(one, nil) - stat.Mean(zero, nil)) / math.Sqrt(within)
}

// Crosstalk returns an estimate of d′⁻², the variance within classes over the
// squared distance of their means, of given values, one a pattern. With [Separation] d′, n_1
// and n_0 patterns in the classes and x = d′⁻² it is
//
//	x − 3x² (1/n_1 + 1/n_0),
//
// free to first order of the bias that the scatter of the two means gives to x.
// Where that is not small it is without meaning. NaN and panics are Separation's.
func Crosstalk(a *model.Associations, values []float64) float64 {
	one, zero := a.ByTarget(values)
	x := math.Pow(Separation(a, values), -2)
	return x - 3*x*x*(1/float64(len(one))+1/float64(len(zero)))
}

// Misclassified returns the mean of misses and false alarms with the threshold
// midway between the means of the two classes of given values, one a pattern;
// NaN if one is empty. It panics if there are not as many values as patterns.
func Misclassified(a *model.Associations, values []float64) float64 {
	one, zero := a.ByTarget(values)
	middle := (stat.Mean(one, nil) + stat.Mean(zero, nil)) / 2
	missed := floats.Count(func(x float64) bool { return x <= middle }, one)
	alarms := floats.Count(func(x float64) bool { return x > middle }, zero)
	return float64(missed)/float64(2*len(one)) + float64(alarms)/float64(2*len(zero))
}

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
