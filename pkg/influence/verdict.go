package influence

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/pkg/model"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// Verdict is how a neuron did in a lesson: shares of patterns, with the threshold
// midway between the mean potentials of the teacher's two classes. NaN if the
// labels are all alike.
type Verdict struct {
	Errors
	Overruled float64 // share of the wrong labels that the neuron contradicts; NaN if none is wrong
	Spread    float64 // variance of the potentials of taught patterns of one cause and label; NaN if no two are alike
}

// Judge returns the verdict on a neuron. It panics as [model.Neuron.Potentials] does.
func (l Lesson) Judge(n *model.Neuron) Verdict {
	return l.judge(n.Potentials(l.Taught), n.Potentials(l.Unseen))
}

func (l Lesson) judge(taught, unseen []float64) Verdict {
	one, zero := l.Taught.ByTarget(taught)
	middle := (stat.Mean(one, nil) + stat.Mean(zero, nil)) / 2
	v := Verdict{Errors: Errors{wrong(l.Truth, taught, middle), wrong(l.Taught, taught, middle), wrong(l.Unseen, unseen, middle)}}
	bad, groups := 0., map[int][]float64{}
	for mu, x := range taught {
		group := mu % l.Causes
		if l.Taught.Target(mu) {
			group += l.Causes
		}
		groups[group] = append(groups[group], x)
		if right := l.Truth.Target(mu); l.Taught.Target(mu) != right {
			bad++
			if x > middle == right {
				v.Overruled++
			}
		}
	}
	v.Overruled /= bad
	freedom := 0.
	for group := range 2 * l.Causes { // in order, for the same rounding
		if x := groups[group]; len(x) > 1 {
			v.Spread += stat.Variance(x, nil) * float64(len(x)-1)
			freedom += float64(len(x) - 1)
		}
	}
	v.Spread /= freedom
	return v
}

// wrong is the share of answers that are not the targets of a.
func wrong(a *model.Associations, v []float64, middle float64) (share float64) {
	if math.IsNaN(middle) {
		return middle
	}
	for mu, x := range v {
		if x > middle != a.Target(mu) {
			share += 1 / float64(len(v))
		}
	}
	return share
}

// Solve returns the verdict on the ridge regression of the labels, centred, with
// decay ℓ in (0, ∞) on inputs of coding f in (0, 1), which is what learning with
// [Lesson.Learner] ends in, and its degrees of freedom, tr M: with G the
// overlaps of the taught patterns and G' those of the unseen with them
//
//	(G + ℓf(1−f)) a = s,  u = G a,  u' = G' a.
//
// It returns an error for arguments outside their domains.
func (l Lesson) Solve(decay, coding float64) (v Verdict, freedom float64, err error) {
	if err := domain.Check("influence: ",
		domain.Field{Name: "decay ℓ", Value: decay, In: domain.Positive},
		domain.Field{Name: "coding f", Value: coding, In: domain.Fraction}); err != nil {
		return v, math.NaN(), err
	}
	x, _ := l.Taught.Dense()
	p, channels := x.Dims()
	x.Scale(1/math.Sqrt(float64(channels)), x)
	penalty := decay * coding * (1 - coding)
	shifted, gram := mat.NewSymDense(p, nil), mat.NewSymDense(p, nil)
	gram.SymOuterK(1, x)
	shifted.CopySym(gram)
	for mu := range p {
		shifted.SetSym(mu, mu, gram.At(mu, mu)+penalty)
	}
	var factors mat.Cholesky
	if !factors.Factorize(shifted) {
		return v, math.NaN(), fmt.Errorf("influence: the overlaps of %d patterns with decay %v are not positive", p, decay)
	}
	one, _ := l.Taught.ByTarget(make([]float64, p))
	var a, j, u, unseen mat.VecDense
	var inverse mat.SymDense
	if err := factors.SolveVecTo(&a, Drive(l.Taught, float64(len(one))/float64(p), 0)); err != nil {
		return v, math.NaN(), err
	}
	if err := factors.InverseTo(&inverse); err != nil {
		return v, math.NaN(), err
	}
	j.MulVec(x.T(), &a) // the readout
	u.MulVec(x, &j)
	other, _ := l.Unseen.Dense()
	unseen.MulVec(other, &j)
	unseen.ScaleVec(1/math.Sqrt(float64(channels)), &unseen)
	return l.judge(u.RawVector().Data, unseen.RawVector().Data), float64(p) - penalty*mat.Trace(&inverse), nil
}
