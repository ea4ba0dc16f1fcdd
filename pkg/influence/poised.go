package influence

import (
	"fmt"
	"math"

	"credo/internal/domain"
	"credo/pkg/model"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Poised returns a neuron that is at balance for every pattern before it learns,
// i_E − i_I + b = 0, with weights about the given one and none below a quarter
// of it. From equal weights, inhibition on inputs that are no copies has to
// undo their mismatch first, by changes of √(2α/(1−α)) of the weight at r = 0, for
// which a third of a neuron's synapses would have to be negative at half load.
//
// It projects the weights onto balance and onto what is at least a quarter in
// turn; both are convex. It returns an error for a weight outside its domain,
// or if no such weights are found, as at high load they need not exist.
func Poised(a *model.Associations, weight, offset float64) (*model.Neuron, error) {
	err := domain.Check("influence: ",
		domain.Field{Name: "weight", Value: weight, In: domain.Positive},
		domain.Field{Name: "offset b", Value: offset, In: domain.Finite})
	if err != nil {
		return nil, err
	}
	xE, xI := a.Dense()
	p, e := xE.Dims()
	_, i := xI.Dims()
	xI.Scale(-1, xI)
	both := mat.NewDense(p, e+i, nil)
	both.Augment(xE, xI)
	gram := mat.NewSymDense(p, nil)
	gram.SymOuterK(1, both)
	var factors mat.Cholesky
	if !factors.Factorize(gram) {
		// copies in every channel: the mismatch E − I of equal weights is 0 and its overlaps are 2G_E, singular only if those are
		return nil, fmt.Errorf("influence: the inputs are not linearly independent, no neuron is poised")
	}
	w, off, change := mat.NewVecDense(e+i, nil), mat.NewVecDense(p, nil), mat.NewVecDense(e+i, nil)
	for k := range e + i {
		w.SetVec(k, weight)
	}
	const rounds, tolerance = 10000, 1e-9
	for range rounds {
		off.MulVec(both, w)
		for mu := range p {
			off.SetVec(mu, off.AtVec(mu)+offset*math.Sqrt(float64(e)))
		}
		if err := factors.SolveVecTo(off, off); err != nil {
			return nil, fmt.Errorf("influence: poised: %w", err)
		}
		change.MulVec(both.T(), off)
		w.SubVec(w, change)
		if mat.Min(w) >= weight/4*(1-tolerance) {
			raw := w.RawVector().Data
			return &model.Neuron{Excitatory: raw[:e:e], Inhibitory: raw[e:]}, nil
		}
		for k := range e + i {
			w.SetVec(k, max(w.AtVec(k), weight/4*(1+1e-6)))
		}
	}
	return nil, fmt.Errorf("influence: no weights of at least %v balance all %d patterns; fewer may", weight/4, p)
}

// AtZero returns the share of a neuron's weights that are at their bound at 0,
// where the theory of this package does not apply.
func AtZero(n *model.Neuron) (share float64) {
	zero := func(w float64) bool { return w == 0 }
	all := len(n.Excitatory) + len(n.Inhibitory)
	return float64(floats.Count(zero, n.Excitatory)+floats.Count(zero, n.Inhibitory)) / float64(all)
}
