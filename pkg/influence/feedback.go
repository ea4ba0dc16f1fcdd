package influence

import (
	"fmt"

	"credo/pkg/model"
	"credo/pkg/rules"

	"gonum.org/v1/gonum/mat"
)

// Feedback is what answers the potentials that excitatory plasticity brings.
type Feedback uint8

const (
	// None: inhibition is not plastic. The potentials grow as G_E s.
	None Feedback = iota
	// Global: all inhibitory synapses change alike, Δw_I ∝ V + b + θ, so that
	// only the total input of a pattern is balanced.
	Global
	// Detailed: each changes when its own input is active, Δw_I ∝ (V + b + θ) x_I.
	Detailed
	// Delta: only excitation learns, by the error itself, Δw_E ∝ (s − V) x_E.
	Delta
)

// String names the feedback.
func (k Feedback) String() string {
	if k > Delta {
		return fmt.Sprintf("Feedback(%d)", uint8(k))
	}
	return [...]string{"none", "global", "detailed", "delta rule"}[k]
}

// Operator returns M of given associations, P × P, from their overlaps G_E and
// G_I of [model.Associations.Gram]:
//
//	None      G_E, in units of epochs times λ
//	Global    (1 − n1ᵀ/1ᵀn) G_E, n^μ being the active inhibitory channels: Σ_μ (V^μ + b + θ) = 0
//	Detailed  G_I⁻¹ G_E, from G_E s = a_I G_I (V + b + θ)
//	Delta     the projector onto the potentials that excitatory weights can produce: the least-squares fit of s
//
// Detailed with more patterns than channels needs co-tuned inputs, for which
// it is that projector too; otherwise, and where patterns are not linearly
// independent, it returns an error, as potentials need not come to rest. For
// vanishing rate and weights away from their bounds.
func (k Feedback) Operator(a *model.Associations) (*mat.Dense, error) {
	gE, gI := a.Gram()
	switch k {
	case None:
		return mat.DenseCopyOf(gE), nil
	case Global:
		return global(a, gE)
	case Detailed:
		_, channels := a.Channels()
		switch {
		case a.Len() <= channels:
			return solve(gI, gE, "inhibitory")
		case gE == gI: // co-tuned
			return projector(a)
		}
		return nil, fmt.Errorf("influence: %d patterns over %d inhibitory channels that are not co-tuned: the potentials need not come to rest", a.Len(), channels)
	case Delta:
		return projector(a)
	}
	return nil, fmt.Errorf("influence: %v is not a feedback", k)
}

// global projects out, along the vector of total inhibitory input, the mean.
func global(a *model.Associations, g *mat.SymDense) (*mat.Dense, error) {
	p := a.Len()
	n := mat.NewVecDense(p, nil)
	for mu := range p {
		n.SetVec(mu, float64(len(a.Inhibitory(mu))))
	}
	total := mat.Sum(n)
	if total == 0 {
		return nil, fmt.Errorf("influence: no pattern has an active inhibitory channel, so global inhibition balances nothing")
	}
	sums := mat.NewVecDense(p, nil) // 1ᵀG, G being symmetric
	sums.MulVec(g, ones(p))
	var m mat.Dense
	m.RankOne(g, -1/total, n, sums)
	return &m, nil
}

// solve returns g⁻¹ b, or an error if g is singular.
func solve(g *mat.SymDense, b mat.Matrix, kind string) (*mat.Dense, error) {
	var factors mat.Cholesky
	if !factors.Factorize(g) || factors.Cond() > 1e12 {
		return nil, fmt.Errorf("influence: the %s inputs are not linearly independent", kind)
	}
	var m mat.Dense
	return &m, factors.SolveTo(&m, b)
}

// projector returns X(XᵀX)⁻¹Xᵀ, the projector onto the range of G_E = XXᵀ/N.
func projector(a *model.Associations) (*mat.Dense, error) {
	x, _ := a.Dense()
	p, channels := x.Dims()
	g := mat.NewSymDense(min(p, channels), nil)
	if p <= channels {
		g.SymOuterK(1, x)
		return solve(g, g, "excitatory")
	}
	g.SymOuterK(1, x.T())
	fit, err := solve(g, x.T(), "excitatory")
	if err != nil {
		return nil, err
	}
	var m mat.Dense
	m.Mul(x, fit)
	return &m, nil
}

// Learner returns a learner whose neuron n, not a copy, is driven by the given
// rule and answered by the feedback, at unit rate a_I and offset b of the E/I
// line, by the local rules whose mean drift [Feedback.Operator] solves:
//
//	None      nothing else is plastic
//	Global    Δw_I = i_E + b − i_I of all inhibitory synapses
//	Detailed  Δw_I = (i_E + b − i_I) x_I, the balance rule
//	Delta     Δw_E = drive − (i_E + b − i_I) x_E, a reference that acts on the potential itself
//
// It panics if k is no feedback. The threshold counts as part of b.
func (k Feedback) Learner(n *model.Neuron, drive model.Rule, offset, rate float64) *model.Learner {
	distance := func(s *model.Signals) float64 { return s.Excitation + offset - s.Inhibition }
	l := &model.Learner{Neuron: n, Excitatory: []model.Rule{drive}, Rate: rate}
	switch k {
	case None:
	case Global:
		l.Inhibitory = []model.Rule{rules.Func(func(s *model.Signals) model.Change {
			return model.Change{Active: distance(s), Silent: distance(s)}
		})}
	case Detailed:
		l.Inhibitory = []model.Rule{rules.Balance{Rate: 1, Slope: 1, Offset: offset}}
	case Delta:
		l.Excitatory = append(l.Excitatory, rules.Func(func(s *model.Signals) model.Change {
			return model.Change{Active: -distance(s)}
		}))
	default:
		panic(fmt.Sprintf("influence: %v is not a feedback", k))
	}
	return l
}
