package influence

import (
	"fmt"

	"credo/internal/domain"
	"credo/pkg/model"

	"gonum.org/v1/gonum/mat"
)

// stiffness returns A and C of the mean drift du/dT = C y − A u of potentials
// that the observer watches,
//
//	C = G_E (1 + (γ−1)Π),  A = γ G_E Π + F,
//	F = 0 (none), n1ᵀ (global), G_I (detailed), G_E (delta),
//
// for feedback of unit rate and u = V + b + θ.
func (o Observer) stiffness(k Feedback, a *model.Associations) (stiff, drive *mat.Dense, err error) {
	p := a.Len()
	if err := o.Check(p); err != nil {
		return nil, nil, err
	}
	gE, gI := a.Gram()
	stiff, drive = &mat.Dense{}, &mat.Dense{}
	drive.Mul(gE, o.scaled(p, o.Gain-1, 1))
	stiff.Mul(gE, o.scaled(p, o.Gain, 0))
	switch k {
	case None:
	case Global:
		channels, _ := a.Channels()
		for mu := range p {
			row := stiff.RawRowView(mu)
			for nu := range row {
				row[nu] += float64(len(a.Inhibitory(mu))) / float64(channels)
			}
		}
	case Detailed:
		stiff.Add(stiff, gI)
	case Delta:
		stiff.Add(stiff, gE)
	default:
		return nil, nil, fmt.Errorf("influence: %v is not a feedback", k)
	}
	return stiff, drive, nil
}

// Operator returns M of given associations, P × P, with which the potentials
// from u = 0 are u = M y at rest, A⁻¹C of the mean drift. It returns an error
// where they need not come to rest, as with no or global feedback if not all
// components are seen, for which there is After; and as Check does.
func (o Observer) Operator(k Feedback, a *model.Associations) (*mat.Dense, error) {
	stiff, drive, err := o.stiffness(k, a)
	if err != nil {
		return nil, err
	}
	var lu mat.LU
	lu.Factorize(stiff)
	if !(lu.Cond() < 1e12) {
		return nil, fmt.Errorf("influence: %v with %d of %d components seen: the potentials need not come to rest", k, o.seen(), a.Len())
	}
	var m mat.Dense
	return &m, lu.SolveTo(&m, false, drive)
}

// After returns M at the time T = λ × epochs, in (0, ∞), of learning from u = 0,
//
//	M = ∫₀ᵀ exp(−A t) dt C,
//
// exactly, for vanishing rate and weights away from their bounds. It returns an
// error as Check does, or if T is outside its domain.
func (o Observer) After(k Feedback, a *model.Associations, time float64) (*mat.Dense, error) {
	if err := domain.Positive.Check("influence: time T", time); err != nil {
		return nil, err
	}
	stiff, drive, err := o.stiffness(k, a)
	if err != nil {
		return nil, err
	}
	// exp T [−A C; 0 0] has the integral in its corner.
	p := a.Len()
	both := mat.NewDense(2*p, 2*p, nil)
	both.Slice(0, p, 0, p).(*mat.Dense).Scale(-time, stiff)
	both.Slice(0, p, p, 2*p).(*mat.Dense).Scale(time, drive)
	both.Exp(both)
	return mat.DenseCopyOf(both.Slice(0, p, p, 2*p)), nil
}

// Growing returns how many directions of the potentials grow for ever, what can
// move at all less what comes to rest: the rank of [A C] less that of A. It
// returns an error as Check does.
func (o Observer) Growing(k Feedback, a *model.Associations) (int, error) {
	stiff, drive, err := o.stiffness(k, a)
	if err != nil {
		return 0, err
	}
	p := a.Len()
	moved := mat.NewDense(p, 2*p, nil)
	moved.Augment(stiff, drive)
	return rank(moved) - rank(stiff), nil
}

// rank counts singular values above 10⁻¹⁰ of the largest.
func rank(m mat.Matrix) (n int) {
	var svd mat.SVD
	svd.Factorize(m, mat.SVDNone)
	values := svd.Values(nil)
	for _, s := range values {
		if s > 1e-10*values[0] {
			n++
		}
	}
	return n
}

// seen is K.
func (o Observer) seen() (k int) {
	if o.Components != nil {
		_, k = o.Components.Dims()
	}
	return k
}
